import { CommandHandler, EventBus, ICommandHandler } from '@nestjs/cqrs';
import { OrderSummary } from '../order-summary.entity';
import { OrderSummaryRepository } from '../order-summary.repository';
import { OrderCancelledEvent } from '../order-summary.projector';
import { OrdersClient } from '../orders.client';

export class CancelOrderCommand {
  constructor(
    readonly orderId: string,
    readonly comment: string,
  ) {}
}

@CommandHandler(CancelOrderCommand)
export class CancelOrderHandler implements ICommandHandler<CancelOrderCommand, OrderSummary | null> {
  constructor(
    private readonly orders: OrdersClient,
    private readonly summaries: OrderSummaryRepository,
    private readonly events: EventBus,
  ) {}

  async execute(command: CancelOrderCommand): Promise<OrderSummary | null> {
    const reply = await this.orders.cancel(command.orderId, command.comment);
    this.events.publish(new OrderCancelledEvent(reply.id, reply.version));
    return this.summaries.find(reply.id);
  }
}
