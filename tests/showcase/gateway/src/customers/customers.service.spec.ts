import { ConflictException } from '@nestjs/common';
import { CustomersRepository } from './customers.repository';
import { CustomersService } from './customers.service';
import { LoyaltyService } from './loyalty.service';

describe('CustomersService', () => {
  const repository = { findByEmail: jest.fn(), save: jest.fn() };
  const loyalty = { welcome: jest.fn() };
  const service = new CustomersService(
    repository as unknown as CustomersRepository,
    loyalty as unknown as LoyaltyService,
  );

  it('refuses an address that is taken', async () => {
    repository.findByEmail.mockResolvedValue({ id: 'c1' });
    await expect(service.create({ name: 'Ada', email: 'ada@example.test' })).rejects.toBeInstanceOf(ConflictException);
  });

  it('stores addresses in lower case', async () => {
    repository.findByEmail.mockResolvedValue(null);
    repository.save.mockImplementation(async (customer) => ({ id: 'c2', ...customer }));
    const created = await service.create({ name: 'Bo', email: 'Bo@Example.test' });
    console.log('created', created);
    expect(created.email).toBe('bo@example.test');
    expect(loyalty.welcome).toHaveBeenCalledWith('c2');
  });
});
