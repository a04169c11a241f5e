//! What a model is for: the catalogue's own words decide, never the shape of its id. Only where a catalogue has no words about
//! a model is its id asked.
//!
//! | the catalogue says | then it is for |
//! |---|---|
//! | `methods`, of which one is known here | these, and nothing else |
//! | exact words among `capabilities`, such as `image_edit` | these, as far as its type allows |
//! | `type` or `mode` | all of this type; which of `image` and `audio`, its id tells |
//! | words, none of which is known here | nothing that is known here |
//! | nothing | what its id tells |

use super::model::Model;
use super::words::{exact, inferred, is_edit, is_vision, of_kind};
use crate::provider::Capability;
use crate::provider::Capability::{Chat, ImageEdit, ImageGeneration, ImageVariation};

/// How sure it is that a model does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The catalogue says that it does not, or its id does.
    Unsuitable,
    /// Neither says. The model is used only if it is a preferred one.
    Unknown,
    /// Its type or its id says so.
    Likely,
    /// The catalogue says so literally.
    Stated,
}

const ALL: [Capability; 8] = [
    Chat,
    ImageGeneration,
    ImageEdit,
    ImageVariation,
    Capability::Speech,
    Capability::Transcription,
    Capability::Embeddings,
    Capability::Video,
];

/// Whether the catalogue says of a chat model that it sees.
pub(super) fn tells_of_vision(catalogue: &[Model]) -> bool {
    catalogue.iter().any(|model| sees(model) && fit_alone(model, Chat) > Fit::Unknown)
}

/// How a model fits. `tells_of_vision` is what the catalogue does.
pub(super) fn fit(model: &Model, capability: Capability, tells_of_vision: bool) -> Fit {
    match capability {
        Capability::Vision => vision(model, tells_of_vision),
        _ => fit_alone(model, capability),
    }
}

/// What a model is for above all.
pub(super) fn main(model: &Model) -> Option<Capability> {
    let is_of_kind = |capability: &Capability| model.kinds.iter().any(|kind| of_kind(kind).contains(capability));
    let stated = || ALL.into_iter().filter(|capability| fit_alone(model, *capability) == Fit::Stated);
    let likely = || ALL.into_iter().find(|capability| fit_alone(model, *capability) == Fit::Likely);
    stated().find(is_of_kind).or_else(|| stated().next()).or_else(likely)
}

fn fit_alone(model: &Model, capability: Capability) -> Fit {
    let of_kinds: Vec<Capability> = model.kinds.iter().flat_map(|kind| of_kind(kind)).copied().collect();
    let methods: Vec<Capability> = model.methods.iter().filter_map(|word| exact(word)).collect();
    let said: Vec<Capability> = if methods.is_empty() {
        let allowed = |capability: &Capability| model.kinds.is_empty() || of_kinds.contains(capability);
        model.capabilities.iter().filter_map(|word| exact(word)).filter(allowed).collect()
    } else {
        methods
    };
    if said.contains(&capability) {
        return Fit::Stated;
    }
    if !said.is_empty() {
        // The provider's words have none for variations.
        let is_open = capability == ImageVariation && said.contains(&ImageGeneration);
        return if is_open { Fit::Unknown } else { Fit::Unsuitable };
    }
    if !model.kinds.is_empty() {
        return if of_kinds.contains(&capability) { within_kind(model, capability) } else { Fit::Unsuitable };
    }
    if !model.methods.is_empty() {
        return Fit::Unsuitable;
    }
    let chats = || model.capabilities.iter().any(|word| is_vision(word) || of_kind(word) == [Chat]);
    match inferred(&model.id).or_else(|| chats().then_some(Chat)) {
        Some(likely) if likely == capability => Fit::Likely,
        Some(ImageGeneration) if matches!(capability, ImageEdit | ImageVariation) => Fit::Unknown,
        Some(_) => Fit::Unsuitable,
        None => Fit::Unknown,
    }
}

/// A type names several things that its models may be for; of those the id chooses.
fn within_kind(model: &Model, capability: Capability) -> Fit {
    match capability {
        ImageGeneration | ImageEdit | ImageVariation if is_edit(&model.id) => {
            if capability == ImageEdit {
                Fit::Likely
            } else {
                Fit::Unsuitable
            }
        }
        ImageEdit | ImageVariation if !is_only(model, capability) => Fit::Unknown,
        Capability::Speech | Capability::Transcription if !is_only(model, capability) => match inferred(&model.id) {
            Some(likely) if likely == capability => Fit::Likely,
            Some(Capability::Speech | Capability::Transcription) => Fit::Unsuitable,
            _ => Fit::Unknown,
        },
        _ => Fit::Likely,
    }
}

fn is_only(model: &Model, capability: Capability) -> bool {
    model.kinds.iter().any(|kind| of_kind(kind) == [capability])
}

/// Chat about images. A catalogue that says of one chat model that it sees says of the others that they do not.
fn vision(model: &Model, tells_of_vision: bool) -> Fit {
    let chat = fit_alone(model, Chat);
    let has_words = !(model.kinds.is_empty() && model.methods.is_empty() && model.capabilities.is_empty());
    if sees(model) || chat == Fit::Unsuitable {
        chat
    } else if !tells_of_vision {
        chat.min(Fit::Likely)
    } else if has_words {
        Fit::Unsuitable
    } else {
        Fit::Unknown
    }
}

fn sees(model: &Model) -> bool {
    model.capabilities.iter().any(|word| is_vision(word))
}
