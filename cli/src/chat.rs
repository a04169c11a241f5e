//! `aipass chat`: one question, its answer as it comes.

use crate::args::ChatArgs;
use crate::failure::Failure;
use crate::receipt_view::Tokens;
use crate::{output, profile, progress};
use aipass::{AiPass, ChatEvent, ChatRequest, Error, FinishReason};
use serde::Serialize;
use std::io::IsTerminal;
use tokio::io::AsyncReadExt;

/// More than any model reads.
const LONGEST_INPUT: u64 = 4 * 1024 * 1024;
const WAITING: &str = "waiting for the model";

/// What `--json` prints.
#[derive(Serialize)]
struct Answer {
    text: String,
    model: String,
    finish_reason: String,
    tokens: Option<Tokens>,
}

pub async fn run(args: &ChatArgs) -> Result<(), Failure> {
    let mut request = ChatRequest::user(with_input(&args.prompt).await?);
    request.model = args.model.clone();
    request.max_tokens = args.max_tokens;
    if let Some(rules) = &args.system {
        request = request.system(rules);
    }
    let ai = profile::session(&args.connection).await?;
    if args.json || args.no_stream { whole(&ai, request, args.json).await } else { streamed(&ai, request).await }
}

/// The prompt, after what was piped in.
async fn with_input(prompt: &str) -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(prompt.to_owned());
    }
    let mut input = Vec::new();
    let read = tokio::io::stdin().take(LONGEST_INPUT + 1).read_to_end(&mut input).await;
    read.map_err(|error| Failure::other("input", format!("Standard input cannot be read: {error}.")))?;
    if input.len() as u64 > LONGEST_INPUT {
        return Err(Failure::other("input", "Standard input has more than 4 MB: give the model a part of it."));
    }
    let context = String::from_utf8(input);
    let context = context.map_err(|_| Failure::other("input", "Standard input is no text: photos are for `scan`."))?;
    let context = context.trim();
    Ok(if context.is_empty() { prompt.to_owned() } else { format!("{context}\n\n{prompt}") })
}

async fn whole(ai: &AiPass, request: ChatRequest, json: bool) -> Result<(), Failure> {
    let answer = progress::during(WAITING, ai.chat(request)).await?;
    let finish_reason = reason(&answer.finish_reason).to_owned();
    if json {
        let tokens = answer.usage.map(Tokens::from);
        return output::json(&Answer { text: answer.text, model: answer.model, finish_reason, tokens }, false);
    }
    output::line(lines(&answer.text))?;
    note_cut(&answer.finish_reason);
    Ok(())
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
                let text = lines(&text);
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
        note_cut(&reason);
    }
    outcome
}

/// The text stands on standard output already.
fn cut_off(error: Error) -> Failure {
    match error {
        Error::Truncated { detail, .. } => Error::Truncated { text: String::new(), detail }.into(),
        error => error.into(),
    }
}

fn note_cut(reason: &FinishReason) {
    match reason {
        FinishReason::Length => output::note("The answer is cut off at --max-tokens."),
        FinishReason::ContentFilter => output::note("The provider's filter ended the answer."),
        _ => {}
    }
}

fn reason(reason: &FinishReason) -> &str {
    match reason {
        FinishReason::Stop => "stop",
        FinishReason::Length => "length",
        FinishReason::ToolCalls => "tool_calls",
        FinishReason::ContentFilter => "content_filter",
        FinishReason::Other { name } => name,
        _ => "other",
    }
}

/// A model's text, whose control characters but for line ends and tabs cannot reach the terminal.
fn lines(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
