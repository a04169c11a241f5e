//! Images from words, and from other images.

mod request;
mod response;

pub(super) use request::photo_field;
pub use request::{ImageEdit, ImageRequest, ImageResponseFormat, ImageVariation};
pub use response::{GeneratedImage, GeneratedImages};

use super::bill::Ceiling;
use super::cost;
use super::download::SavedFile;
use super::exchange::{JSON, endpoint, read_whole};
use super::lenient;
use super::models::Capability;
use super::quote::{CostEstimate, Quote};
use super::tokens::{Span, of_text};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::net::payload::Payload;
use bytes::Bytes;
use std::path::PathBuf;

/// The largest response that is read (P4): ten images of 16 MB in base64.
const MAX_RESPONSE: usize = 256 * 1024 * 1024;

/// The largest image that is fetched into memory (P4).
const MAX_IMAGE: usize = 64 * 1024 * 1024;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Makes images from a description. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `prompt`, `n` or `extra_json` before anything is sent; those of
    /// [`chat`](Self::chat).
    pub async fn generate_image(&self, request: ImageRequest) -> Result<GeneratedImages> {
        self.run(|ai| async move {
            request.check()?;
            let model = ai.model_for(Capability::ImageGeneration, request.model.as_deref()).await?;
            let ceiling = match ai.spend_limits() {
                Some(_) => ai.image_quote(&request, &model).await?.ceiling(),
                None => Ceiling::default(),
            };
            ai.make_images("generations", request.encode(&model)?.into(), model, ceiling).await
        })
        .await
    }

    /// Changes images as a description says. One paid call. The images are uploaded upright and without metadata;
    /// transparent parts stay transparent.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `images`, `mask`, `prompt` or `n` before anything is sent; those of
    /// [`chat`](Self::chat).
    pub async fn edit_image(&self, request: ImageEdit) -> Result<GeneratedImages> {
        self.run(|ai| async move {
            request.check()?;
            let asked_for = request.model.clone();
            // A photo that cannot be read should fail before the network is asked.
            let mut form = request.into_form().await?;
            let model = ai.model_for(Capability::ImageEdit, asked_for.as_deref()).await?;
            form.model(model.clone());
            ai.make_images("edits", form.into(), model, Ceiling::default()).await
        })
        .await
    }

    /// Makes variations of an image. One paid call. The image is uploaded upright, without metadata and as PNG. Today's
    /// models require it to be square.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `image` or `n` before anything is sent; those of [`chat`](Self::chat).
    pub async fn vary_image(&self, request: ImageVariation) -> Result<GeneratedImages> {
        self.run(|ai| async move {
            request.check()?;
            let asked_for = request.model.clone();
            let mut form = request.into_form().await?;
            let model = ai.model_for(Capability::ImageVariation, asked_for.as_deref()).await?;
            form.model(model.clone());
            ai.make_images("variations", form.into(), model, Ceiling::default()).await
        })
        .await
    }

    /// The bytes of a generated image, fetched if the response has only their URL. Such URLs expire: fetch soon.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `url` if it is not https or leads into a local network, or `image` if it has
    /// neither bytes nor a URL; those of every call.
    pub async fn image_bytes(&self, image: GeneratedImage) -> Result<Bytes> {
        self.run(|ai| async move {
            match (image.bytes, image.url) {
                (Some(bytes), _) => Ok(bytes),
                (None, Some(url)) => {
                    let file = ai.fetch_file(&url).await?;
                    Ok(read_whole(file, MAX_IMAGE).await?.into())
                }
                (None, None) => Err(Error::invalid_input("image", "it has neither bytes nor an address")),
            }
        })
        .await
    }

    /// Writes a generated image to a new file. [`GeneratedImages::cost`] says what it cost to make.
    ///
    /// # Errors
    /// As [`image_bytes`](Self::image_bytes), and [`Error::InvalidInput`] naming `destination` if there is a file already.
    pub async fn save_image(&self, image: GeneratedImage, destination: PathBuf) -> Result<SavedFile> {
        self.run(|ai| async move {
            let destination = ai.reserve(destination).await?;
            match (image.bytes, image.url) {
                (Some(bytes), _) => destination.write(&bytes).await,
                (None, Some(url)) => destination.write_from(ai.fetch_file(&url).await?).await,
                (None, None) => Err(Error::invalid_input("image", "it has neither bytes nor an address")),
            }
        })
        .await
    }
}

impl AiPass {
    async fn make_images(
        &self,
        what: &str,
        payload: Payload,
        model: String,
        ceiling: Ceiling,
    ) -> Result<GeneratedImages> {
        let url = endpoint(self.provider().model_api.as_ref(), "images", &["images", what])?;
        let mut answer = self.ask_paid(MAX_RESPONSE, ApiRequest::post(url, payload, JSON), ceiling).await?;
        let read = answer.read(|body, request_id| response::read(body, model, request_id));
        let cost = cost::told(answer.cost, read.as_ref().ok().and_then(|made| made.cost));
        answer.settle(cost, None).await;
        Ok(GeneratedImages { cost, ..read? })
    }

    /// What this request may cost.
    pub(super) async fn estimate_image(&self, request: &ImageRequest) -> Result<CostEstimate> {
        request.check()?;
        let model = self.model_for(Capability::ImageGeneration, request.model.as_deref()).await?;
        request.encode(&model)?;
        Ok(self.image_quote(request, &model).await?.estimate)
    }

    async fn image_quote(&self, request: &ImageRequest, model: &str) -> Result<Quote> {
        /// What a model adds to a prompt.
        const PER_PROMPT: Span = Span { min: 0, max: 16 };
        let count = u64::from(request.n.unwrap_or(1));
        let quote =
            self.price_list(model).await?.for_images(model.to_owned(), count, of_text(&request.prompt) + PER_PROMPT);
        // The price of an image is that of the model's own size and quality.
        let is_usual = request.size.is_none() && request.quality.is_none() && request.extra_json.is_none();
        Ok(if is_usual { quote } else { quote.without_bound() })
    }
}

/// An image's bytes out of base64, also as a `data:` URL.
fn from_base64(text: &str) -> Option<Bytes> {
    let encoded = text.split_once(";base64,").map_or(text, |(_, encoded)| encoded);
    lenient::base64(encoded).filter(|bytes| !bytes.is_empty()).map(Bytes::from)
}
