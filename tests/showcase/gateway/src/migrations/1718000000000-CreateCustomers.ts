import { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCustomers1718000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    console.log('creating customers and shipments');
    await queryRunner.query(`
      CREATE TABLE customers (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        email text NOT NULL UNIQUE,
        "loyaltyPoints" integer NOT NULL DEFAULT 0,
        "createdAt" timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE shipments (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        "orderId" uuid NOT NULL,
        "customerId" uuid REFERENCES customers (id),
        carrier text NOT NULL,
        state text NOT NULL DEFAULT 'created',
        "trackingCode" text,
        "updatedAt" timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE shipments');
    await queryRunner.query('DROP TABLE customers');
  }
}
