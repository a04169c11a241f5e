//! What is asked of a video model, and what it says about the job.

use crate::error::{Error, ProviderErrorKind, Result};
use crate::gateway::envelope;
use crate::gateway::exchange::{BufferedResponse, check_prompt};
use crate::gateway::images::photo_field;
use crate::gateway::json_body::json_body;
use crate::gateway::members::{self, Members};
use crate::gateway::photo::{Photo, work_on};
use crate::net::payload::{Field, Payload};
use crate::net::redaction::scrub;
use crate::photo::{self, PhotoLimits, PreparedPhoto};
use rust_decimal::Decimal;
use serde::Serialize;
use std::borrow::Cow;
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
    pub input_reference: Option<Photo>,
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
    /// What this call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
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
            parameter: None,
            request_id: self.request_id,
            retry_after: None,
            detail: self.failure.unwrap_or_else(|| "the provider gives no reason".to_owned()),
            text: None,
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

/// The largest answer about a video that is read (P4, S8). Its members are read one by one.
pub(super) const MAX_ANSWER: usize = 256 * 1024;

/// The members of a job.
const JOB: [&str; 10] = [
    "id",
    "videoId",
    "video_id",
    "status",
    "progress",
    "model",
    "error",
    "failureReason",
    "failure_reason",
    "errorMessage",
];

/// `{id | videoId, status, progress?, model?, error?}`, also in an envelope's `data`. A failed job is no error here: its
/// `error` member is its reason.
pub(super) fn read(answer: BufferedResponse) -> Result<VideoJob> {
    let BufferedResponse { status, body, request_id, cost, scrubber, .. } = answer;
    let named = |json| {
        let job = Members::read(json, &JOB)?;
        let id = ["id", "videoId", "video_id"].iter().find_map(|name| job.text(name))?;
        // Beside an error and without a status, an id is that of the request.
        let is_job = job.text("status").is_some() || reason(&job).is_none();
        is_job.then_some((id, job))
    };
    let enveloped = || {
        let envelope = Members::read(&body, &["data", "video"])?;
        ["data", "video"].iter().find_map(|name| named(envelope.raw(name)?))
    };
    let Some((id, job)) = named(&body).or_else(enveloped) else {
        let error = envelope::data(&body, request_id.clone()).err();
        let error = error.unwrap_or_else(|| Error::unreadable(status, "the answer is not a video job"));
        return Err(error.of_request(request_id).scrubbed(&scrubber));
    };
    Ok(VideoJob {
        id,
        status: VideoStatus::read(job.text("status").as_deref().unwrap_or_default()),
        progress: percent(&job),
        model: job.text("model"),
        failure: reason(&job).map(|text| scrubber.scrub(&text)),
        cost,
        request_id,
    })
}

/// 0 to 100; what is at most 1 and has a point is a share of one.
fn percent(job: &Members<'_>) -> Option<u8> {
    let text = job.scalar("progress")?;
    let text = text.trim();
    let number: f64 = text.trim_end_matches('%').trim_end().parse().ok()?;
    let is_share = text.contains('.') && !text.ends_with('%') && number <= 1.0;
    let percent = if is_share { number * 100.0 } else { number };
    (0.0..=100.0).contains(&percent).then(|| percent.round() as u8)
}

/// Why a job failed, if it says so.
fn reason(job: &Members<'_>) -> Option<String> {
    const WORDS: [&str; 4] = ["message", "detail", "reason", "code"];
    let error = job.object("error", &WORDS);
    let told = error.and_then(|error| WORDS.iter().find_map(|name| error.text(name)));
    let text = || job.scalar("error").filter(|text| text != "false" && !text.trim().is_empty());
    let beside = || ["failureReason", "failure_reason", "errorMessage"].iter().find_map(|name| job.text(name));
    told.or_else(|| text().map(Cow::into_owned)).or_else(beside)
}

/// Where the video is, if an answer says so: `{downloadUrl}`, also in an envelope's `data` or about its `video`.
pub(super) fn download_url(body: &[u8]) -> Option<Url> {
    const URLS: [&str; 5] = ["downloadUrl", "download_url", "videoUrl", "video_url", "url"];
    const AROUND: [&str; 5] = ["data", "video", "result", "output", "content"];
    let named = |json| {
        let members = Members::read(json, &URLS)?;
        URLS.iter().find_map(|name| Url::parse(&members.text(name)?).ok())
    };
    let listed = |json| members::items(json, 1, named)?.pop();
    let around = Members::read(body, &AROUND);
    let inside = || {
        let around = around.as_ref()?;
        AROUND.iter().find_map(|name| {
            let json = around.raw(name)?;
            named(json).or_else(|| listed(json)).or_else(|| {
                let inner = Members::read(json, &AROUND)?;
                AROUND.iter().find_map(|name| named(inner.raw(name)?))
            })
        })
    };
    named(body).or_else(inside)
}

/// The same of an answer that came instead of the video.
pub(super) fn read_download_url(body: &[u8], request_id: Option<String>) -> Result<Url> {
    envelope::data(body, request_id.clone())?;
    let neither =
        || Error::unreadable(200, "the answer is neither a video nor says where it is").of_request(request_id);
    download_url(body).ok_or_else(neither)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn response(body: Vec<u8>) -> BufferedResponse {
        BufferedResponse {
            status: 200,
            body,
            media_type: String::new(),
            request_id: None,
            cost: None,
            scrubber: Default::default(),
        }
    }

    fn answered(body: &str) -> Result<VideoJob> {
        read(response(body.into()))
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
        let job =
            answered(r#"{"id":"v4","id":"v5","status":"queued","status":"done","error":"","progress":[]}"#).unwrap();
        assert_eq!(
            (job.id.as_str(), job.status, job.failure),
            ("v5", VideoStatus::Completed, None),
            "the last one counts"
        );
        let job = answered(r#"{"video":{"video_id":7,"status":"queued","error":{},"progress":"0.25"}}"#).unwrap();
        assert_eq!((job.id.as_str(), job.progress, job.failure), ("7", Some(25), None));
    }

    #[test]
    fn a_failed_job_tells_its_reason_and_is_an_error_only_for_who_waits() {
        let body = r#"{"id":"v1","status":"failed","error":{"code":"moderation","message":"Not this."}}"#;
        let job = answered(body).unwrap();
        assert_eq!((&job.status, job.failure.as_deref()), (&VideoStatus::Failed, Some("Not this.")));
        for body in [
            r#"{"id":"v1","status":"failed","error":"Not this."}"#,
            r#"{"id":"v1","status":"failed","error":{"code":null,"message":"Not this."}}"#,
            r#"{"id":"v1","status":"failed","error":{"detail":"Not this."}}"#,
            r#"{"data":{"videoId":"v1","status":"FAILED","failureReason":"Not this."}}"#,
        ] {
            assert_eq!(answered(body).unwrap().failure.as_deref(), Some("Not this."), "{body}");
        }
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
        for refused in [
            r#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#,
            r#"{"id":"req-1","error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#,
            r#"{"success":"false","data":null,"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#,
        ] {
            assert_eq!(answered(refused).unwrap_err().code(), "budget_exceeded", "{refused}");
        }
    }

    #[test]
    fn where_a_video_is_can_be_said_in_several_ways() {
        for body in [
            r#"{"downloadUrl":"https://v.example/1.mp4"}"#,
            r#"{"success":true,"data":{"downloadUrl":"https://v.example/1.mp4"}}"#,
            r#"{"downloadUrl":null,"download_url":"https://v.example/1.mp4"}"#,
            r#"{"downloadUrl":"https://v.example/0.mp4","downloadUrl":"https://v.example/1.mp4"}"#,
            r#"{"id":"v1","video":{"url":"https://v.example/1.mp4"}}"#,
            r#"{"data":[{"url":"https://v.example/1.mp4"}]}"#,
            r#"{"success":true,"data":{"status":"done","output":{"video_url":"https://v.example/1.mp4"}}}"#,
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
        let both = VideoRequest {
            input_reference: Some(Photo::from(vec![1])),
            extra_json: Some("{}".into()),
            ..VideoRequest::new("a")
        };
        assert!(both.check().is_err());
    }

    proptest! {
        // S3
        #[test]
        fn no_answer_panics(body in any::<Vec<u8>>()) {
            let _ = read_download_url(&body, None);
            let _ = read(response(body));
        }
    }
}
