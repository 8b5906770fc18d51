import { Link } from 'react-router-dom';
import type { Product } from '@/api/products';

interface ProductCardProps {
  product: Product;
  onWish: (sku: string) => void;
}

export function ProductCard({ product, onWish }: ProductCardProps) {
  const price = new Intl.NumberFormat('en-GB', { style: 'currency', currency: product.currency }).format(
    product.priceMinor / 100,
  );
  return (
    <article>
      <h3>{product.title}</h3>
      <p>{price}</p>
      <Link to={`/checkout/${product.sku}`}>Buy</Link>
      <button type="button" onClick={() => onWish(product.sku)}>
        Remember
      </button>
    </article>
  );
}
