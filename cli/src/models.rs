//! `aipass models`: what the session may call.

use crate::args::ModelsArgs;
use crate::failure::Failure;
use crate::{output, profile, progress};
use aipass::{AiPass, Capability, Model};
use serde::Serialize;

#[derive(Serialize)]
struct Listed {
    models: Vec<Entry>,
}

/// One model, with the provider's own words about it.
#[derive(Serialize)]
struct Described {
    id: String,
    capability: Option<&'static str>,
    capabilities: Vec<String>,
    methods: Vec<String>,
    owner: Option<String>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    capability: Option<&'static str>,
}

pub async fn run(args: &ModelsArgs) -> Result<(), Failure> {
    let ai = profile::session(&args.connection).await?;
    if let Some(id) = &args.id {
        return one(&ai, id, args.json).await;
    }
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
    let width = models.iter().map(|model| output::printable(&model.id).chars().count()).max().unwrap_or_default();
    for Entry { id, capability } in &models {
        let id = output::printable(id);
        output::line(format!("{id:<width$}  {}", capability.unwrap_or_default()).trim_end())?;
    }
    Ok(())
}

async fn one(ai: &AiPass, id: &str, json: bool) -> Result<(), Failure> {
    let Model { id, capability, capabilities, methods, owner, .. } =
        progress::during("asking for the model", ai.model(id.to_owned())).await?;
    let model = Described { id, capability: capability.map(name), capabilities, methods, owner };
    if json {
        return output::json(&model, false);
    }
    let (capabilities, methods) = (model.capabilities.join(", "), model.methods.join(", "));
    let all = [
        ("id", model.id.as_str()),
        ("capability", model.capability.unwrap_or_default()),
        ("capabilities", &capabilities),
        ("methods", &methods),
        ("owner", model.owner.as_deref().unwrap_or_default()),
    ];
    let known: Vec<(&str, &str)> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    output::rows(&known)
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
