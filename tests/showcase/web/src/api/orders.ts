import { api } from './client';

export interface Order {
  id: string;
  customerId: string;
  status: string;
  totalMinor: number;
  currency: string;
  placedAtUnix: number;
}

export interface OrderSummary {
  orderId: string;
  status: string;
  lineCount: number;
  totalMinor: number;
}

export interface OrderTimelineEntry {
  id: string;
  status: string;
  customer: { name: string };
  shipments: { id: string; carrier: string; state: string }[];
}

const TIMELINE = /* GraphQL */ `
  query Timeline($id: ID!) {
    order(id: $id) {
      id
      status
      customer {
        name
      }
      shipments {
        id
        carrier
        state
      }
    }
  }
`;

export const listOrders = (customerId: string) =>
  api.get<Order[]>(`/orders?customerId=${encodeURIComponent(customerId)}`);

export const getOrder = (id: string) => api.get<Order>(`/orders/${id}`);

export const getOrderSummary = (id: string) => api.get<OrderSummary>(`/orders/${id}/summary`);

export const placeOrder = (customerId: string, lines: { sku: string; quantity: number }[]) =>
  api.post<Order>('/orders', { customerId, lines, idempotencyKey: crypto.randomUUID() });

export const cancelOrder = (id: string, comment: string) =>
  api.post<OrderSummary>(`/orders/${id}/cancel`, { comment });

export const requestReturn = (id: string, reason: string) => api.post<void>(`/orders/${id}/returns`, { reason });

export async function getTimeline(id: string): Promise<OrderTimelineEntry> {
  const response = await fetch('/api/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: TIMELINE, variables: { id } }),
  });
  const { data, errors } = await response.json();
  if (errors?.length) {
    throw new Error(errors[0].message);
  }
  return data.order;
}
