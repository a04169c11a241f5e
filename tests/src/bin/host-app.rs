//! A host app of one step per process, so that tests can kill it between two steps, or run many at once:
//! `host-app BASE_URL DIRECTORY begin | complete CALLBACK | call`.
//!
//! `begin` prints the authorization URL and then waits to be killed.

use aipass::{AiPass, Provider, SealedFileStore, SignInOptions};
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [base_url, directory, step @ ..] = arguments.as_slice() else { return Err("too few arguments".into()) };
    let store = SealedFileStore::open(*directory, &[7; 32])?;
    let ai = AiPass::builder("client_123", "myapp://auth/callback")
        .provider(Provider::ai_pass_at(base_url)?)
        .store(Arc::new(store))
        .build()?;
    match step {
        ["begin"] => {
            println!("{}", ai.begin_sign_in(SignInOptions::default()).await?.url);
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
        ["complete", callback] => ai.complete_sign_in((*callback).to_owned()).await?,
        ["call"] => println!("{}", ai.refresh_balance().await?.total_cost),
        _ => return Err("no such step".into()),
    }
    Ok(())
}
