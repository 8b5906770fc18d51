import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { WishlistService } from './wishlist.service';

@Controller('wishlist')
export class WishlistController {
  constructor(private readonly wishlist: WishlistService) {}

  @Get(':customerId')
  list(@Param('customerId') customerId: string): string[] {
    return this.wishlist.list(customerId);
  }

  @Post(':customerId/items')
  add(@Param('customerId') customerId: string, @Body('sku') sku: string): string[] {
    return this.wishlist.add(customerId, sku);
  }
}
