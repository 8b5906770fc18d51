import { useMutation, useQuery } from '@tanstack/react-query';
import { listNotifications, listWishlist, markNotificationsRead } from '@/api/customers';

export function WishlistPanel({ customerId }: { customerId: string }) {
  const wishes = useQuery({ queryKey: ['wishlist', customerId], queryFn: () => listWishlist(customerId) });
  const news = useQuery({ queryKey: ['news', customerId], queryFn: () => listNotifications(customerId) });
  const read = useMutation({
    mutationFn: () => markNotificationsRead(customerId),
    onSuccess: () => news.refetch(),
  });

  if (wishes.isError || news.isError || read.isError) {
    return <p role="alert">Something is not answering. Please try again later.</p>;
  }
  return (
    <aside>
      <h3>Remembered</h3>
      <ul>{wishes.data?.map((sku) => <li key={sku}>{sku}</li>)}</ul>
      <h3>News</h3>
      <ul>{news.data?.map((item) => <li key={item.id}>{item.template}</li>)}</ul>
      <button type="button" onClick={() => read.mutate()} disabled={read.isPending}>
        Mark all as read
      </button>
    </aside>
  );
}
