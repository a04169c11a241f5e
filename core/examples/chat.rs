//! Streams an answer word by word, and asks again about it: `cargo run -p aipass --example chat`.

mod support;

use aipass::{ChatEvent, ChatRequest, Conversation, ConversationBudget, Message};
use std::io::Write;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (sandbox, ai) = support::signed_in().await?;

    // The sandbox's recorded answers are about its receipts; a provider answers whatever is asked.
    let receipt =
        Message::assistant(r#"The receipt: {"merchant": "Cafe Morgenrot", "amount": 18.00, "currency": "EUR"}"#);
    let about = |question: &str| vec![Message::user("Read this receipt."), receipt.clone(), Message::user(question)];

    let stream = ai.chat_stream(ChatRequest::new(about("How much was it?"))).await?;
    while let Some(event) = stream.next().await? {
        if let ChatEvent::Text { text, .. } = event {
            print!("{text}");
            std::io::stdout().flush()?;
        }
    }
    println!();

    // Remembers what was said, within a budget.
    let conversation = Conversation::new(ChatRequest::default(), ConversationBudget::default())?;
    let first = conversation.ask(&ai, about("Where was it?")).await?;
    let second = conversation.ask(&ai, vec![Message::user("And how much was it?")]).await?;
    println!("{}\n{}", first.text, second.text);
    sandbox.stop().await;
    Ok(())
}
