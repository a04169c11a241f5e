//! What is asked of a video model.

use crate::error::{Error, Result};
use crate::gateway::exchange::check_prompt;
use crate::gateway::images::photo_field;
use crate::gateway::photo::{Photo, work_on};
use crate::json_body::json_body;
use crate::net::payload::{Field, Payload};
use crate::photo::{self, PhotoLimits, PreparedPhoto};
use serde::Serialize;
use std::sync::Arc;

/// A request for a new video.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VideoRequest {
    /// What the video shows.
    pub prompt: String,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// Its length in seconds; `None` leaves it to the model. Each second is paid for.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub seconds: Option<u32>,
    /// Width and height in pixels, such as `1280x720`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub size: Option<String>,
    /// A photo that the video begins with.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub input_reference: Option<Photo>,
    /// Parameters that have no field here: a JSON object as text, whose members are added to the request's body. Not
    /// together with a photo.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_json: Option<String>,
}

impl VideoRequest {
    /// A request for a video of what `prompt` describes.
    pub fn new(prompt: impl Into<String>) -> Self {
        Self { prompt: prompt.into(), ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_prompt(&self.prompt)?;
        if self.seconds == Some(0) {
            return Err(Error::invalid_input("seconds", "it is 0: there would be no video"));
        }
        if self.input_reference.is_some() && self.extra_json.is_some() {
            return Err(Error::invalid_input("extra_json", "it cannot be sent along with a photo"));
        }
        Ok(())
    }

    pub(super) async fn prepare(mut self) -> Result<Prepared> {
        let limits = PhotoLimits::default();
        let photo = match self.input_reference.take() {
            Some(photo) => {
                Some(work_on(photo, "input_reference", limits, move |bytes| photo::prepare(bytes, &limits)).await?)
            }
            None => None,
        };
        Ok(Prepared { request: self, photo })
    }
}

/// A request whose photo can be uploaded.
pub(super) struct Prepared {
    request: VideoRequest,
    photo: Option<PreparedPhoto>,
}

impl Prepared {
    pub fn encode(self, model: String) -> Result<Payload> {
        #[derive(Serialize)]
        struct Body<'a> {
            model: &'a str,
            prompt: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            seconds: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            size: Option<&'a str>,
        }
        let Self { request, photo } = self;
        let seconds = request.seconds.map(|seconds| seconds.to_string());
        let Some(photo) = photo else {
            let body = Body { model: &model, prompt: &request.prompt, seconds, size: request.size.as_deref() };
            return Ok(json_body(&body, request.extra_json.as_deref())?.into());
        };
        let mut fields = vec![Field::text("model", model), Field::text("prompt", request.prompt)];
        fields.extend(seconds.map(|seconds| Field::text("seconds", seconds)));
        fields.extend(request.size.map(|size| Field::text("size", size)));
        fields.push(photo_field("input_reference", photo));
        Ok(Payload::Form(Arc::new(fields)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P8
    #[test]
    fn what_has_no_meaning_is_refused_before_it_costs_money() {
        assert!(VideoRequest::new(" ").check().is_err());
        assert!(VideoRequest { seconds: Some(0), ..VideoRequest::new("a") }.check().is_err());
        let both = VideoRequest {
            input_reference: Some(Photo::from(vec![1])),
            extra_json: Some("{}".into()),
            ..VideoRequest::new("a")
        };
        assert!(both.check().is_err());
    }
}
