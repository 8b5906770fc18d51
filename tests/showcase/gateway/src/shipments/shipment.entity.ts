import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import { Customer } from '../customers/customer.entity';

export type ShipmentState = 'created' | 'in_transit' | 'delivered' | 'returned';

@Entity({ name: 'shipments' })
export class Shipment {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('uuid')
  orderId: string;

  @Column()
  carrier: string;

  @Column({ type: 'varchar', default: 'created' })
  state: ShipmentState;

  @Column({ type: 'varchar', nullable: true })
  trackingCode: string | null;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;

  @ManyToOne(() => Customer, (customer) => customer.shipments)
  customer: Customer;
}
