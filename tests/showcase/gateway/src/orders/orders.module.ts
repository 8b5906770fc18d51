import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomersModule } from '../customers/customers.module';
import { CancelOrderHandler } from './commands/cancel-order.handler';
import { OrderSummary } from './order-summary.entity';
import { OrderSummaryProjector } from './order-summary.projector';
import { OrderSummaryRepository } from './order-summary.repository';
import { OrdersClient } from './orders.client';
import { OrdersController } from './orders.controller';
import { OrdersService } from './orders.service';
import { GetOrderSummaryHandler } from './queries/get-order-summary.handler';

@Module({
  imports: [CqrsModule, CustomersModule, TypeOrmModule.forFeature([OrderSummary])],
  controllers: [OrdersController],
  providers: [
    OrdersService,
    OrdersClient,
    OrderSummaryRepository,
    OrderSummaryProjector,
    CancelOrderHandler,
    GetOrderSummaryHandler,
  ],
  exports: [OrdersService],
})
export class OrdersModule {}
