import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { logger } from './logger';

@Catch(HttpException)
export class HttpErrorFilter implements ExceptionFilter {
  catch(exception: HttpException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const status = exception.getStatus();

    if (status === 429) {
      globalThis.console.warn('rate limited', request.ip, request.url);
    } else {
      logger.warn({ status, path: request.url, method: request.method }, exception.message);
    }

    response.status(status).json({
      status,
      title: exception.message,
      instance: request.url,
    });
  }
}
