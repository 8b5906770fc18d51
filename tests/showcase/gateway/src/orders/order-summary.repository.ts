import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OrderSummary } from './order-summary.entity';

@Injectable()
export class OrderSummaryRepository {
  constructor(@InjectRepository(OrderSummary) private readonly summaries: Repository<OrderSummary>) {}

  find(orderId: string): Promise<OrderSummary | null> {
    return this.summaries.findOneBy({ orderId });
  }

  async upsert(summary: Partial<OrderSummary>): Promise<void> {
    await this.summaries.upsert(summary, ['orderId']);
  }

  async countView(orderId: string): Promise<void> {
    await this.summaries.increment({ orderId }, 'views', 1);
  }
}
