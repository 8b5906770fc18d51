import { mkdir } from 'node:fs/promises';
import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Job } from 'bullmq';
import sharp from 'sharp';
import { logger } from '@common/logger';

const DENSITIES = [203, 300, 600];

@Processor('labels')
export class LabelsProcessor extends WorkerHost {
  async process(job: Job<{ shipmentId: string }>): Promise<void> {
    const { shipmentId } = job.data;
    await mkdir('labels', { recursive: true });
    for (const density of DENSITIES) {
      await sharp('assets/label.svg', { density }).png().toFile(`labels/${shipmentId}-${density}.png`);
    }
    logger.info({ shipmentId, jobId: job.id }, 'labels printed');
  }
}
