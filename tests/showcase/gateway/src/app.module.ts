import { join } from 'node:path';
import { ApolloDriver, ApolloDriverConfig } from '@nestjs/apollo';
import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoggerModule } from 'nestjs-pino';
import { CustomersModule } from './customers/customers.module';
import { OrderGraphModule } from './graphql/order-graph.module';
import { HealthController } from './health/health.controller';
import { NotificationsController } from './notifications/notifications.controller';
import { NotificationsService } from './notifications/notifications.service';
import { OrdersModule } from './orders/orders.module';
import { CatalogueClient } from './products/catalogue.client';
import { ProductsController } from './products/products.controller';
import { ProductsService } from './products/products.service';
import { ReportsController } from './reports/reports.controller';
import { ShipmentsModule } from './shipments/shipments.module';
import { Shipment } from './shipments/shipment.entity';
import { RefundsService } from './support/refunds.service';
import { WishlistController } from './wishlist/wishlist.controller';
import { WishlistService } from './wishlist/wishlist.service';

@Module({
  imports: [
    LoggerModule.forRoot(),
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env.DATABASE_URL,
      autoLoadEntities: true,
      migrations: [join(__dirname, 'migrations/*.js')],
    }),
    TypeOrmModule.forFeature([Shipment]),
    BullModule.forRoot({ connection: { host: process.env.REDIS_HOST ?? 'redis', port: 6379 } }),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      typePaths: [join(process.cwd(), '../graphql/*.graphql')],
      playground: false,
    }),
    CustomersModule,
    OrderGraphModule,
    OrdersModule,
    ShipmentsModule,
  ],
  controllers: [
    HealthController,
    NotificationsController,
    ProductsController,
    ReportsController,
    WishlistController,
  ],
  providers: [CatalogueClient, NotificationsService, ProductsService, RefundsService, WishlistService],
})
export class AppModule {}
