import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { Customer } from './customer.entity';

@Injectable()
export class CustomersRepository {
  constructor(@InjectRepository(Customer) private readonly customers: Repository<Customer>) {}

  findById(id: string): Promise<Customer | null> {
    return this.customers.findOneBy({ id });
  }

  findByIds(ids: readonly string[]): Promise<Customer[]> {
    return this.customers.findBy({ id: In([...ids]) });
  }

  findByEmail(email: string): Promise<Customer | null> {
    return this.customers.findOneBy({ email: email.toLowerCase() });
  }

  save(customer: Partial<Customer>): Promise<Customer> {
    return this.customers.save(this.customers.create(customer));
  }

  async addPoints(id: string, points: number): Promise<void> {
    await this.customers.increment({ id }, 'loyaltyPoints', points);
  }
}
