import { Injectable } from '@nestjs/common';
import { logger } from '@common/logger';
import { OrdersService } from '../orders/orders.service';

/** What an operator sees on the support desk's screen while a job runs. */
class SupportConsole {
  private readonly lines: string[] = [];

  constructor(private readonly operator: string) {}

  log(message: string): void {
    this.lines.push(message);
    logger.debug({ operator: this.operator }, message);
  }

  transcript(): string {
    return this.lines.join('\n');
  }
}

@Injectable()
export class RefundsService {
  constructor(private readonly orders: OrdersService) {}

  async preview(orderId: string, operator: string): Promise<string> {
    const console = new SupportConsole(operator);
    const order = await this.orders.get(orderId);
    console.log(`order ${order.id} is ${order.status}`);
    if (order.status === 'CANCELLED') {
      console.log('nothing to refund');
    } else {
      console.log(`refundable: ${order.totalMinor} ${order.currency}`);
    }
    return console.transcript();
  }
}
