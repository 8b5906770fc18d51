import { useState } from 'react';

const suppliers = [
  { id: 1, name: 'Nordlicht Ceramics', feedUrl: 'https://nordlicht.example/feed.csv' },
  { id: 2, name: 'Quayside Linen', feedUrl: 'https://quayside.example/stock.csv' },
];

export function SupplierList() {
  const [filter, setFilter] = useState('');
  const shown = suppliers.filter((supplier) => supplier.name.toLowerCase().includes(filter.toLowerCase()));

  return (
    <section>
      <input value={filter} onChange={(event) => setFilter(event.target.value)} placeholder="Filter" />
      <ul>
        {shown.map((supplier) => (
          <li key={supplier.id}>
            <a href={supplier.feedUrl}>{supplier.name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
