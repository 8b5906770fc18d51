import { useEffect, useState } from 'react';
import { getTimeline, type OrderTimelineEntry } from '@/api/orders';

export function OrderTimeline({ orderId }: { orderId: string }) {
  const [entry, setEntry] = useState<OrderTimelineEntry | null>(null);

  useEffect(() => {
    let current = true;
    getTimeline(orderId).then((loaded) => {
      if (current) {
        setEntry(loaded);
      }
    });
    return () => {
      current = false;
    };
  }, [orderId]);

  if (!entry) {
    return null;
  }
  return (
    <ol>
      <li>
        {entry.customer.name}: {entry.status}
      </li>
      {entry.shipments.map((shipment) => (
        <li key={shipment.id}>
          {shipment.carrier}: {shipment.state}
        </li>
      ))}
    </ol>
  );
}
