//! `aipass call`: an endpoint that has no command of its own.

use crate::args::CallArgs;
use crate::failure::{Failure, Status};
use crate::result_file::{Destination, Saved, refuse_terminal, to_standard_output};
use crate::{input, output, profile, progress};
use aipass::{RawAnswer, RawRequest};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::io::IsTerminal;

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    status: u16,
    media_type: &'a str,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    /// JSON as it came.
    Json {
        body: &'a RawValue,
    },
    Text {
        body: &'a str,
    },
    File(Saved),
}

pub async fn run(args: &CallArgs) -> Result<(), Failure> {
    let destination = match &args.out {
        Some(out) => Some(Destination::choose(out, args.force, args.session.json)?),
        None => None,
    };
    let mut request = RawRequest::get(&args.path);
    request.method = args.method.into();
    request.api = args.api.into();
    request.query = parameters(args)?;
    if let Some(body) = &args.body {
        request.body_json = Some(input::text_of(body).await?);
    }
    let ai = profile::session(&args.session.connection).await?;
    let calling = progress::transferring("calling", &ai, |ai| async move { ai.call_endpoint(request).await });
    let response = calling.await?;
    match destination {
        Some(Destination::File(file)) => {
            let saved = file.write(&response.body)?;
            if args.session.json { report(&response, Content::File(saved)) } else { saved.print(false) }
        }
        Some(Destination::StandardOutput) => to_standard_output(&response.body).await,
        None if args.session.json => report(&response, content(&response)?),
        None => show(&response).await,
    }
}

/// Each parameter once: the library has a place for one value of each.
fn parameters(args: &CallArgs) -> Result<HashMap<String, String>, Failure> {
    let mut query = HashMap::new();
    for (name, value) in &args.query {
        if query.insert(name.clone(), value.clone()).is_some() {
            let sentence = format!("--query gives {} twice: give it once.", output::printable(name));
            return Err(Failure::new(Status::Usage, "usage", sentence));
        }
    }
    Ok(query)
}

fn report(response: &RawAnswer, content: Content<'_>) -> Result<(), Failure> {
    output::json(&Report { status: response.status, media_type: &response.media_type, content }, false)
}

fn content(response: &RawAnswer) -> Result<Content<'_>, Failure> {
    if let Ok(body) = serde_json::from_slice(&response.body) {
        return Ok(Content::Json { body });
    }
    let body = std::str::from_utf8(&response.body);
    body.map(|body| Content::Text { body }).map_err(|_| {
        let sentence = format!("The answer is no text ({}): write it to a file with --out.", response.media_type);
        Failure::other("not_text", sentence)
    })
}

/// As it came, but for what would drive a terminal.
async fn show(response: &RawAnswer) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() {
        return to_standard_output(&response.body).await;
    }
    match std::str::from_utf8(&response.body) {
        Ok(text) => output::line(output::readable(text.trim_end())),
        Err(_) => refuse_terminal(),
    }
}
