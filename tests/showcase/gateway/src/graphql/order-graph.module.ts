import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module';
import { OrdersModule } from '../orders/orders.module';
import { ShipmentsModule } from '../shipments/shipments.module';
import { CustomerLoader } from './customer.loader';
import { OrderResolver } from './order.resolver';

@Module({
  imports: [CustomersModule, OrdersModule, ShipmentsModule],
  providers: [OrderResolver, CustomerLoader],
})
export class OrderGraphModule {}
