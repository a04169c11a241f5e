//! The calls to models and to the account. Each subject is one file or folder, from its types to its `impl AiPass`.

pub(crate) mod account;
pub(crate) mod chat;
pub(crate) mod image;
mod lenient;
pub(crate) mod models;
pub(crate) mod receipt;
mod refusal;

use crate::client::AiPass;
use crate::client::call::{ApiReply, ApiRequest};
use crate::error::{Error, Result};
use crate::http::Answer;
use crate::http::failure::HttpFailure;
use url::Url;

/// The media type of most answers.
const JSON: &str = "application/json";

/// The largest JSON answer that is read (P4): a long chat is far below.
const MAX_JSON_ANSWER: usize = 32 * 1024 * 1024;

impl AiPass {
    /// A GET that answers JSON.
    async fn get_json(&self, url: Url) -> Result<Vec<u8>> {
        read_whole(self.call_or_explain(ApiRequest::get(url, JSON)).await?).await
    }

    /// Sends a request; a refusal becomes the error that it means.
    async fn call_or_explain(&self, request: ApiRequest) -> Result<Answer> {
        match self.call_api(request).await? {
            ApiReply::Answer(answer) => Ok(answer),
            ApiReply::Refusal { refusal, token } => Err(refusal::explain(&refusal, &token)),
        }
    }
}

/// The whole body. One that breaks off is a truncation: there was an answer, and this is not all of it.
async fn read_whole(answer: Answer) -> Result<Vec<u8>> {
    answer.body.read_all(MAX_JSON_ANSWER).await.map_err(|failure| match failure {
        HttpFailure::Broken { detail } => Error::Truncated { text: String::new(), detail },
        failure => failure.into(),
    })
}

/// The base of one of the provider's APIs, with a path of fixed and escaped segments added.
fn endpoint(base: Option<&Url>, what: &str, segments: &[&str]) -> Result<Url> {
    let mut url = base.cloned().ok_or_else(|| Error::Unsupported { what: what.to_owned() })?;
    url.path_segments_mut()
        .map_err(|()| Error::internal("the API's base URL cannot have a path"))?
        .pop_if_empty()
        .extend(segments);
    Ok(url)
}
