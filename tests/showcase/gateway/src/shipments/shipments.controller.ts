import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { LabelsService, ShipmentsRepository, ShipmentsService } from '.';
import type { Shipment } from './shipment.entity';

@Controller('shipments')
export class ShipmentsController {
  constructor(
    private readonly service: ShipmentsService,
    private readonly labels: LabelsService,
    private readonly repository: ShipmentsRepository,
  ) {}

  @Get()
  list(@Query('orderId') orderId: string): Promise<Shipment[]> {
    return this.repository.findByOrder(orderId);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<Shipment> {
    return this.service.get(id);
  }

  @Get(':id/label')
  @Header('Content-Type', 'image/png')
  async label(@Param('id') id: string): Promise<StreamableFile> {
    const shipment = await this.service.get(id);
    return new StreamableFile(await this.labels.render(shipment));
  }
}
