import { Injectable, NotFoundException } from '@nestjs/common';
import { CatalogueClient, type Product } from './catalogue.client';

export interface ProductDetails extends Product {
  onHand: number;
  reviews: string[];
}

@Injectable()
export class ProductsService {
  constructor(private readonly catalogue: CatalogueClient) {}

  list(search?: string): Promise<Product[]> {
    return this.catalogue.list(search);
  }

  async details(sku: string): Promise<ProductDetails> {
    const product = await this.catalogue.find(sku);
    if (!product) {
      throw new NotFoundException(`No product ${sku}`);
    }
    const [onHand, reviews] = await Promise.all([this.catalogue.stock(sku), this.catalogue.reviews(sku)]);
    return { ...product, onHand, reviews };
  }
}
