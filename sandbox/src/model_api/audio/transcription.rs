//! `POST /audio/transcriptions`.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use rust_decimal::Decimal;
use serde_json::json;

use super::recording;
use super::transcript::Transcript;
use crate::model_api::bodies::RequestBody;
use crate::model_api::catalogue::model_for;
use crate::model_api::errors::invalid;
use crate::model_api::form::Form;
use crate::model_api::state::ModelApi;
use crate::wire::cost::with_cost;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::TRANSCRIPTIONS;
use crate::wire::responses::json_response;

/// US dollars for a second or part of one: 0.006 for a minute.
const PRICE: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

pub(crate) async fn transcribe(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let form = Form::read(&headers, body).await?;
    model_for(form.required("model")?, TRANSCRIPTIONS)?;
    let format = form.text("response_format")?.unwrap_or("json");
    let language = form.text("language")?.unwrap_or("english");
    let (with_segments, with_words) = granularities(&form, format)?;
    let mut files = form.files("file");
    let (Some(file), None) = (files.next(), files.next()) else {
        return Err(invalid("Send one recording as file.").into());
    };
    let recording = recording::read(file.clone()).await?;
    let seconds = recording.duration.as_secs_f64();
    let transcript = Transcript::new(recording.text.unwrap_or_else(|| unknown_recording(seconds)), recording.duration);
    let response = match format {
        "json" => {
            let usage = json!({ "type": "duration", "seconds": seconds.ceil() });
            json_response(StatusCode::OK, &json!({ "text": transcript.text(), "usage": usage }))
        }
        "verbose_json" => {
            let mut body = json!({
                "task": "transcribe",
                "language": language,
                "duration": transcript.seconds(),
                "text": transcript.text(),
            });
            if with_segments {
                body["segments"] = transcript.segments().into();
            }
            if with_words {
                body["words"] = transcript.words().into();
            }
            json_response(StatusCode::OK, &body)
        }
        "text" => plain(format!("{}\n", transcript.text())),
        "srt" => plain(transcript.srt()),
        "vtt" => plain(transcript.vtt()),
        _ => return Err(invalid("response_format must be json, verbose_json, text, srt or vtt.").into()),
    };
    let cost = Decimal::from(seconds.ceil() as u64).saturating_mul(PRICE);
    api.charge(&access, cost);
    Ok(with_cost(response, cost))
}

/// The transcript of a recording that no sandbox made.
fn unknown_recording(seconds: f64) -> String {
    format!("I cannot hear: this sandbox knows only its own speech again. The recording takes {seconds:.1} seconds.")
}

/// Whether segments and words are requested. Segments are the default.
fn granularities(form: &Form, format: &str) -> Result<(bool, bool), RequestError> {
    let requested: Vec<&str> = form.texts("timestamp_granularities").collect();
    if requested.iter().any(|granularity| !["segment", "word"].contains(granularity)) {
        return Err(invalid("timestamp_granularities may hold segment and word."));
    }
    if !requested.is_empty() && format != "verbose_json" {
        return Err(invalid("timestamp_granularities needs response_format verbose_json."));
    }
    Ok((requested.is_empty() || requested.contains(&"segment"), requested.contains(&"word")))
}

fn plain(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
