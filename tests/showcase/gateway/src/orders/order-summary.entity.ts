import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'order_summary_view' })
export class OrderSummary {
  @PrimaryColumn('uuid')
  orderId: string;

  @Column()
  status: string;

  @Column()
  lineCount: number;

  @Column()
  totalMinor: number;

  @Column({ default: 0 })
  views: number;
}
