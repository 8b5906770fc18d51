import { fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { expect, it, vi } from 'vitest';
import { ProductCard } from './ProductCard';

it('tells its parent which product to remember', () => {
  const onWish = vi.fn();
  const product = { sku: 'ROPE-12', title: 'Hemp rope, 12 mm', priceMinor: 1250, currency: 'GBP' };
  render(
    <MemoryRouter>
      <ProductCard product={product} onWish={onWish} />
    </MemoryRouter>,
  );
  fireEvent.click(screen.getByText('Remember'));
  expect(onWish).toHaveBeenCalledWith('ROPE-12');
});
