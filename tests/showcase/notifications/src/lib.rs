pub mod config;
pub mod grpc;
pub mod mailer;
pub mod model;
pub mod repository;
pub mod routes;
pub mod service;
pub mod templates;
pub mod worker;

pub mod proto {
    tonic::include_proto!("harbour.notifications.v1");
}
