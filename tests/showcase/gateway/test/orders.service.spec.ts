import { LoyaltyService } from '../src/customers/loyalty.service';
import { OrdersClient } from '../src/orders/orders.client';
import { OrdersService } from '../src/orders/orders.service';

describe('OrdersService', () => {
  it('rewards the customer for a placed order', async () => {
    const client = { place: jest.fn().mockResolvedValue({ id: 'o1', customerId: 'c1', totalMinor: 4200 }) };
    const loyalty = { reward: jest.fn().mockResolvedValue(42) };
    const service = new OrdersService(client as unknown as OrdersClient, loyalty as unknown as LoyaltyService);

    await service.place({ customerId: 'c1', idempotencyKey: 'k1', lines: [{ sku: 'ROPE-12', quantity: 1 }] });

    expect(loyalty.reward).toHaveBeenCalledWith('c1', 4200);
  });
});
