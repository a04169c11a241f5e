//! A host app of one step per process, so that tests can kill it between two steps, or run many at once:
//! `host-app BASE_URL DIRECTORY begin | complete CALLBACK | call | sign-in | refresh | sign-out | user-info TIMES`.
//!
//! `BASE_URL` is a sandbox's, or `issuer=URL` of npm's oidc-provider. `begin` prints the authorization URL and then waits to be
//! killed. The last four first print `ready`; the three before the last are to be killed at any instant. `sign-in` then prints the
//! authorization URL and reads the callback from standard input; `user-info` reads a line, and then asks so many times at once.

use aipass::{AiPass, Provider, SealedFileStore, SignInOptions};
use aipass_tests::oidc_provider;
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [base_url, directory, step @ ..] = arguments.as_slice() else { return Err("too few arguments".into()) };
    let store = SealedFileStore::open(*directory, &[7; 32])?;
    let (client_id, redirect_uri, provider) = match base_url.strip_prefix("issuer=") {
        Some(issuer) => (oidc_provider::APP, oidc_provider::APP_REDIRECT_URI, oidc_provider::provider(issuer)?),
        None => ("client_123", "myapp://auth/callback", Provider::ai_pass_at(base_url)?),
    };
    let ai = AiPass::builder(client_id, redirect_uri).provider(provider).store(Arc::new(store)).build()?;
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
        ["user-info", times] => {
            println!("ready");
            std::io::stdin().read_line(&mut String::new())?;
            let call = || {
                let ai = ai.clone();
                tokio::spawn(async move { ai.user_info().await })
            };
            let calls: Vec<_> = (0..times.parse()?).map(|_| call()).collect();
            for call in calls {
                call.await??;
            }
        }
        _ => return Err("no such step".into()),
    }
    Ok(())
}
