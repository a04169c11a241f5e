//! What steps tell of what a call returned.

use aipass::{Capability, Model, OAuthClient, VideoJob, VideoStatus};
use serde_json::{Value, json};

pub(super) fn png_facts(bytes: &[u8]) -> Value {
    let edge = |at: usize| bytes.get(at..at + 4).map(|edge| u32::from_be_bytes(edge.try_into().expect("four bytes")));
    json!({"is_png": bytes.starts_with(b"\x89PNG"), "width": edge(16), "height": edge(20)})
}

pub(super) fn model_facts(model: &Model) -> Value {
    json!({"id": model.id, "capability": model.capability.map(capability_name)})
}

pub(super) fn job_facts(job: &VideoJob) -> Value {
    let status = match &job.status {
        VideoStatus::Queued => "queued",
        VideoStatus::InProgress => "in_progress",
        VideoStatus::Completed => "completed",
        VideoStatus::Failed => "failed",
        VideoStatus::Other { name } => name,
        _ => "unknown",
    };
    json!({"status": status, "progress": job.progress, "model": job.model})
}

pub(super) fn client_facts(client: &OAuthClient) -> Value {
    json!({"name": client.name, "redirect_uris": client.redirect_uris, "scopes": client.scopes,
        "is_active": client.is_active, "has_secret": client.client_secret.is_some()})
}

const CAPABILITIES: [(&str, Capability); 9] = [
    ("chat", Capability::Chat),
    ("vision", Capability::Vision),
    ("image_generation", Capability::ImageGeneration),
    ("image_edit", Capability::ImageEdit),
    ("image_variation", Capability::ImageVariation),
    ("speech", Capability::Speech),
    ("transcription", Capability::Transcription),
    ("embeddings", Capability::Embeddings),
    ("video", Capability::Video),
];

pub(super) fn capability(name: &str) -> Capability {
    CAPABILITIES.iter().find(|(known, _)| *known == name).expect("a step names a capability").1
}

fn capability_name(capability: Capability) -> &'static str {
    CAPABILITIES.iter().find(|(_, known)| *known == capability).map_or("unknown", |(name, _)| name)
}
