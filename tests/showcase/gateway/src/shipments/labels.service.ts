import { Injectable, InternalServerErrorException } from '@nestjs/common';
import Jimp from 'jimp';
import type { Shipment } from './shipment.entity';

const TEMPLATE = 'assets/label.png';

@Injectable()
export class LabelsService {
  async render(shipment: Shipment): Promise<Buffer> {
    try {
      const label = await Jimp.read(TEMPLATE);
      const font = await Jimp.loadFont(Jimp.FONT_SANS_32_BLACK);
      label.resize(600, 400);
      label.print(font, 24, 24, shipment.carrier);
      label.print(font, 24, 72, shipment.trackingCode ?? shipment.id);
      return await label.getBufferAsync(Jimp.MIME_PNG);
    } catch (error) {
      console.error('label rendering failed', shipment.id, error);
      throw new InternalServerErrorException('The label could not be rendered');
    }
  }
}
