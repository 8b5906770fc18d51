import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { placeOrder } from '@/api/orders';
import { getProduct } from '@/api/products';

export function CheckoutForm({ customerId }: { customerId: string }) {
  const { sku = '' } = useParams();
  const navigate = useNavigate();
  const [quantity, setQuantity] = useState(1);
  const product = useQuery({ queryKey: ['product', sku], queryFn: () => getProduct(sku) });
  const checkout = useMutation({
    mutationFn: () => placeOrder(customerId, [{ sku, quantity }]),
    onSuccess: (order) => navigate(`/orders/${order.id}`),
  });

  if (product.error) {
    return <p role="alert">{product.error.message}</p>;
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        checkout.mutate();
      }}
    >
      <h2>{product.data?.title ?? sku}</h2>
      <input
        type="number"
        min={1}
        max={product.data?.onHand ?? 1}
        value={quantity}
        onChange={(event) => setQuantity(event.target.valueAsNumber)}
      />
      <button type="submit">Place order</button>
    </form>
  );
}
