import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

export interface ShipmentUpdate {
  id: string;
  state: string;
}

export function useShipmentFeed(): Record<string, string> {
  const [states, setStates] = useState<Record<string, string>>({});

  useEffect(() => {
    const socket = io({ reconnectionDelay: 2_000, reconnectionDelayMax: 2_000 });
    socket.on('shipment.updated', (update: ShipmentUpdate) => {
      setStates((known) => ({ ...known, [update.id]: update.state }));
      socket.emit('shipment.ack', { id: update.id });
    });
    return () => {
      socket.disconnect();
    };
  }, []);

  return states;
}
