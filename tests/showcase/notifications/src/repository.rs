use sqlx::PgPool;
use uuid::Uuid;

use crate::model::Notification;
use crate::service::MAX_ATTEMPTS;

#[derive(Clone)]
pub struct NotificationRepository {
    pool: PgPool,
}

impl NotificationRepository {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    pub async fn insert(&self, customer_id: &str, template: &str, body: &str) -> sqlx::Result<Notification> {
        sqlx::query_as(
            "INSERT INTO notifications (id, customer_id, template, body) VALUES ($1, $2, $3, $4)
             RETURNING id, customer_id, template, body, attempts, sent_at",
        )
        .bind(Uuid::new_v4())
        .bind(customer_id)
        .bind(template)
        .bind(body)
        .fetch_one(&self.pool)
        .await
    }

    pub async fn for_customer(&self, customer_id: &str) -> sqlx::Result<Vec<Notification>> {
        sqlx::query_as(
            "SELECT id, customer_id, template, body, attempts, sent_at FROM notifications
             WHERE customer_id = $1 ORDER BY sent_at DESC NULLS FIRST LIMIT 100",
        )
        .bind(customer_id)
        .fetch_all(&self.pool)
        .await
    }

    pub async fn pending(&self) -> sqlx::Result<Vec<Notification>> {
        sqlx::query_as(
            "SELECT id, customer_id, template, body, attempts, sent_at FROM notifications
             WHERE sent_at IS NULL AND attempts < $1 ORDER BY id LIMIT 50",
        )
        .bind(MAX_ATTEMPTS)
        .fetch_all(&self.pool)
        .await
    }

    pub async fn mark_sent(&self, id: Uuid) -> sqlx::Result<()> {
        sqlx::query("UPDATE notifications SET sent_at = now() WHERE id = $1").bind(id).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn mark_failed(&self, id: Uuid) -> sqlx::Result<()> {
        sqlx::query("UPDATE notifications SET attempts = attempts + 1 WHERE id = $1")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn mark_read(&self, customer_id: &str) -> sqlx::Result<u64> {
        let done = sqlx::query("UPDATE notifications SET read_at = now() WHERE customer_id = $1 AND read_at IS NULL")
            .bind(customer_id)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
