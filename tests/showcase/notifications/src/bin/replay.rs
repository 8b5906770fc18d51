//! Puts the notifications of one customer back into the queue.

use sqlx::PgPool;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Some(customer_id) = std::env::args().nth(1) else {
        eprintln!("usage: replay CUSTOMER_ID");
        std::process::exit(2);
    };
    let pool = PgPool::connect(&std::env::var("NOTIFICATIONS_DATABASE_URL")?).await?;
    let done = sqlx::query("UPDATE notifications SET sent_at = NULL, attempts = 0 WHERE customer_id = $1")
        .bind(&customer_id)
        .execute(&pool)
        .await?;
    println!("{} notifications of {customer_id} will be sent again", done.rows_affected());
    Ok(())
}
