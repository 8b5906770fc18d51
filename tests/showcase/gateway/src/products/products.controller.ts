import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Product } from './catalogue.client';
import { ProductsService, type ProductDetails } from './products.service';

@Controller('products')
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  list(@Query('search') search?: string): Promise<Product[]> {
    return this.products.list(search);
  }

  @Get(':sku')
  details(@Param('sku') sku: string): Promise<ProductDetails> {
    return this.products.details(sku);
  }
}
