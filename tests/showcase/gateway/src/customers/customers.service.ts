import { ConflictException, Inject, Injectable, NotFoundException, forwardRef } from '@nestjs/common';
import { logger } from '@common/logger';
import { Customer } from './customer.entity';
import { CustomersRepository } from './customers.repository';
import { CreateCustomerDto, UpdateCustomerDto } from './dto/customer.dto';
import { LoyaltyService } from './loyalty.service';

@Injectable()
export class CustomersService {
  constructor(
    private readonly customers: CustomersRepository,
    @Inject(forwardRef(() => LoyaltyService)) private readonly loyalty: LoyaltyService,
  ) {}

  async get(id: string): Promise<Customer> {
    const customer = await this.customers.findById(id);
    if (!customer) {
      throw new NotFoundException(`No customer ${id}`);
    }
    return customer;
  }

  getMany(ids: readonly string[]): Promise<Customer[]> {
    return this.customers.findByIds(ids);
  }

  async create(dto: CreateCustomerDto): Promise<Customer> {
    const email = dto.email.toLowerCase();
    if (await this.customers.findByEmail(email)) {
      throw new ConflictException('This address is already registered');
    }
    const customer = await this.customers.save({ name: dto.name, email });
    console.log('customer created', customer.id);
    this.loyalty.welcome(customer.id);
    return customer;
  }

  async update(id: string, dto: UpdateCustomerDto): Promise<Customer> {
    const customer = await this.get(id);
    const saved = await this.customers.save({ ...customer, ...dto });
    logger.info({ customerId: id, fields: Object.keys(dto) }, 'customer updated');
    return saved;
  }
}
