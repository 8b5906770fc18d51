import { Controller, Get, Query } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Shipment } from '../shipments/shipment.entity';

interface CarrierRow {
  carrier: string;
  total: string;
  late: string;
}

@Controller('reports')
export class ReportsController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get('late-shipments')
  async lateShipments(@Query('days') days = '7'): Promise<CarrierRow[]> {
    return this.dataSource
      .createQueryBuilder(Shipment, 's')
      .select('s.carrier', 'carrier')
      .addSelect('COUNT(*)', 'total')
      .addSelect("COUNT(*) FILTER (WHERE s.state = 'in_transit')", 'late')
      .where("s.updatedAt < now() - make_interval(days => :days)", { days: Number(days) })
      .groupBy('s.carrier')
      .getRawMany<CarrierRow>();
  }
}
