//! What is asked of an image model.

use crate::error::{Error, Result};
use crate::gateway::exchange::check_prompt;
use crate::gateway::photo::{Photo, work_on};
use crate::json_body::json_body;
use crate::net::payload::{Field, FieldValue, FileContent, Payload};
use crate::photo::{self, PhotoLimits, PreparedPhoto};
use bytes::Bytes;
use serde::Serialize;
use std::sync::Arc;

/// The most that image models take: PNG or JPEG of 4 MB.
const LIMITS: PhotoLimits =
    PhotoLimits { max_edge: 2048, max_bytes: 4_000_000, max_input_bytes: 64 * 1024 * 1024, max_pixels: 110_000_000 };

/// A request for new images.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ImageRequest {
    /// What the images show.
    pub prompt: String,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How many images. Each is paid for. `None` means one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub n: Option<u32>,
    /// Width and height in pixels, such as `1024x1024`. Models differ in the sizes that they offer.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub size: Option<String>,
    /// The quality, in the model's own words, such as `high`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub quality: Option<String>,
    /// How the images are returned; `None` leaves it to the model. Not every model allows a choice.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<ImageResponseFormat>,
    /// Parameters that have no field here: a JSON object as text, whose members are added to the request's body.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_json: Option<String>,
}

/// Images to change, and how.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ImageEdit {
    /// The images to work from, at least one.
    pub images: Vec<Photo>,
    /// What to change.
    pub prompt: String,
    /// A PNG of the first image's size, whose transparent pixels mark what may change.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub mask: Option<Photo>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How many images. Each is paid for. `None` means one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub n: Option<u32>,
    /// Width and height in pixels, such as `1024x1024`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub size: Option<String>,
    /// How the images are returned; `None` leaves it to the model.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<ImageResponseFormat>,
}

/// An image to make variations of.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ImageVariation {
    /// The image.
    pub image: Photo,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How many images. Each is paid for. `None` means one.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub n: Option<u32>,
    /// Width and height in pixels, such as `1024x1024`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub size: Option<String>,
    /// How the images are returned; `None` leaves it to the model.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<ImageResponseFormat>,
}

/// How generated images are returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ImageResponseFormat {
    /// In the response itself.
    Bytes,
    /// As a URL, from which they can be fetched for a limited time.
    Url,
}

impl ImageResponseFormat {
    fn name(self) -> &'static str {
        match self {
            ImageResponseFormat::Bytes => "b64_json",
            ImageResponseFormat::Url => "url",
        }
    }
}

impl ImageRequest {
    /// A request for one image.
    pub fn new(prompt: impl Into<String>) -> Self {
        Self { prompt: prompt.into(), ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_prompt(&self.prompt)?;
        check_n(self.n)
    }

    pub(super) fn encode(&self, model: &str) -> Result<Bytes> {
        #[derive(Serialize)]
        struct Body<'a> {
            model: &'a str,
            prompt: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            n: Option<u32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            size: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            quality: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            response_format: Option<&'a str>,
        }
        let body = Body {
            model,
            prompt: &self.prompt,
            n: self.n,
            size: self.size.as_deref(),
            quality: self.quality.as_deref(),
            response_format: self.response_format.map(ImageResponseFormat::name),
        };
        json_body(&body, self.extra_json.as_deref())
    }
}

impl ImageEdit {
    /// Changes `images` as `prompt` says.
    pub fn new(images: Vec<Photo>, prompt: impl Into<String>) -> Self {
        Self { images, prompt: prompt.into(), mask: None, model: None, n: None, size: None, response_format: None }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_prompt(&self.prompt)?;
        if self.images.is_empty() {
            return Err(Error::invalid_input("images", "there is none to change"));
        }
        check_n(self.n)
    }

    /// Prepares the images and the mask.
    pub(super) async fn into_form(self) -> Result<ImageFields> {
        let mut fields = ImageFields::default();
        let mut first = None;
        for image in self.images {
            let prepared = work_on(image, "images", LIMITS, |bytes| photo::prepare_transparent(bytes, &LIMITS)).await?;
            first.get_or_insert_with(|| PreparedPhoto { bytes: Bytes::new(), ..prepared.clone() });
            fields.file("image", prepared);
        }
        if let (Some(mask), Some(first)) = (self.mask, first) {
            let prepared =
                work_on(mask, "mask", LIMITS, move |bytes| photo::prepare_mask(bytes, &first, &LIMITS)).await?;
            fields.file("mask", prepared);
        }
        fields.0.push(Field::text("prompt", self.prompt));
        fields.options(self.n, self.size, self.response_format);
        Ok(fields)
    }
}

impl ImageVariation {
    /// Makes one variation of `image`.
    pub fn new(image: impl Into<Photo>) -> Self {
        Self { image: image.into(), model: None, n: None, size: None, response_format: None }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_n(self.n)
    }

    pub(super) async fn into_form(self) -> Result<ImageFields> {
        let mut fields = ImageFields::default();
        let prepared = work_on(self.image, "image", LIMITS, |bytes| photo::prepare_png(bytes, &LIMITS)).await?;
        fields.file("image", prepared);
        fields.options(self.n, self.size, self.response_format);
        Ok(fields)
    }
}

fn check_n(n: Option<u32>) -> Result<()> {
    if n == Some(0) { Err(Error::invalid_input("n", "it is 0: there would be no image")) } else { Ok(()) }
}

/// The fields of a form about images.
#[derive(Default)]
pub(super) struct ImageFields(Vec<Field>);

impl ImageFields {
    pub fn model(&mut self, model: String) {
        self.0.push(Field::text("model", model));
    }

    fn file(&mut self, name: &'static str, photo: PreparedPhoto) {
        self.0.push(photo_field(name, photo));
    }

    fn options(&mut self, n: Option<u32>, size: Option<String>, format: Option<ImageResponseFormat>) {
        self.0.extend(n.map(|n| Field::text("n", n.to_string())));
        self.0.extend(size.map(|size| Field::text("size", size)));
        self.0.extend(format.map(|format| Field::text("response_format", format.name())));
    }
}

impl From<ImageFields> for Payload {
    fn from(fields: ImageFields) -> Self {
        Payload::Form(Arc::new(fields.0))
    }
}

/// A prepared photo as a field of a form.
pub(in crate::gateway) fn photo_field(name: &'static str, photo: PreparedPhoto) -> Field {
    let extension = photo.format.media_type().trim_start_matches("image/");
    let value = FieldValue::File {
        file_name: format!("{name}.{extension}"),
        media_type: photo.format.media_type(),
        content: FileContent::Bytes(photo.bytes),
    };
    Field { name, value }
}
