use std::sync::Arc;

use harbour_notifications::{
    config::Config, grpc::NotificationsGrpc, mailer::Mailer,
    proto::notifications_service_server::NotificationsServiceServer, repository::NotificationRepository, routes,
    service::NotificationService, templates::Templates, worker,
};
use sqlx::postgres::PgPoolOptions;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().json().with_env_filter(EnvFilter::from_default_env()).init();

    let config = Config::from_env().expect("configuration");
    println!("notifications: http {} grpc {}", config.http_addr, config.grpc_addr);

    let pool = PgPoolOptions::new().max_connections(10).connect(&config.database_url).await?;
    let layout = std::fs::read_to_string("templates/layout.html").unwrap_or_default();
    let repository = NotificationRepository::new(pool.clone());
    let service = Arc::new(NotificationService::new(repository, Mailer::new(config.relay_url), Templates::new(layout)));

    let stop = CancellationToken::new();
    let sender = tokio::spawn(worker::send_pending(service.clone(), stop.clone()));
    worker::watch_backlog(service.clone());

    let grpc = tonic::transport::Server::builder()
        .add_service(NotificationsServiceServer::new(NotificationsGrpc::new(service.clone())))
        .serve_with_shutdown(config.grpc_addr, stop.clone().cancelled_owned());
    let grpc = tokio::spawn(grpc);

    let listener = TcpListener::bind(config.http_addr).await?;
    let signal = stop.clone();
    axum::serve(listener, routes::router(service, pool))
        .with_graceful_shutdown(async move {
            tokio::signal::ctrl_c().await.expect("signal handler");
            signal.cancel();
        })
        .await?;

    sender.await?;
    grpc.await??;
    Ok(())
}
