use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, Serialize, sqlx::FromRow)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    pub id: Uuid,
    pub customer_id: String,
    pub template: String,
    pub body: String,
    pub attempts: i32,
    pub sent_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize)]
pub struct NewNotification {
    pub customer_id: String,
    pub template: String,
    #[serde(default)]
    pub variables: HashMap<String, String>,
}
