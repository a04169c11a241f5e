//! What is asked of a video model, and what it says about the job.

use crate::error::{Error, ProviderErrorKind, Result};
use crate::gateway::exchange::{BufferedResponse, check_prompt};
use crate::gateway::images::photo_field;
use crate::gateway::json_body::json_body;
use crate::gateway::photo::{Photo, work_on};
use crate::gateway::{lenient, refusal};
use crate::net::payload::{Field, Payload};
use crate::net::redaction::scrub;
use crate::photo::{self, PhotoLimits, PreparedPhoto};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use url::Url;

/// A description of a video to make.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VideoRequest {
    /// What is to be seen.
    pub prompt: String,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How long it is to be; `None` leaves it to the model. Every second costs.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub seconds: Option<u32>,
    /// Width and height in pixels, such as `1280x720`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub size: Option<String>,
    /// A picture to begin with.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub photo: Option<Photo>,
    /// Fields that have no member here, a JSON object as text. Not with a photo.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_json: Option<String>,
}

/// A video in the making, or made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VideoJob {
    /// Names it in every later call.
    pub id: String,
    /// How it is getting on.
    pub status: VideoStatus,
    /// How much is done, from 0 to 100, if the provider says so.
    pub progress: Option<u8>,
    /// The model, if the provider says so; of a video that was just asked for, at least the one that was asked.
    pub model: Option<String>,
    /// Why it failed, in the provider's words, if it did.
    pub failure: Option<String>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// How a video is getting on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum VideoStatus {
    /// It waits for its turn.
    Queued,
    /// It is being made.
    InProgress,
    /// It can be fetched.
    Completed,
    /// It will not be made.
    Failed,
    /// A status that is not known here. It is taken for one on the way, though it may be the last: nobody waits for its end
    /// longer than a call may take.
    Other {
        /// The provider's word; empty if there is none.
        name: String,
    },
}

impl VideoRequest {
    /// A request for a video of this.
    pub fn new(prompt: impl Into<String>) -> Self {
        Self { prompt: prompt.into(), ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<()> {
        check_prompt(&self.prompt)?;
        if self.seconds == Some(0) {
            return Err(Error::invalid_input("seconds", "it is 0: there would be no video"));
        }
        if self.photo.is_some() && self.extra_json.is_some() {
            return Err(Error::invalid_input("extra_json", "it cannot be sent along with a photo"));
        }
        Ok(())
    }

    pub(super) async fn prepare(mut self) -> Result<Prepared> {
        let limits = PhotoLimits::default();
        let photo = match self.photo.take() {
            Some(photo) => Some(work_on(photo, "photo", limits, move |bytes| photo::prepare(bytes, &limits)).await?),
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

impl VideoJob {
    /// Whether nothing changes any more.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.status, VideoStatus::Completed | VideoStatus::Failed)
    }

    /// The job, or the error that its failure is.
    pub(super) fn or_failure(self) -> Result<Self> {
        if self.status != VideoStatus::Failed {
            return Ok(self);
        }
        Err(Error::Provider {
            kind: ProviderErrorKind::GenerationFailed,
            status: None,
            provider_code: None,
            request_id: self.request_id,
            retry_after: None,
            detail: self.failure.unwrap_or_else(|| "the provider gives no reason".to_owned()),
        })
    }
}

impl VideoStatus {
    /// As OpenAI writes it, or the provider's own word, bounded.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Queued => "queued".to_owned(),
            Self::InProgress => "in_progress".to_owned(),
            Self::Completed => "completed".to_owned(),
            Self::Failed => "failed".to_owned(),
            Self::Other { name } => scrub(name, &[]),
        }
    }

    fn read(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "queued" | "pending" | "submitted" => Self::Queued,
            "in_progress" | "processing" | "running" => Self::InProgress,
            "completed" | "complete" | "succeeded" | "success" | "done" | "ready" => Self::Completed,
            "failed" | "error" | "cancelled" | "canceled" | "rejected" | "expired" => Self::Failed,
            _ => Self::Other { name: name.to_owned() },
        }
    }
}

/// `{id | videoId, status, progress?, model?, error?}`, also in an envelope's `data`. A failed job is no error here: its
/// `error` member is its reason.
pub(super) fn read(answer: BufferedResponse) -> Result<VideoJob> {
    #[derive(Deserialize)]
    struct Described {
        #[serde(default, deserialize_with = "lenient::text")]
        id: Option<String>,
        #[serde(default, rename = "videoId", deserialize_with = "lenient::text")]
        video_id: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        status: Option<String>,
        #[serde(default)]
        progress: Value,
        #[serde(default, deserialize_with = "lenient::text")]
        model: Option<String>,
        #[serde(default)]
        error: Value,
    }
    #[derive(Deserialize)]
    struct Enveloped {
        data: Described,
    }
    let body = &answer.body;
    let named = |mut job: Described| Some((job.id.take().or(job.video_id.take())?, job));
    let plain = serde_json::from_slice(body).ok().and_then(named);
    let enveloped = || named(serde_json::from_slice::<Enveloped>(body).ok()?.data);
    let Some((id, described)) = plain.or_else(enveloped) else {
        let error = refusal::in_successful_answer(body, answer.request_id.clone());
        let error = error.unwrap_or_else(|| Error::unreadable(answer.status, "the answer is not a video job"));
        return Err(error.of_request(answer.request_id));
    };
    Ok(VideoJob {
        id,
        status: VideoStatus::read(described.status.as_deref().unwrap_or_default()),
        progress: percent(&described.progress),
        model: described.model,
        failure: reason(&described.error).map(|text| scrub(&text, &[])),
        request_id: answer.request_id,
    })
}

/// 0 to 100; what is at most 1 and has a point is a share of one.
fn percent(value: &Value) -> Option<u8> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().trim_end_matches('%').parse().ok()?,
        _ => return None,
    };
    let is_share = value.is_f64() && number <= 1.0;
    let percent = if is_share { number * 100.0 } else { number };
    (0.0..=100.0).contains(&percent).then(|| percent.round() as u8)
}

fn reason(error: &Value) -> Option<String> {
    let text = match error {
        Value::String(text) => text,
        Value::Object(error) => error.get("message").or_else(|| error.get("code"))?.as_str()?,
        _ => return None,
    };
    Some(text.to_owned())
}

/// `{downloadUrl}`, also in an envelope's `data`.
pub(super) fn read_download_url(body: &[u8], request_id: Option<String>) -> Result<Url> {
    if let Some(error) = refusal::in_successful_answer(body, request_id.clone()) {
        return Err(error);
    }
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let named = |value: &Value| {
        ["downloadUrl", "download_url", "url"].iter().find_map(|name| value.get(name)?.as_str().map(str::to_owned))
    };
    let text = named(&value).or_else(|| named(value.get("data")?));
    let url = text.and_then(|text| Url::parse(&text).ok());
    let neither =
        || Error::unreadable(200, "the answer is neither a video nor says where it is").of_request(request_id);
    url.ok_or_else(neither)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answered(body: &str) -> Result<VideoJob> {
        read(BufferedResponse { status: 200, body: body.into(), media_type: String::new(), request_id: None })
    }

    // wire: video. Accept `id` or `videoId`
    #[test]
    fn a_job_is_read_in_every_form() {
        let job = answered(
            r#"{"id":"v1","object":"video","status":"in_progress","progress":40,"model":"sora-2","error":null}"#,
        );
        let job = job.unwrap();
        assert_eq!((job.id.as_str(), &job.status, job.progress), ("v1", &VideoStatus::InProgress, Some(40)));
        let job = answered(r#"{"success":true,"data":{"videoId":"v2","status":"PROCESSING","progress":0.5}}"#).unwrap();
        assert_eq!((job.id.as_str(), &job.status, job.progress), ("v2", &VideoStatus::InProgress, Some(50)));
        let both = answered(r#"{"videoId":"v3","id":"v3","status":"done","progress":1.0}"#).unwrap();
        assert_eq!((both.id.as_str(), both.status, both.progress), ("v3", VideoStatus::Completed, Some(100)));
        let job = answered(r#"{"videoId":"v3","status":"dreaming","progress":"100%"}"#).unwrap();
        assert_eq!((job.status, job.progress), (VideoStatus::Other { name: "dreaming".into() }, Some(100)));
        assert_eq!(answered(r#"{"id":"v4","progress":7000}"#).unwrap().progress, None);
    }

    #[test]
    fn a_failed_job_tells_its_reason_and_is_an_error_only_for_who_waits() {
        let body = r#"{"id":"v1","status":"failed","error":{"code":"moderation","message":"Not this."}}"#;
        let job = answered(body).unwrap();
        assert_eq!((&job.status, job.failure.as_deref()), (&VideoStatus::Failed, Some("Not this.")));
        let Err(Error::Provider { kind: ProviderErrorKind::GenerationFailed, detail, .. }) = job.or_failure() else {
            panic!("no failure")
        };
        assert_eq!(detail, "Not this.");
    }

    #[test]
    fn what_is_no_job_is_a_typed_error() {
        for body in ["", "[]", "{}", r#"{"id":null}"#, "<html>"] {
            assert_eq!(answered(body).unwrap_err().code(), "provider_invalid_response", "{body}");
        }
        let refused = r#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
        assert_eq!(answered(refused).unwrap_err().code(), "budget_exceeded");
    }

    #[test]
    fn where_a_video_is_can_be_said_in_several_ways() {
        for body in [
            r#"{"downloadUrl":"https://v.example/1.mp4"}"#,
            r#"{"success":true,"data":{"downloadUrl":"https://v.example/1.mp4"}}"#,
        ] {
            assert_eq!(read_download_url(body.as_bytes(), None).unwrap().as_str(), "https://v.example/1.mp4");
        }
        assert!(read_download_url(br#"{"downloadUrl":"nowhere"}"#, None).is_err());
    }

    // P8
    #[test]
    fn what_has_no_meaning_is_refused_before_it_costs_money() {
        assert!(VideoRequest::new(" ").check().is_err());
        assert!(VideoRequest { seconds: Some(0), ..VideoRequest::new("a") }.check().is_err());
        let both =
            VideoRequest { photo: Some(Photo::from(vec![1])), extra_json: Some("{}".into()), ..VideoRequest::new("a") };
        assert!(both.check().is_err());
    }

    proptest! {
        // S3
        #[test]
        fn no_answer_panics(body in any::<Vec<u8>>()) {
            let _ = read_download_url(&body, None);
            let _ = read(BufferedResponse { status: 200, body, media_type: String::new(), request_id: None });
        }
    }
}
