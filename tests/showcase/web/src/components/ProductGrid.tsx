import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addToWishlist } from '@/api/customers';
import { listProducts } from '@/api/products';
import { ProductCard } from './ProductCard';

export function ProductGrid({ customerId }: { customerId: string }) {
  const [search, setSearch] = useState('');
  const products = useQuery({ queryKey: ['products', search], queryFn: () => listProducts(search) });
  const wish = useMutation({
    mutationFn: (sku: string) => addToWishlist(customerId, sku),
    onError: (error) => console.error('wishlist', error),
  });

  if (products.isError) {
    return <p role="alert">The shelf could not be loaded: {products.error.message}</p>;
  }
  return (
    <section>
      <input value={search} onChange={(event) => setSearch(event.target.value)} placeholder="Rope, lamps, oilskins…" />
      {products.isPending && <p>Loading…</p>}
      {products.data?.map((product) => (
        <ProductCard key={product.sku} product={product} onWish={(sku) => wish.mutate(sku)} />
      ))}
    </section>
  );
}
