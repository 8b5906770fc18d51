import { Injectable } from '@nestjs/common';
import { logger } from '@common/logger';
import { LoyaltyService } from '../customers/loyalty.service';
import type { OrderView, PlaceOrderDto } from './dto/order.dto';
import { OrdersClient } from './orders.client';

@Injectable()
export class OrdersService {
  constructor(
    private readonly client: OrdersClient,
    private readonly loyalty: LoyaltyService,
  ) {}

  list(customerId: string): Promise<OrderView[]> {
    return this.client.list(customerId);
  }

  get(id: string): Promise<OrderView> {
    return this.client.get(id);
  }

  async place(dto: PlaceOrderDto): Promise<OrderView> {
    const order = await this.client.place(dto);
    logger.info('order ' + order.id + ' placed by ' + order.customerId);
    await this.loyalty.reward(order.customerId, order.totalMinor);
    return order;
  }

  invoice(id: string): Promise<Buffer> {
    return this.client.invoice(id);
  }

  async dispatchAll(ids: string[], carrier: string): Promise<void> {
    ids.forEach(async (id) => {
      await this.client.dispatch(id, carrier);
    });
    logger.info({ count: ids.length, carrier }, 'dispatch requested');
  }
}
