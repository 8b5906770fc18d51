import { Inject, Injectable, forwardRef } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import { Shipment, type ShipmentState } from './shipment.entity';
import { ShipmentsService } from './shipments.service';

@Injectable()
export class ShipmentsRepository {
  constructor(
    @InjectRepository(Shipment) private readonly shipments: Repository<Shipment>,
    @Inject(forwardRef(() => ShipmentsService)) private readonly service: ShipmentsService,
  ) {}

  findById(id: string): Promise<Shipment | null> {
    return this.shipments.findOneBy({ id });
  }

  findByOrder(orderId: string): Promise<Shipment[]> {
    return this.shipments.find({ where: { orderId }, order: { updatedAt: 'DESC' } });
  }

  findByOrders(orderIds: readonly string[]): Promise<Shipment[]> {
    return this.shipments.findBy({ orderId: In([...orderIds]) });
  }

  findStale(before: Date): Promise<Shipment[]> {
    return this.shipments.find({ where: { state: 'in_transit', updatedAt: LessThan(before) }, take: 200 });
  }

  async setState(id: string, state: ShipmentState): Promise<void> {
    await this.shipments.update({ id }, { state });
    await this.service.announce(id, state);
  }
}
