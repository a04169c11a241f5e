//! `aipass chat`: one question, its answer as it comes.

use crate::answer;
use crate::args::ChatArgs;
use crate::failure::Failure;
use crate::output::readable;
use crate::{input, output, profile, progress};
use aipass::{AiPass, CallOptions, ChatEvent, ChatRequest, Error};
use std::io::IsTerminal;

const WAITING: &str = "waiting for the model";

pub async fn run(args: &ChatArgs) -> Result<(), Failure> {
    let mut request = ChatRequest::user(with_input(&args.prompt).await?);
    request.model = args.model.clone();
    request.max_tokens = args.max_tokens;
    if let Some(rules) = &args.system {
        request = request.system(rules);
    }
    let ai = profile::session(&args.connection).await?;
    let ai = ai.with(CallOptions { max_cost: args.max_cost, ..CallOptions::default() });
    if args.json || args.no_stream { whole(&ai, request, args.json).await } else { streamed(&ai, request).await }
}

/// The prompt, after what was piped in.
async fn with_input(prompt: &str) -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(prompt.to_owned());
    }
    let context = input::standard_input().await?;
    let context = context.trim();
    Ok(if context.is_empty() { prompt.to_owned() } else { format!("{context}\n\n{prompt}") })
}

async fn whole(ai: &AiPass, request: ChatRequest, json: bool) -> Result<(), Failure> {
    answer::print(progress::during(WAITING, ai.chat(request)).await?, json)
}

async fn streamed(ai: &AiPass, request: ChatRequest) -> Result<(), Failure> {
    let stream = progress::during(WAITING, ai.chat_stream(request)).await?;
    let mut last = None;
    let mut finished = None;
    let outcome = loop {
        // A progress line would overwrite a text that has begun.
        let event = match last {
            None => progress::during(WAITING, stream.next()).await,
            Some(_) => stream.next().await,
        };
        match event {
            Ok(Some(ChatEvent::Text { text, .. })) => {
                let text = readable(&text);
                last = text.chars().next_back().or(last);
                output::write(text)?;
            }
            Ok(Some(ChatEvent::Finished { reason, .. })) => finished = Some(reason),
            Ok(Some(_)) => {}
            Ok(None) => break Ok(()),
            Err(error) => break Err(cut_off(error)),
        }
    };
    if last.is_some_and(|last| last != '\n') {
        output::write("\n")?;
    }
    if let Some(reason) = finished {
        answer::note_cut(&reason);
    }
    outcome
}

/// The text stands on standard output already.
fn cut_off(mut error: Error) -> Failure {
    match &mut error {
        Error::Truncated { text, .. } => text.clear(),
        // That there is a text says that the call was sent.
        Error::SpendLimit { text: Some(text), .. } => text.clear(),
        Error::Provider { text, .. } | Error::BudgetExceeded { text, .. } | Error::RateLimited { text, .. } => {
            *text = None;
        }
        _ => {}
    }
    error.into()
}
