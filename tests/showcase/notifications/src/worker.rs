use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::service::NotificationService;

pub async fn send_pending(service: Arc<NotificationService>, stop: CancellationToken) {
    let mut every = tokio::time::interval(Duration::from_secs(5));
    loop {
        tokio::select! {
            _ = stop.cancelled() => return,
            _ = every.tick() => {
                if let Err(error) = service.deliver_pending().await {
                    error!(%error, "round failed");
                }
            }
        }
    }
}

pub fn watch_backlog(service: Arc<NotificationService>) {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(60)).await;
            match service.deliver_pending().await {
                Ok(0) => {}
                Ok(left) => eprintln!("backlog: {left} notifications were late"),
                Err(error) => error!(%error, "backlog is not readable"),
            }
        }
    });
}

pub async fn once(service: Arc<NotificationService>, patience: Duration) -> Option<usize> {
    let (done, finished) = oneshot::channel();
    let round = tokio::spawn(async move {
        let count = service.deliver_pending().await.unwrap_or(0);
        let _ = done.send(count);
    });
    let count = tokio::time::timeout(patience, finished).await.ok()?.ok();
    round.abort();
    count
}
