import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import axios from 'axios';
import { logger } from '@common/logger';
import { ShipmentsRepository } from './shipments.repository';
import { ShipmentsService } from './shipments.service';

const POLL_EVERY_MS = 5 * 60_000;

@Injectable()
export class ShipmentPollerService implements OnModuleInit, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly repository: ShipmentsRepository,
    private readonly shipments: ShipmentsService,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.poll(), POLL_EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    try {
      const stale = await this.repository.findStale(new Date(Date.now() - 3 * POLL_EVERY_MS));
      for (const shipment of stale) {
        const { data } = await axios.get<{ delivered: boolean }>(
          `https://track.northline.example/v2/parcels/${shipment.trackingCode}`,
          { timeout: 4_000 },
        );
        if (data.delivered) {
          await this.shipments.move(shipment.id, 'delivered');
        }
      }
    } catch (err) {
      logger.error({ err }, 'carrier poll failed');
    }
  }
}
