use std::sync::Arc;

use tonic::{Request, Response, Status};

use crate::model::NewNotification;
use crate::proto::notifications_service_server::NotificationsService;
use crate::proto::{SendBatchRequest, SendBatchResponse, SendRequest, SendResponse};
use crate::service::NotificationService;

pub struct NotificationsGrpc {
    service: Arc<NotificationService>,
}

impl NotificationsGrpc {
    pub fn new(service: Arc<NotificationService>) -> Self {
        Self { service }
    }

    async fn accept(&self, item: SendRequest) -> Result<SendResponse, Status> {
        let new = NewNotification { customer_id: item.customer_id, template: item.template, variables: item.variables };
        let stored = self.service.enqueue(new).await.map_err(|error| Status::internal(error.to_string()))?;
        Ok(SendResponse { notification_id: stored.id.to_string(), duplicate: false })
    }
}

#[tonic::async_trait]
impl NotificationsService for NotificationsGrpc {
    async fn send(&self, request: Request<SendRequest>) -> Result<Response<SendResponse>, Status> {
        Ok(Response::new(self.accept(request.into_inner()).await?))
    }

    async fn send_batch(&self, request: Request<SendBatchRequest>) -> Result<Response<SendBatchResponse>, Status> {
        let batch = request.into_inner();
        let mut results = Vec::with_capacity(batch.items.len());
        let mut failed = 0;
        for item in batch.items {
            match self.accept(item).await {
                Ok(response) => results.push(response),
                Err(status) if batch.stop_on_error => return Err(status),
                Err(_) => failed += 1,
            }
        }
        Ok(Response::new(SendBatchResponse { results, failed }))
    }
}
