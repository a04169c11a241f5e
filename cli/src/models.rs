//! `aipass models`: what the session may call.

use crate::args::ModelsArgs;
use crate::failure::Failure;
use crate::{output, profile, progress};
use aipass::{AiPass, Capability, Model, ModelFilter};
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
    kinds: Vec<String>,
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
    let wanted = args.capability.map(Capability::from);
    // No model is for vision above all: the provider's words say which of those that chat can see.
    let sees = wanted == Some(Capability::Vision);
    let seeing = ModelFilter { capability: Some("vision".to_owned()), ..ModelFilter::default() };
    let asking = async { if sees { ai.models_matching(seeing).await } else { ai.models().await } };
    let mut models = progress::during("asking for the models", asking).await?;
    models.retain(|model| sees || wanted.is_none_or(|wanted| model.capability == Some(wanted)));
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
    let Model { id, capability, kinds, capabilities, methods, owner, .. } =
        progress::during("asking for the model", ai.model(id.to_owned())).await?;
    let model = Described { id, capability: capability.map(name), kinds, capabilities, methods, owner };
    if json {
        return output::json(&model, false);
    }
    let [kinds, capabilities, methods] =
        [&model.kinds, &model.capabilities, &model.methods].map(|words| words.join(", "));
    let all = [
        ("id", model.id.as_str()),
        ("capability", model.capability.unwrap_or_default()),
        ("kinds", &kinds),
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
        Capability::Vision => "vision",
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
