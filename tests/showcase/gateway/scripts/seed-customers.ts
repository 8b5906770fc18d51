import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { Customer } from '../src/customers/customer.entity';
import { Shipment } from '../src/shipments/shipment.entity';

const NAMES = ['Ada Quay', 'Bo Lindqvist', 'Chipo Moyo', 'Dara Finn'];

async function main(): Promise<void> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url: process.env.DATABASE_URL,
    entities: [Customer, Shipment],
  }).initialize();

  const customers = dataSource.getRepository(Customer);
  for (const name of NAMES) {
    const email = `${name.toLowerCase().replace(' ', '.')}@example.test`;
    await customers.upsert({ name, email }, ['email']);
    console.log(`seeded ${name} <${email}>`);
  }
  await dataSource.destroy();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
