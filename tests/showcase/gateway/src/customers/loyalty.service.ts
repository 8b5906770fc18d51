import { Inject, Injectable, forwardRef } from '@nestjs/common';
import { logger } from '@common/logger';
import { CustomersRepository } from './customers.repository';
import { CustomersService } from './customers.service';

const WELCOME_POINTS = 50;

@Injectable()
export class LoyaltyService {
  constructor(
    private readonly repository: CustomersRepository,
    @Inject(forwardRef(() => CustomersService)) private readonly customers: CustomersService,
  ) {}

  async welcome(customerId: string): Promise<void> {
    await this.repository.addPoints(customerId, WELCOME_POINTS);
    logger.info({ customerId, points: WELCOME_POINTS }, 'welcome points granted');
  }

  async reward(customerId: string, spentMinor: number): Promise<number> {
    const customer = await this.customers.get(customerId);
    const points = Math.floor(spentMinor / 100);
    await this.repository.addPoints(customer.id, points);
    return customer.loyaltyPoints + points;
  }
}
