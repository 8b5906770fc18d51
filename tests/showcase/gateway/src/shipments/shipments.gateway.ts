import { MessageBody, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import type { Server } from 'socket.io';
import type { ShipmentState } from './shipment.entity';

@WebSocketGateway({
  cors: { origin: ['https://shop.harbour.example'] },
  pingInterval: 60_000,
  pingTimeout: 20_000,
})
export class ShipmentsGateway {
  @WebSocketServer()
  private readonly server: Server;

  shipmentUpdated(id: string, state: ShipmentState): void {
    this.server.emit('shipment.updated', { id, state });
  }

  @SubscribeMessage('shipment.ack')
  acknowledge(@MessageBody() body: { id: string }): { id: string } {
    return { id: body.id };
  }
}
