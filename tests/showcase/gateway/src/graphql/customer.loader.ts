import { Injectable, Scope } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { Customer } from '../customers/customer.entity';
import { CustomersService } from '../customers/customers.service';

@Injectable({ scope: Scope.REQUEST })
export class CustomerLoader {
  private readonly loader = new DataLoader<string, Customer>(async (ids) => {
    const customers = await this.customers.getMany(ids);
    const byId = new Map(customers.map((customer) => [customer.id, customer]));
    return ids.map((id) => byId.get(id) ?? new Error(`No customer ${id}`));
  });

  constructor(private readonly customers: CustomersService) {}

  load(id: string): Promise<Customer> {
    return this.loader.load(id);
  }
}
