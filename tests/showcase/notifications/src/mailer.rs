use std::time::Duration;

use serde_json::json;

use crate::model::Notification;

#[derive(Clone)]
pub struct Mailer {
    http: reqwest::Client,
    relay_url: String,
}

impl Mailer {
    pub fn new(relay_url: String) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("TLS backend");
        Self { http, relay_url }
    }

    pub async fn deliver(&self, notification: &Notification) -> reqwest::Result<()> {
        let message = json!({
            "to": notification.customer_id,
            "subject": notification.template,
            "html": notification.body,
        });
        let response = self.http.post(&self.relay_url).json(&message).send().await?;
        let status = dbg!(response.status());
        if status.as_u16() == 429 {
            std::thread::sleep(Duration::from_secs(1));
        }
        response.error_for_status()?;
        Ok(())
    }
}
