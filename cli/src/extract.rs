//! `aipass extract`: from photos to the JSON that a schema describes.

use crate::args::ExtractArgs;
use crate::failure::Failure;
use crate::receipt_view::Tokens;
use crate::{input, output, profile, progress};
use aipass::JsonExtraction;
use serde::Serialize;
use serde_json::value::RawValue;

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    /// As the model wrote it: a number keeps its digits.
    value: Box<RawValue>,
    model: String,
    tokens: Option<Tokens>,
}

pub async fn run(args: &ExtractArgs) -> Result<(), Failure> {
    let schema = input::text_of(&args.schema).await?;
    let mut extraction = JsonExtraction::new(input::photos(&args.photos).await?, schema);
    extraction.prompt = args.prompt.clone();
    extraction.model = args.model.clone();
    extraction.max_tokens = args.max_tokens;
    let ai = profile::session(&args.session.connection).await?;
    let reading = progress::transferring("reading", &ai, |ai| async move { ai.extract_json(extraction).await });
    let extracted = reading.await?;
    if !args.session.json {
        return output::json_text(&extracted.json);
    }
    let value = RawValue::from_string(extracted.json).map_err(|error| Failure::other("output", format!("{error}.")))?;
    output::json(&Report { value, model: extracted.model, tokens: extracted.usage.map(Tokens::from) }, false)
}
