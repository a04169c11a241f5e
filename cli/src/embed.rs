//! `aipass embed`: texts as vectors.

use crate::args::EmbedArgs;
use crate::failure::Failure;
use crate::receipt_view::Tokens;
use crate::{input, output, profile, progress};
use aipass::EmbeddingRequest;
use serde::Serialize;

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    model: String,
    vectors: Vec<Vec<f32>>,
    tokens: Option<Tokens>,
}

pub async fn run(args: &EmbedArgs) -> Result<(), Failure> {
    let mut texts = Vec::new();
    for text in &args.texts {
        if text == "-" {
            let input = input::standard_input().await?;
            texts.extend(input.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
        } else {
            texts.push(text.clone());
        }
    }
    let mut request = EmbeddingRequest::new(texts);
    request.dimensions = args.dimensions;
    request.model = args.model.clone();
    let ai = profile::session(&args.session.connection).await?;
    let embeddings = progress::during("waiting for the vectors", ai.embed(request)).await?;
    if args.session.json {
        let tokens = embeddings.usage.map(Tokens::from);
        return output::json(&Report { model: embeddings.model, vectors: embeddings.vectors, tokens }, false);
    }
    embeddings.vectors.iter().try_for_each(|vector| output::json(vector, true))
}
