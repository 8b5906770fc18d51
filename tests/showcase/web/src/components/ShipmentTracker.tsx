import axios from 'axios';
import { useEffect, useState } from 'react';
import { useShipmentFeed } from '@/hooks/useShipmentFeed';

interface Shipment {
  id: string;
  carrier: string;
  state: string;
}

export function ShipmentTracker({ orderId }: { orderId: string }) {
  const [shipments, setShipments] = useState<Shipment[]>([]);
  const live = useShipmentFeed();

  useEffect(() => {
    async function load() {
      try {
        const { data } = await axios.get<Shipment[]>('/api/v1/shipments', { params: { orderId } });
        setShipments(data);
      } catch {}
    }
    load();
  }, [orderId]);

  return (
    <table>
      <tbody>
        {shipments.map((shipment) => (
          <tr key={shipment.id}>
            <td>{shipment.carrier}</td>
            <td>{live[shipment.id] ?? shipment.state}</td>
            <td>
              <img src={`/api/v1/shipments/${shipment.id}/label`} alt="label" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
