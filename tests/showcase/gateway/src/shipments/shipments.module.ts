import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LabelsProcessor } from './labels.processor';
import { LabelsService } from './labels.service';
import { Shipment } from './shipment.entity';
import { ShipmentPollerService } from './shipment-poller.service';
import { ShipmentsController } from './shipments.controller';
import { ShipmentsGateway } from './shipments.gateway';
import { ShipmentsRepository } from './shipments.repository';
import { ShipmentsService } from './shipments.service';

@Module({
  imports: [TypeOrmModule.forFeature([Shipment]), BullModule.registerQueue({ name: 'labels' })],
  controllers: [ShipmentsController],
  providers: [
    ShipmentsService,
    ShipmentsRepository,
    ShipmentsGateway,
    ShipmentPollerService,
    LabelsService,
    LabelsProcessor,
  ],
  exports: [ShipmentsService],
})
export class ShipmentsModule {}
