import { api } from './client';

export interface Customer {
  id: string;
  name: string;
  email: string;
  loyaltyPoints: number;
}

export interface Notification {
  id: string;
  template: string;
  sentAt: string | null;
}

export const registerCustomer = (name: string, email: string) => api.post<Customer>('/customers', { name, email });

export const updateCustomer = (id: string, changes: Partial<Pick<Customer, 'name' | 'email'>>) =>
  api.patch<Customer>(`/customers/${id}`, changes);

export const listNotifications = (id: string) => api.get<Notification[]>(`/customers/${id}/notifications`);

export const markNotificationsRead = (id: string) => api.post<void>(`/customers/${id}/notifications/read`);

export const listWishlist = (customerId: string) => api.get<string[]>(`/wishlist/${customerId}`);

export const addToWishlist = (customerId: string, sku: string) =>
  api.post<string[]>(`/wishlist/${customerId}/items`, { sku });
