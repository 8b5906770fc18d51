import { Body, Controller, Get, Header, NotFoundException, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CancelOrderCommand } from './commands/cancel-order.handler';
import { PlaceOrderDto, type OrderView } from './dto/order.dto';
import type { OrderSummary } from './order-summary.entity';
import { OrdersService } from './orders.service';
import { GetOrderSummaryQuery } from './queries/get-order-summary.handler';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  list(@Query('customerId') customerId: string): Promise<OrderView[]> {
    return this.orders.list(customerId);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<OrderView> {
    return this.orders.get(id);
  }

  @Post()
  place(@Body() dto: PlaceOrderDto): Promise<OrderView> {
    return this.orders.place(dto);
  }

  @Post(':id/cancel')
  cancel(@Param('id') id: string, @Body('comment') comment: string): Promise<OrderSummary | null> {
    return this.commands.execute(new CancelOrderCommand(id, comment ?? ''));
  }

  @Get(':id/summary')
  async summary(@Param('id') id: string): Promise<OrderSummary> {
    const summary = await this.queries.execute<GetOrderSummaryQuery, OrderSummary | null>(new GetOrderSummaryQuery(id));
    if (!summary) {
      throw new NotFoundException(`No order ${id}`);
    }
    return summary;
  }

  @Get(':id/invoice')
  @Header('Content-Type', 'application/pdf')
  async invoice(@Param('id') id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.orders.invoice(id));
  }
}
