import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { logger } from '@common/logger';
import { NotificationsService, type NotificationView } from './notifications.service';

@Controller('customers/:id/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  list(@Param('id') id: string): Promise<NotificationView[]> {
    return this.notifications.forCustomer(id);
  }

  @Post('read')
  @HttpCode(202)
  markRead(@Param('id') id: string): void {
    void this.notifications.markRead(id).catch((err) => logger.warn({ err, customerId: id }, 'mark read failed'));
  }
}
