//! `aipass models`: what the session may call.

use crate::args::ModelsArgs;
use crate::failure::Failure;
use crate::{output, profile, progress};
use aipass::Capability;
use serde::Serialize;

#[derive(Serialize)]
struct Listed {
    models: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    capability: Option<&'static str>,
}

pub async fn run(args: &ModelsArgs) -> Result<(), Failure> {
    let ai = profile::session(&args.connection).await?;
    let mut models = progress::during("asking for the models", ai.models()).await?;
    if let Some(wanted) = args.capability.map(Capability::from) {
        models.retain(|model| model.capability == Some(wanted));
    }
    let models = models.into_iter().map(|model| Entry { id: model.id, capability: model.capability.map(name) });
    let models: Vec<Entry> = models.collect();
    if args.json {
        return output::json(&Listed { models }, false);
    }
    if models.is_empty() {
        output::note("The provider has no such model.");
    }
    let width = models.iter().map(|model| model.id.chars().count()).max().unwrap_or_default();
    for Entry { id, capability } in &models {
        let id = output::printable(id);
        output::line(format!("{id:<width$}  {}", capability.unwrap_or_default()).trim_end())?;
    }
    Ok(())
}

/// As --capability takes it.
fn name(capability: Capability) -> &'static str {
    match capability {
        Capability::Chat => "chat",
        Capability::ImageGeneration => "image-generation",
        Capability::ImageEdit => "image-edit",
        Capability::ImageVariation => "image-variation",
        Capability::Speech => "speech",
        Capability::Transcription => "transcription",
        Capability::Embeddings => "embeddings",
        Capability::Video => "video",
        _ => "other",
    }
}
