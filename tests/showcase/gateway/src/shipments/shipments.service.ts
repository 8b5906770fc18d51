import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, NotFoundException, forwardRef } from '@nestjs/common';
import { Queue } from 'bullmq';
import { elapsed, log, warn } from '@common/trace';
import type { Shipment, ShipmentState } from './shipment.entity';
import { ShipmentsGateway } from './shipments.gateway';
import { ShipmentsRepository } from './shipments.repository';

@Injectable()
export class ShipmentsService {
  constructor(
    @Inject(forwardRef(() => ShipmentsRepository)) private readonly shipments: ShipmentsRepository,
    private readonly gateway: ShipmentsGateway,
    @InjectQueue('labels') private readonly labels: Queue,
  ) {}

  async get(id: string): Promise<Shipment> {
    const shipment = await this.shipments.findById(id);
    if (!shipment) {
      throw new NotFoundException(`No shipment ${id}`);
    }
    return shipment;
  }

  forOrder(orderId: string): Promise<Shipment[]> {
    return this.shipments.findByOrder(orderId);
  }

  async move(id: string, state: ShipmentState): Promise<void> {
    const started = process.hrtime.bigint();
    await this.shipments.setState(id, state);
    log('shipment moved', id, state, elapsed(started));
  }

  async announce(id: string, state: ShipmentState): Promise<void> {
    this.gateway.shipmentUpdated(id, state);
    if (state === 'created') {
      await this.labels.add('print', { shipmentId: id }, { attempts: 5, backoff: { type: 'exponential', delay: 1_000 } });
    }
    if (state === 'returned') {
      warn('shipment came back', id);
    }
  }
}
