//! A host app of one step per process, so that tests can kill it between two steps, or run many at once:
//! `host-app BASE_URL DIRECTORY begin | complete CALLBACK | call | sign-in | refresh | sign-out`.
//!
//! `begin` prints the authorization URL and then waits to be killed. The last three are to be killed at any instant: they
//! first print `ready`; `sign-in` then prints the authorization URL and reads the callback from standard input.

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
        ["sign-in"] => {
            println!("ready");
            println!("{}", ai.begin_sign_in(SignInOptions::default()).await?.url);
            let mut callback = String::new();
            std::io::stdin().read_line(&mut callback)?;
            ai.complete_sign_in(callback.trim().to_owned()).await?;
        }
        ["refresh"] => {
            println!("ready");
            // A millisecond less than a token of the sandbox lives when it is new: this one is older.
            ai.access_token(std::time::Duration::from_millis(3_599_999)).await?;
        }
        ["sign-out"] => {
            println!("ready");
            ai.sign_out().await?;
        }
        _ => return Err("no such step".into()),
    }
    Ok(())
}
