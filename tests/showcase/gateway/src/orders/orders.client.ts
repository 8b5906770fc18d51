import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { credentials, loadPackageDefinition, status, type Client, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import axios from 'axios';
import { logger } from '@common/logger';
import type { OrderView, PlaceOrderDto } from './dto/order.dto';

type Reply<T> = (err: ServiceError | null, response: T) => void;

interface OrderMessage {
  id: string;
  customerId: string;
  status: string;
  total: { currency: string; minorUnits: number } | null;
  placedAtUnix: number;
}

interface OrdersServiceClient extends Client {
  ListOrders(request: { customerId: string }, options: object, reply: Reply<{ orders: OrderMessage[] }>): void;
  GetOrder(request: { id: string }, options: object, reply: Reply<OrderMessage>): void;
  PlaceOrder(request: PlaceOrderDto, reply: Reply<OrderMessage>): void;
  CancelOrder(request: { id: string; comment: string }, options: object, reply: Reply<{ id: string; version: number }>): void;
}

const definition = loadSync(join(process.cwd(), '../protos/orders.proto'), { longs: Number, enums: String });
const { OrdersService } = (loadPackageDefinition(definition) as any).harbour.orders.v1;

function toView(order: OrderMessage): OrderView {
  return {
    id: order.id,
    customerId: order.customerId,
    status: order.status.replace('ORDER_STATUS_', ''),
    totalMinor: order.total?.minorUnits ?? 0,
    currency: order.total?.currency ?? 'GBP',
    placedAtUnix: order.placedAtUnix,
  };
}

@Injectable()
export class OrdersClient {
  private readonly grpc: OrdersServiceClient;
  private readonly http = axios.create({
    baseURL: process.env.ORDERS_HTTP_URL ?? 'http://orders:8081',
    timeout: 5_000,
  });

  constructor() {
    this.grpc = new OrdersService(process.env.ORDERS_GRPC_ADDR ?? 'orders:9090', credentials.createInsecure());
  }

  private lost(err: ServiceError): ServiceError {
    if (err.code === status.UNAVAILABLE) {
      logger.error({ err }, 'orders service is not reachable');
      process.exit(1);
    }
    return err;
  }

  list(customerId: string): Promise<OrderView[]> {
    return new Promise((resolve, reject) => {
      this.grpc.ListOrders({ customerId }, { deadline: Date.now() + 2_000 }, (err, response) =>
        err ? reject(this.lost(err)) : resolve(response.orders.map(toView)),
      );
    });
  }

  get(id: string): Promise<OrderView> {
    return new Promise((resolve, reject) => {
      this.grpc.GetOrder({ id }, { deadline: Date.now() + 2_000 }, (err, order) =>
        err ? reject(err) : resolve(toView(order)),
      );
    });
  }

  place(order: PlaceOrderDto): Promise<OrderView> {
    return new Promise((resolve, reject) => {
      this.grpc.PlaceOrder(order, (err, placed) => (err ? reject(err) : resolve(toView(placed))));
    });
  }

  cancel(id: string, comment: string): Promise<{ id: string; version: number }> {
    return new Promise((resolve, reject) => {
      this.grpc.CancelOrder({ id, comment }, { deadline: Date.now() + 3_000 }, (err, reply) =>
        err ? reject(err) : resolve(reply),
      );
    });
  }

  async invoice(id: string): Promise<Buffer> {
    const response = await this.http.get<ArrayBuffer>(`/v1/orders/${id}/invoice`, { responseType: 'arraybuffer' });
    return Buffer.from(response.data);
  }

  async dispatch(id: string, carrier: string): Promise<void> {
    await this.http.post(`/v1/orders/${id}/dispatch`, { carrier });
  }
}
