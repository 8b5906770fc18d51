import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Customer } from '../customers/customer.entity';
import type { OrderView } from '../orders/dto/order.dto';
import { OrdersService } from '../orders/orders.service';
import type { Shipment } from '../shipments/shipment.entity';
import { ShipmentsService } from '../shipments/shipments.service';
import { CustomerLoader } from './customer.loader';

@Resolver('Order')
export class OrderResolver {
  constructor(
    private readonly orders: OrdersService,
    private readonly shipmentsService: ShipmentsService,
    private readonly customers: CustomerLoader,
  ) {}

  @Query('order')
  order(@Args('id') id: string): Promise<OrderView> {
    return this.orders.get(id);
  }

  @Query('orders')
  list(@Args('customerId') customerId: string): Promise<OrderView[]> {
    return this.orders.list(customerId);
  }

  @ResolveField('customer')
  customer(@Parent() order: OrderView): Promise<Customer> {
    return this.customers.load(order.customerId);
  }

  @ResolveField('shipments')
  shipments(@Parent() order: OrderView): Promise<Shipment[]> {
    return this.shipmentsService.forOrder(order.id);
  }

  @ResolveField('total')
  total(@Parent() order: OrderView): string {
    return `${(order.totalMinor / 100).toFixed(2)} ${order.currency}`;
  }
}
