//! Serves the invented incident: `cargo run -p lotse-axum-service -- 127.0.0.1:8080`.

use lotse::{Matcher, SharedMatcher, example};
use lotse_axum_service::router;

#[expect(clippy::disallowed_methods, reason = "a program reads its arguments")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let matcher = Matcher::builder().offers(example::offers()?).as_of(example::AS_OF.parse()?).build()?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router(SharedMatcher::new(matcher))).await?;
    Ok(())
}
