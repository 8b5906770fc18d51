import { Link, Route, Routes, useParams } from 'react-router-dom';
import { CheckoutForm } from '@/components/CheckoutForm';
import { CustomerProfile } from '@/components/CustomerProfile';
import { OrderDetails } from '@/components/OrderDetails';
import { OrderList } from '@/components/OrderList';
import { OrderTimeline } from '@/components/OrderTimeline';
import { ProductGrid } from '@/components/ProductGrid';
import { ShipmentTracker } from '@/components/ShipmentTracker';
import { SupplierList } from '@/components/SupplierList';
import { WishlistPanel } from '@/components/WishlistPanel';

const CUSTOMER_ID = '7b1d2a52-5c0e-4d9a-9a55-3f6c1d8f8a10';

function OrderPage() {
  const { orderId = '' } = useParams();
  return (
    <>
      <OrderDetails orderId={orderId} />
      <OrderTimeline orderId={orderId} />
      <ShipmentTracker orderId={orderId} />
    </>
  );
}

export function App() {
  return (
    <main>
      <nav>
        <Link to="/">Shop</Link> <Link to="/orders">Orders</Link> <Link to="/profile">Profile</Link>
      </nav>
      <Routes>
        <Route path="/" element={<ProductGrid customerId={CUSTOMER_ID} />} />
        <Route path="/checkout/:sku" element={<CheckoutForm customerId={CUSTOMER_ID} />} />
        <Route path="/orders" element={<OrderList customerId={CUSTOMER_ID} />} />
        <Route path="/orders/:orderId" element={<OrderPage />} />
        <Route path="/suppliers" element={<SupplierList />} />
        <Route
          path="/profile"
          element={
            <>
              <CustomerProfile customerId={CUSTOMER_ID} />
              <WishlistPanel customerId={CUSTOMER_ID} />
            </>
          }
        />
      </Routes>
    </main>
  );
}
