import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { cancelOrder, getOrder, getOrderSummary, listOrders } from '@/api/orders';

export function useOrders(customerId: string) {
  return useQuery({ queryKey: ['orders', customerId], queryFn: () => listOrders(customerId) });
}

export function useOrder(id: string) {
  const order = useQuery({ queryKey: ['order', id], queryFn: () => getOrder(id) });
  const summary = useQuery({ queryKey: ['order', id, 'summary'], queryFn: () => getOrderSummary(id) });
  return { order, summary };
}

export function useCancelOrder(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (comment: string) => cancelOrder(id, comment),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['order', id] }),
  });
}
