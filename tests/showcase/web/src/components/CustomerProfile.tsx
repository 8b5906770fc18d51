import { useEffect, useState, type FormEvent } from 'react';
import { updateCustomer, type Customer } from '@/api/customers';

export function CustomerProfile({ customerId }: { customerId: string }) {
  const [customer, setCustomer] = useState<Customer | null>(null);
  const [error, setError] = useState('');
  const [saving, setSaving] = useState(false);

  useEffect(() => {
    fetch(`/api/v1/customers/${customerId}`)
      .then((response) => response.json())
      .then(setCustomer)
      .catch(() => setError('Your profile could not be loaded.'));
  }, [customerId]);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    setSaving(true);
    try {
      setCustomer(await updateCustomer(customerId, { name }));
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'Saving failed.');
    } finally {
      setSaving(false);
    }
  }

  if (error) {
    return <p role="alert">{error}</p>;
  }
  return (
    <form onSubmit={save}>
      <input name="name" defaultValue={customer?.name} key={customer?.id} />
      <button disabled={saving}>Save</button>
      <p>{customer?.loyaltyPoints ?? 0} points</p>
    </form>
  );
}
