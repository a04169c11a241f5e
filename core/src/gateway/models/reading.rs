//! Catalogues in every form that servers give them.

use super::model::Model;
use super::{prices, suitability, words};
use crate::error::{Error, Result};
use crate::gateway::error_response;
use crate::gateway::members::{self, Members};

/// The largest catalogue that is read (P4): some 20,000 models. Reading it takes at most 24 MB (S8).
pub(super) const MAX_CATALOGUE: usize = 4 * 1024 * 1024;

/// No catalogue has more models, or more words about them.
const MAX_MODELS: usize = 20_000;
const MAX_WORDS: usize = 40_000;

/// An object with more text than this is not about one model, and no error body.
const MAX_MODEL: usize = 64 * 1024;

/// The members under which a list of models stands.
const LISTS: [&str; 3] = ["data", "models", "items"];

/// `{data: [model…]}`, or a plain list; a model is an object with an id, or just the id.
pub(super) fn read_catalogue(body: &[u8]) -> Result<Vec<Model>> {
    if let Some(models) = list(body) {
        return Ok(models);
    }
    let members = Members::read(body, &LISTS);
    let nested = |json| LISTS.iter().find_map(|name| list(Members::read(json, &LISTS)?.raw(name)?));
    let found = members.as_ref().and_then(|members| LISTS.iter().find_map(|name| members.raw(name)));
    if let Some(models) = found.and_then(|json| list(json).or_else(|| nested(json))) {
        return Ok(models);
    }
    if let Some(error) = (body.len() <= MAX_MODEL).then(|| error_response::error_in_success(body, None)).flatten() {
        return Err(error);
    }
    match members {
        Some(members) if members.is_null("data") => Ok(Vec::new()),
        _ => Err(Error::unreadable(200, "the response is not a list of models")),
    }
}

/// The model `id` in an answer about one model: the model itself, in an envelope, or in a list.
pub(super) fn read_one(body: &[u8], id: &str) -> Result<Model> {
    let enveloped = || read_model(Members::read(body, &["data"])?.raw("data")?);
    if let Some(model) = read_model(body).or_else(enveloped) {
        return Ok(model);
    }
    let listed = read_catalogue(body)?;
    let model = words::find(&listed, id).cloned();
    model.ok_or_else(|| Error::unreadable(200, "the model answer has no id"))
}

fn list(json: &[u8]) -> Option<Vec<Model>> {
    let mut words_left = MAX_WORDS;
    let read = |item: &[u8]| {
        let model = read_model(item)?;
        words_left = words_left.checked_sub(model.kinds.len() + model.capabilities.len() + model.methods.len())?;
        Some(model)
    };
    json.trim_ascii_start().starts_with(b"[").then(|| members::items(json, MAX_MODELS, read)).flatten()
}

/// An object with an id, or an id.
fn read_model(json: &[u8]) -> Option<Model> {
    const NAMES: [&str; 6] = ["id", "type", "mode", "capabilities", "methods", "owned_by"];
    let json = json.trim_ascii();
    if json.len() > MAX_MODEL {
        return None;
    }
    let mut model = Model::default();
    if json.starts_with(b"\"") {
        model.id = serde_json::from_slice(json).ok()?;
    } else {
        let members = Members::read(json, &NAMES)?;
        model.id = members.scalar("id")?.into_owned();
        model.kinds = [members.words("type"), members.words("mode")].concat();
        model.capabilities = members.words("capabilities");
        model.methods = members.words("methods");
        model.owner = members.text("owned_by");
        (model.prices, model.max_output_tokens) = prices::read(json);
    }
    if model.id.trim().is_empty() {
        return None;
    }
    model.capability = suitability::main(&model);
    Some(model)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Capability;
    use std::fmt::Write;

    /// Models in the catalogue's words, the last of them the only one that sees.
    fn catalogue(count: usize, words: usize) -> String {
        let words = vec![r#""chat""#; words].join(",");
        let mut json = String::from(r#"{"data":["#);
        for number in 1..count {
            write!(json, r#"{{"id":"m-{number}","capabilities":[{words}]}},"#).unwrap();
        }
        json + r#"{"id":"last","type":"text","capabilities":["vision"]}]}"#
    }

    // P4, S8: the largest catalogue is read whole; of one that has more, the first models in their order
    #[test]
    fn a_catalogue_is_read_up_to_its_largest_size() {
        let largest = catalogue(MAX_MODELS, 1);
        assert!(largest.len() <= MAX_CATALOGUE);
        let models = read_catalogue(largest.as_bytes()).unwrap();
        assert_eq!((models.len(), models[0].id.as_str()), (MAX_MODELS, "m-1"));
        let choice = super::super::choice::choose(&models, Capability::Vision, &["gone".to_owned()]).unwrap();
        assert_eq!(choice.model, "last");

        let more = read_catalogue(catalogue(MAX_MODELS + 1, 1).as_bytes()).unwrap();
        assert_eq!(more[..MAX_MODELS - 1], models[..MAX_MODELS - 1]);
        assert_eq!((more.len(), more[MAX_MODELS - 1].id.as_str()), (MAX_MODELS, "m-20000"));
        let wordy = read_catalogue(catalogue(MAX_WORDS / 8 + 2, 8).as_bytes()).unwrap();
        assert_eq!((wordy.len(), wordy[wordy.len() - 1].id.as_str()), (MAX_WORDS / 8, "m-5000"));
    }
}
