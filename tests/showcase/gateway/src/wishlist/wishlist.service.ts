import { Injectable } from '@nestjs/common';

@Injectable()
export class WishlistService {
  private readonly items = new Map<string, Set<string>>();

  list(customerId: string): string[] {
    return [...(this.items.get(customerId) ?? [])];
  }

  add(customerId: string, sku: string): string[] {
    const wanted = this.items.get(customerId) ?? new Set<string>();
    wanted.add(sku);
    this.items.set(customerId, wanted);
    return [...wanted];
  }
}
