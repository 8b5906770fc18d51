use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use harbour_notifications::{
    mailer::Mailer, repository::NotificationRepository, routes::router, service::NotificationService,
    templates::Templates,
};
use sqlx::postgres::PgPoolOptions;
use tower::ServiceExt;

#[tokio::test]
async fn an_empty_body_is_refused() {
    let pool = PgPoolOptions::new().connect_lazy("postgres://nobody@localhost/none").unwrap();
    let service = NotificationService::new(
        NotificationRepository::new(pool.clone()),
        Mailer::new("http://localhost:1/send".into()),
        Templates::new("{{body}}".into()),
    );
    let request = Request::post("/v1/notifications").body(Body::empty()).unwrap();
    let response = router(Arc::new(service), pool).oneshot(request).await.unwrap();
    println!("status {}", response.status());
    assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
