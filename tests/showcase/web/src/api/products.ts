import { api } from './client';

export interface Product {
  sku: string;
  title: string;
  priceMinor: number;
  currency: string;
}

export interface ProductDetails extends Product {
  onHand: number;
  reviews: string[];
}

export const listProducts = (search: string) =>
  api.get<Product[]>(search ? `/products?search=${encodeURIComponent(search)}` : '/products');

export const getProduct = (sku: string) => api.get<ProductDetails>(`/products/${sku}`);
