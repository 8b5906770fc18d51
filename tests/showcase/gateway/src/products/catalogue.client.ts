import { Injectable } from '@nestjs/common';
import axios, { isAxiosError } from 'axios';
import { retry } from '@common/retry';

export interface Product {
  sku: string;
  title: string;
  priceMinor: number;
  currency: string;
}

@Injectable()
export class CatalogueClient {
  private readonly http = axios.create({
    baseURL: process.env.CATALOGUE_URL ?? 'http://catalogue:8000',
    timeout: 3_000,
  });

  async list(search?: string): Promise<Product[]> {
    const response = await retry(() => this.http.get<Product[]>('/v1/products', { params: { search } }), {
      attempts: 3,
      timeoutMs: 3_000,
    });
    return response.data;
  }

  async find(sku: string): Promise<Product | null> {
    try {
      const response = await this.http.get<Product>(`/v1/products/${sku}`);
      return response.data;
    } catch (error) {
      if (isAxiosError(error) && error.response?.status === 404) {
        return null;
      }
      throw error;
    }
  }

  async stock(sku: string): Promise<number> {
    const response = await this.http.get<{ sku: string; onHand: number }>(`/v1/stock/${sku}`);
    return response.data.onHand;
  }

  async reviews(sku: string): Promise<string[]> {
    const response = await this.http.get<string[]>(`/v1/products/${sku}/reviews`);
    return response.data;
  }
}
