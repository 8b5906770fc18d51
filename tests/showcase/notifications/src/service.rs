use anyhow::Context;
use parking_lot::Mutex;
use tokio::task::JoinSet;
use tracing::{info, warn};

use crate::mailer::Mailer;
use crate::model::{NewNotification, Notification};
use crate::repository::NotificationRepository;
use crate::templates::Templates;

pub const MAX_ATTEMPTS: i32 = 5;

pub struct NotificationService {
    repository: NotificationRepository,
    mailer: Mailer,
    templates: Templates,
    last_customer: Mutex<Option<String>>,
}

impl NotificationService {
    pub fn new(repository: NotificationRepository, mailer: Mailer, templates: Templates) -> Self {
        Self { repository, mailer, templates, last_customer: Mutex::new(None) }
    }

    pub async fn enqueue(&self, new: NewNotification) -> anyhow::Result<Notification> {
        let body = self.templates.render(&new.template, &new.variables).await.context("render template")?;
        let mut last = self.last_customer.lock();
        let stored = self.repository.insert(&new.customer_id, &new.template, &body).await?;
        *last = Some(new.customer_id);
        println!("queued {} for {}", stored.template, stored.customer_id);
        Ok(stored)
    }

    pub async fn for_customer(&self, customer_id: &str) -> sqlx::Result<Vec<Notification>> {
        self.repository.for_customer(customer_id).await
    }

    pub async fn mark_read(&self, customer_id: &str) -> sqlx::Result<u64> {
        self.repository.mark_read(customer_id).await
    }

    pub async fn deliver(&self, notification: &Notification) {
        match self.mailer.deliver(notification).await {
            Ok(()) => {
                let _ = self.repository.mark_sent(notification.id).await;
            }
            Err(error) => {
                warn!(%error, id = %notification.id, "delivery failed");
                self.repository.mark_failed(notification.id).await.ok();
            }
        }
    }

    pub async fn deliver_pending(self: &std::sync::Arc<Self>) -> sqlx::Result<usize> {
        let pending = self.repository.pending().await?;
        let count = pending.len();
        let mut deliveries = JoinSet::new();
        for notification in pending {
            let service = self.clone();
            deliveries.spawn(async move { service.deliver(&notification).await });
        }
        while let Some(result) = deliveries.join_next().await {
            if let Err(error) = result {
                warn!(%error, "delivery task failed");
            }
        }
        info!(count, "round finished");
        Ok(count)
    }
}
