import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsInt, IsString, IsUUID, Min, ValidateNested } from 'class-validator';

export class OrderLineDto {
  @IsString()
  sku: string;

  @IsInt()
  @Min(1)
  quantity: number;
}

export class PlaceOrderDto {
  @IsUUID()
  customerId: string;

  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => OrderLineDto)
  lines: OrderLineDto[];

  @IsString()
  idempotencyKey: string;
}

export interface OrderView {
  id: string;
  customerId: string;
  status: string;
  totalMinor: number;
  currency: string;
  placedAtUnix: number;
}
