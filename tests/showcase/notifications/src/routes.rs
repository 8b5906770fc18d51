use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Serialize;
use sqlx::PgPool;
use tracing::error;

use crate::model::{NewNotification, Notification};
use crate::service::NotificationService;

#[derive(Clone)]
struct AppState {
    service: Arc<NotificationService>,
    pool: PgPool,
}

pub fn router(service: Arc<NotificationService>, pool: PgPool) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/v1/notifications", post(create))
        .route("/v1/customers/{id}/notifications", get(list))
        .route("/v1/customers/{id}/notifications/read", put(mark_read))
        .route("/v1/stats", get(stats))
        .with_state(AppState { service, pool })
}

async fn healthz(State(state): State<AppState>) -> StatusCode {
    match sqlx::query("SELECT 1").execute(&state.pool).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn create(
    State(state): State<AppState>,
    Json(new): Json<NewNotification>,
) -> Result<(StatusCode, Json<Notification>), StatusCode> {
    let stored = state.service.enqueue(new).await.map_err(internal)?;
    let service = state.service.clone();
    let copy = stored.clone();
    tokio::spawn(async move { service.deliver(&copy).await });
    Ok((StatusCode::ACCEPTED, Json(stored)))
}

async fn list(State(state): State<AppState>, Path(id): Path<String>) -> Json<Vec<Notification>> {
    Json(state.service.for_customer(&id).await.unwrap())
}

async fn mark_read(State(state): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, StatusCode> {
    state.service.mark_read(&id).await.map_err(internal)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Serialize, sqlx::FromRow)]
struct TemplateCount {
    template: String,
    total: i64,
}

async fn stats(State(state): State<AppState>) -> Result<Json<Vec<TemplateCount>>, StatusCode> {
    let rows =
        sqlx::query_as("SELECT template, count(*) AS total FROM notifications GROUP BY template ORDER BY total DESC")
            .fetch_all(&state.pool)
            .await
            .map_err(internal)?;
    Ok(Json(rows))
}

fn internal(error: impl std::fmt::Display) -> StatusCode {
    error!(%error, "request failed");
    StatusCode::INTERNAL_SERVER_ERROR
}
