//! Plays back the answers for the bundled photos.

mod bundle;
mod fingerprint;
mod perceptual_hash;

use std::sync::LazyLock;

use bytes::Bytes;

use super::photo;
use super::response::BackendResponse;
use crate::wire::errors::RequestError;

use fingerprint::Fingerprint;

pub use bundle::{BundledReceipt, bundled_receipts};

/// The bundled photos are decoded once per process.
static BUNDLED: LazyLock<Vec<(Fingerprint, &'static BundledReceipt)>> = LazyLock::new(|| {
    let known = bundled_receipts().iter();
    known.filter_map(|receipt| Some((Fingerprint::of_file(receipt.photo).ok()?, receipt))).collect()
});

/// The recorded answer for the first of the photos that has one, or a sentence that there is none. A question that names
/// `items` is answered with them, one that names `receipts:` with a list of all the photos' receipts.
pub(crate) async fn respond(photos: &[Bytes], question: &str) -> Result<BackendResponse, RequestError> {
    let mut found: Vec<&BundledReceipt> = Vec::new();
    for photo in photos {
        let photo = photo.clone();
        let recording = photo::run_blocking(move || Fingerprint::of_file(&photo).map(|photo| find(&photo))).await?;
        found.extend(recording);
    }
    Ok(match found.first() {
        Some(first) => {
            let text = if question.contains("receipts:") {
                let answers: Vec<&str> = found.iter().map(|receipt| receipt.full_answer.trim()).collect();
                format!("{{\"receipts\": [{}]}}", answers.join(", "))
            } else if question.contains("items") {
                first.full_answer.to_owned()
            } else {
                first.answer.to_owned()
            };
            BackendResponse { model: format!("recorded/{}", first.name), text }
        }
        None => BackendResponse {
            model: "recorded/none".to_owned(),
            text:
                "I have no recording of this photo. This sandbox backend only plays back the answers for its bundled \
                   photos; use the tesseract or upstream backend to have any photo read."
                    .to_owned(),
        },
    })
}

fn find(photo: &Fingerprint) -> Option<&'static BundledReceipt> {
    BUNDLED.iter().find(|(known, _)| known.is_same_photo(photo)).map(|(_, receipt)| *receipt)
}
