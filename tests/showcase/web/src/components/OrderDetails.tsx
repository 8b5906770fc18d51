import { useState } from 'react';
import { requestReturn } from '@/api/orders';
import { useCancelOrder, useOrder } from '@/hooks/useOrders';

export function OrderDetails({ orderId }: { orderId: string }) {
  const { order, summary } = useOrder(orderId);
  const cancel = useCancelOrder(orderId);
  const [message, setMessage] = useState('');

  function sendBack() {
    try {
      requestReturn(orderId, 'changed my mind');
      setMessage('We have asked the carrier to collect it.');
    } catch {
      setMessage('That did not work. Please try again.');
    }
  }

  if (order.isError || summary.isError) {
    return <p role="alert">This order could not be loaded.</p>;
  }
  if (order.isPending || summary.isPending) {
    return <p>Loading…</p>;
  }
  return (
    <section>
      <h2>Order {order.data.id}</h2>
      <p>
        {summary.data.lineCount} lines, {order.data.status}
      </p>
      <a href={`/api/v1/orders/${orderId}/invoice`}>Invoice</a>
      <button type="button" onClick={() => cancel.mutate('cancelled in the shop')} disabled={cancel.isPending}>
        Cancel
      </button>
      {cancel.isError && <p role="alert">{cancel.error.message}</p>}
      <button type="button" onClick={sendBack}>
        Return
      </button>
      <p>{message}</p>
    </section>
  );
}
