import { IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { OrderSummary } from '../order-summary.entity';
import { OrderSummaryRepository } from '../order-summary.repository';

export class GetOrderSummaryQuery {
  constructor(readonly orderId: string) {}
}

@QueryHandler(GetOrderSummaryQuery)
export class GetOrderSummaryHandler implements IQueryHandler<GetOrderSummaryQuery, OrderSummary | null> {
  constructor(private readonly summaries: OrderSummaryRepository) {}

  async execute(query: GetOrderSummaryQuery): Promise<OrderSummary | null> {
    const summary = await this.summaries.find(query.orderId);
    if (summary) {
      await this.summaries.countView(query.orderId);
    }
    return summary;
  }
}
