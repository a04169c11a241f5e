//! Signs in, says who it is and what is left of the budget, and signs out: `cargo run -p aipass --example sign_in`.

mod support;

use aipass::SignInOptions;
use aipass_sandbox::user_agent;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (sandbox, ai) = support::client().await?;

    let request = ai.begin_sign_in(SignInOptions::default()).await?;
    println!("an app opens this in the browser:\n{}", request.url);
    let callback = user_agent::consent(&request.url).await?; // the user presses Allow
    ai.complete_sign_in(callback.into()).await?;

    println!("signed in as {}", ai.user_info().await?.subject);
    println!("left: {:?}", ai.balance().await?.remaining_budget);

    let report = ai.sign_out().await?;
    println!("signed out: {report:?}");
    sandbox.stop().await;
    Ok(())
}
