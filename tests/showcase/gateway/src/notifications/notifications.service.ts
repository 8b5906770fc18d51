import { Injectable } from '@nestjs/common';
import axios from 'axios';
import { logger } from '@common/logger';

export interface NotificationView {
  id: string;
  template: string;
  sentAt: string | null;
}

@Injectable()
export class NotificationsService {
  private readonly http = axios.create({
    baseURL: process.env.NOTIFICATIONS_URL ?? 'http://notifications:8082',
    timeout: 2_000,
  });

  async forCustomer(customerId: string): Promise<NotificationView[]> {
    const { data } = await this.http.get<NotificationView[]>(`/v1/customers/${customerId}/notifications`);
    return data;
  }

  async markRead(customerId: string): Promise<void> {
    const started = Date.now();
    await this.http.put(`/v1/customers/${customerId}/notifications/read`);
    logger.info({ customerId, ms: Date.now() - started }, 'notifications marked read');
  }
}
