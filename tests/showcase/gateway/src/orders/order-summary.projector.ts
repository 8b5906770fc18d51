import { EventsHandler, IEventHandler } from '@nestjs/cqrs';
import { OrderSummaryRepository } from './order-summary.repository';

export class OrderCancelledEvent {
  constructor(
    readonly orderId: string,
    readonly version: number,
  ) {}
}

@EventsHandler(OrderCancelledEvent)
export class OrderSummaryProjector implements IEventHandler<OrderCancelledEvent> {
  constructor(private readonly summaries: OrderSummaryRepository) {}

  async handle(event: OrderCancelledEvent): Promise<void> {
    await this.summaries.upsert({ orderId: event.orderId, status: 'CANCELLED' });
  }
}
