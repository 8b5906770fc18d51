import { Link } from 'react-router-dom';
import { useOrders } from '@/hooks/useOrders';

export function OrderList({ customerId }: { customerId: string }) {
  const { data: orders, error, isPending } = useOrders(customerId);

  if (isPending) {
    return <p>Loading…</p>;
  }
  if (error) {
    return <p role="alert">{error.message}</p>;
  }
  return (
    <ul>
      {orders.map((order) => (
        <li key={order.id}>
          <Link to={`/orders/${order.id}`}>{order.id}</Link> {order.status}
        </li>
      ))}
    </ul>
  );
}
