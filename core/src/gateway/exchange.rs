//! How every call of the model API and the account API is sent and its response read.

use super::bill::{Bill, Ceiling};
use super::in_success::error_in_body;
use super::usage::TokenUsage;
use super::{cost, error_response};
use crate::client::AiPass;
use crate::client::call::{ApiRequest, ApiResponse};
use crate::error::{Error, Result};
use crate::net::SuccessResponse;
use crate::net::failure::HttpFailure;
use crate::provider;
use crate::redaction::Scrubber;
use http::header;
use rust_decimal::Decimal;
use url::Url;

/// The media type of most responses.
pub(super) const JSON: &str = "application/json";

/// The largest JSON response that is read where an endpoint has no limit of its own (P4): a long chat is far below.
pub(super) const MAX_JSON_RESPONSE: usize = 32 * 1024 * 1024;

/// The most words that are read in the place of a file (P4): an error, or a page of a proxy's.
const MAX_WORDS: usize = 1024 * 1024;

/// A response that has arrived.
pub(super) struct BufferedResponse {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// Without parameters, in lower case; empty if the server does not say.
    pub(super) media_type: String,
    pub(super) request_id: Option<String>,
    /// What the call cost in US dollars, if the headers say so.
    pub(super) cost: Option<Decimal>,
    /// Keeps the token that was sent out of what is shown of the server's words. [`read`](Self::read) applies it to errors;
    /// who shows other words of the server's, such as why a video failed, passes them through it.
    pub(super) scrubber: Scrubber,
    /// Of a paid call.
    pub(super) bill: Bill,
}

impl BufferedResponse {
    /// Counts what the call cost: `told` if its body says so, else what its headers say, else what its tokens cost.
    pub(super) async fn settle(&mut self, told: Option<Decimal>, usage: Option<&TokenUsage>) {
        self.bill.settle(told.or(self.cost), usage).await;
    }

    /// What it says; an error names the request, and has the token that was sent nowhere in it.
    pub(super) fn read<T>(&self, read: impl FnOnce(&[u8], Option<String>) -> Result<T>) -> Result<T> {
        let read = read(&self.body, self.request_id.clone());
        read.map_err(|error| error.of_request(self.request_id.clone()).scrubbed(&self.scrubber))
    }
}

impl AiPass {
    /// Sends a request and reads its whole response.
    pub(super) async fn ask(&self, request: ApiRequest) -> Result<BufferedResponse> {
        self.ask_up_to(MAX_JSON_RESPONSE, request).await
    }

    /// The same for an endpoint whose responses have another limit.
    pub(super) async fn ask_up_to(&self, most: usize, request: ApiRequest) -> Result<BufferedResponse> {
        let answer = self.call_or_explain(request).await?;
        buffered(answer, most, Bill::none()).await
    }

    /// The same for a paid call that may cost so much. Its [`settle`](BufferedResponse::settle) must be called.
    pub(super) async fn ask_paid(
        &self,
        most: usize,
        request: ApiRequest,
        ceiling: Ceiling,
    ) -> Result<BufferedResponse> {
        let (answer, bill) = self.call_paid(request, ceiling).await?;
        buffered(answer, most, bill).await
    }

    /// Sends a paid request, if the app's limits allow it, and counts it (P12).
    ///
    /// # Errors
    /// [`Error::SpendLimit`] before anything is sent.
    pub(super) async fn call_paid(&self, mut request: ApiRequest, ceiling: Ceiling) -> Result<(SuccessResponse, Bill)> {
        let mut bill = self.open_bill(ceiling).await?;
        request.sent = bill.sent();
        let sent = match self.spend().await {
            Ok(spending) => self.call_api(request).await.map(|response| (response, spending)),
            Err(error) => Err(error),
        };
        match sent {
            Ok((ApiResponse::Success(mut answer), spending)) => {
                answer.body.hold(spending);
                bill.told(cost::of(&answer.headers));
                Ok((answer, bill))
            }
            Ok((ApiResponse::Error { response: refusal, token }, _)) => {
                let error = error_response::read(&refusal, &token);
                bill.refused(refusal.status, &error).await;
                Err(error)
            }
            Err(error) => {
                bill.failed(&error).await;
                Err(error)
            }
        }
    }

    /// Sends a request; a refusal becomes the error that it means. A call that costs money makes the balance old, from when it
    /// is sent until its answer has come to an end.
    pub(super) async fn call_or_explain(&self, request: ApiRequest) -> Result<SuccessResponse> {
        let spending = if request.only_once { Some(self.spend().await?) } else { None };
        match self.call_api(request).await? {
            ApiResponse::Success(mut answer) => {
                answer.body.hold(spending);
                Ok(answer)
            }
            ApiResponse::Error { response: refusal, token } => Err(error_response::read(&refusal, &token)),
        }
    }
}

/// A response whose body is read to its end.
pub(super) async fn buffered(answer: SuccessResponse, most: usize, mut bill: Bill) -> Result<BufferedResponse> {
    let (status, media_type) = (answer.status, media_type(&answer));
    let (request_id, cost) = (error_response::request_id(&answer.headers), cost::of(&answer.headers));
    let scrubber = answer.scrubber.clone();
    let read = read_whole(answer, most).await;
    if read.is_err() {
        bill.settle(cost, None).await;
    }
    let body = read?;
    Ok(BufferedResponse { status, media_type, request_id, cost, scrubber, body, bill })
}

/// The whole body, if it is no larger than `most` bytes. One that breaks off is a truncation: there was an answer, and this
/// is not all of it.
pub(super) async fn read_whole(answer: SuccessResponse, most: usize) -> Result<Vec<u8>> {
    let request_id = error_response::request_id(&answer.headers);
    answer.body.read_all(most).await.map_err(|failure| broken_off(failure, request_id))
}

/// What it means that an answer's body did not come to its end.
pub(super) fn broken_off(failure: HttpFailure, request_id: Option<String>) -> Error {
    match failure {
        HttpFailure::Broken { detail } => Error::Truncated { text: String::new(), request_id, detail },
        failure => Error::from(failure).of_request(request_id),
    }
}

/// What it means that an answer that is to be a file has no bytes.
pub(super) fn empty_file(request_id: Option<String>) -> Error {
    Error::Truncated { text: String::new(), request_id, detail: "the response is empty".to_owned() }
}

pub(super) fn media_type(answer: &SuccessResponse) -> String {
    let stated = answer.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The answer, if it can be a file: words are an error, or a page of a proxy's, whatever the status says.
pub(super) async fn file_or_error(answer: SuccessResponse) -> Result<SuccessResponse> {
    let media_type = media_type(&answer);
    if !media_type.starts_with("text/") && media_type != JSON && !media_type.ends_with("+json") {
        return Ok(answer);
    }
    let (request_id, scrubber) = (error_response::request_id(&answer.headers), answer.scrubber.clone());
    let status = answer.status;
    let error = error_in_body(&read_whole(answer, MAX_WORDS).await?, request_id.clone());
    let no_file = || Error::unreadable(status, format!("the response is {media_type}, not a file"));
    Err(error.unwrap_or_else(no_file).of_request(request_id).scrubbed(&scrubber))
}

/// The model as the answer names it, or else as it was asked for.
pub(super) fn model_or(named: Option<String>, asked: String) -> String {
    named.filter(|model| !model.is_empty()).unwrap_or(asked)
}

/// The base of one of the provider's APIs, with a path of fixed and escaped segments added.
pub(super) fn endpoint(base: Option<&Url>, what: &str, segments: &[&str]) -> Result<Url> {
    let mut url = provider::offered(base, what)?.clone();
    // A URL drops such segments, and what is left would be another endpoint.
    let is_lost = |segment: &&&str| matches!(**segment, "" | "." | "..") || segment.contains(char::is_control);
    if let Some(lost) = segments.iter().find(is_lost) {
        return Err(Error::invalid_input("id", format!("{lost:?} cannot stand in a path")));
    }
    url.path_segments_mut()
        .map_err(|()| Error::internal("the API's base URL cannot have a path"))?
        .pop_if_empty()
        .extend(segments);
    Ok(url)
}

/// Refuses a prompt that could only cost money for nothing (P8).
pub(super) fn check_prompt(prompt: &str) -> Result<()> {
    if prompt.trim().is_empty() {
        Err(Error::invalid_input("prompt", "it is empty; say what you want"))
    } else {
        Ok(())
    }
}
