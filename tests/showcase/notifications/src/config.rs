use std::net::SocketAddr;

use anyhow::Context;

pub struct Config {
    pub database_url: String,
    pub http_addr: SocketAddr,
    pub grpc_addr: SocketAddr,
    pub relay_url: String,
}

impl Config {
    pub fn from_env() -> anyhow::Result<Self> {
        Ok(Self {
            database_url: required("NOTIFICATIONS_DATABASE_URL")?,
            http_addr: optional("NOTIFICATIONS_HTTP_ADDR", "0.0.0.0:8082").parse()?,
            grpc_addr: optional("NOTIFICATIONS_GRPC_ADDR", "0.0.0.0:9091").parse()?,
            relay_url: optional("NOTIFICATIONS_RELAY_URL", "http://relay.internal/send"),
        })
    }
}

fn required(name: &str) -> anyhow::Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set"))
}

fn optional(name: &str, fallback: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| fallback.to_owned())
}
