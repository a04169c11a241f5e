//! A call to an endpoint that this library does not know yet: the same sign-in, origins, limits and errors as every other.

use super::bill::Ceiling;
use super::exchange::{BufferedResponse, JSON, MAX_JSON_RESPONSE, endpoint};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::net::payload::Payload;
use bytes::Bytes;
use http::{HeaderMap, Method};
use rust_decimal::Decimal;
use serde_json::value::RawValue;
use std::collections::HashMap;
use url::Url;

/// A call to an endpoint of the provider.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RawRequest {
    /// The API that has the endpoint.
    pub api: Api,
    /// The HTTP method.
    pub method: RawMethod,
    /// The path below the API's base, such as `rerank` or `files/f-1`.
    pub path: String,
    /// The query: names and values, not yet encoded.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub query: HashMap<String, String>,
    /// The body, JSON as text.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub body_json: Option<String>,
}

/// One of the provider's APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Api {
    /// The OpenAI-compatible one, [`Provider::model_api`](crate::Provider).
    Model,
    /// AI Pass's own, [`Provider::account_api`](crate::Provider).
    Account,
}

/// The HTTP method of a call. All but `Get` are sent again only if the request certainly was not processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RawMethod {
    /// Reads.
    Get,
    /// Creates something, or pays for it.
    Post,
    /// Replaces something.
    Put,
    /// Changes something.
    Patch,
    /// Removes something.
    Delete,
}

/// A successful response of an endpoint. Any other status is an error.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RawAnswer {
    /// The HTTP status, from 200 to 299.
    pub status: u16,
    /// The body; JSON is UTF-8 text.
    pub body: Bytes,
    /// The body's media type, such as `application/json`; empty if the provider does not say.
    pub media_type: String,
    /// What the call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

impl std::fmt::Debug for RawAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RawAnswer({}, {} bytes of {})", self.status, self.body.len(), self.media_type)
    }
}

impl RawRequest {
    /// A POST of JSON to the model API.
    pub fn post(path: impl Into<String>, body_json: impl Into<String>) -> Self {
        Self { method: RawMethod::Post, body_json: Some(body_json.into()), ..Self::get(path) }
    }

    /// A GET of the model API.
    pub fn get(path: impl Into<String>) -> Self {
        Self { api: Api::Model, method: RawMethod::Get, path: path.into(), query: HashMap::new(), body_json: None }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Calls an endpoint that this library has no method for. The body of the response may have up to 32 MB.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `path` or `body_json` before anything is sent; those of [`chat`](Self::chat).
    pub async fn call_endpoint(&self, request: RawRequest) -> Result<RawAnswer> {
        self.run(|ai| async move {
            let base = match request.api {
                Api::Model => ai.provider().model_api.as_ref(),
                Api::Account => ai.provider().account_api.as_ref(),
            };
            // What the account API changes costs nothing.
            let is_paid = request.api == Api::Model && request.method != RawMethod::Get;
            let request = request.encode(base)?;
            if !is_paid {
                return Ok(ai.ask(request).await?.into());
            }
            let mut answer = ai.ask_paid(MAX_JSON_RESPONSE, request, Ceiling::default()).await?;
            answer.settle(None, None).await;
            Ok(answer.into())
        })
        .await
    }
}

impl From<BufferedResponse> for RawAnswer {
    fn from(answer: BufferedResponse) -> Self {
        let BufferedResponse { status, body, media_type, cost, request_id, .. } = answer;
        Self { status, body: body.into(), media_type, cost, request_id }
    }
}

impl From<RawMethod> for Method {
    fn from(method: RawMethod) -> Self {
        match method {
            RawMethod::Get => Method::GET,
            RawMethod::Post => Method::POST,
            RawMethod::Put => Method::PUT,
            RawMethod::Patch => Method::PATCH,
            RawMethod::Delete => Method::DELETE,
        }
    }
}

impl RawRequest {
    fn encode(self, base: Option<&Url>) -> Result<ApiRequest> {
        let segments: Vec<&str> = self.path.trim_start_matches('/').split('/').collect();
        // What climbs out of the API, or smuggles in a query, is no path below its base.
        if segments.iter().any(|segment| matches!(*segment, "" | "." | ".."))
            || self.path.contains(['?', '#', '\\'])
            || self.path.contains(char::is_control)
        {
            let detail = format!("{:?} is no path below the API's base; parameters belong into `query`", self.path);
            return Err(Error::invalid_input("path", detail));
        }
        let mut url = endpoint(base, "this API", &segments)?;
        if !self.query.is_empty() {
            let mut pairs: Vec<_> = self.query.iter().collect();
            pairs.sort();
            url.query_pairs_mut().extend_pairs(pairs);
        }
        let payload = match self.body_json {
            None => Payload::empty(),
            Some(_) if self.method == RawMethod::Get => {
                return Err(Error::invalid_input("body_json", "a GET has no body"));
            }
            Some(json) => {
                let not_json = |error| Error::invalid_input("body_json", format!("it is not JSON: {error}"));
                serde_json::from_str::<&RawValue>(&json).map_err(not_json)?;
                Bytes::from(json).into()
            }
        };
        let method = Method::from(self.method);
        let only_once = method != Method::GET;
        Ok(ApiRequest { method, url, payload, accept: JSON, headers: HeaderMap::new(), only_once, sent: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(request: RawRequest) -> Result<ApiRequest> {
        request.encode(Some(&Url::parse("https://aipass.one/oauth2/v1").unwrap()))
    }

    #[test]
    fn a_path_and_its_parameters_end_up_below_the_apis_base() {
        let query = [("b", "2&"), ("a", "1")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let request = encoded(RawRequest { query, ..RawRequest::get("/files/f 1") }).unwrap();
        assert_eq!(request.url.as_str(), "https://aipass.one/oauth2/v1/files/f%201?a=1&b=2%26");
        assert!(!request.only_once);
        assert!(encoded(RawRequest::post("rerank", "{}")).unwrap().only_once);
    }

    // A11
    #[test]
    fn a_path_cannot_leave_the_api() {
        for path in [
            "",
            "/",
            "../token",
            "files/../../token",
            "a//b",
            "a?b=c",
            "a#b",
            "..\\token",
            ".\t./token",
            "https://evil.example/x",
        ] {
            let error = encoded(RawRequest::get(path)).err();
            assert!(matches!(error, Some(Error::InvalidInput { ref input, .. }) if input == "path"), "{path}");
        }
    }

    // P8
    #[test]
    fn a_body_that_is_not_json_is_refused() {
        assert!(encoded(RawRequest::post("rerank", "{")).is_err());
        assert!(encoded(RawRequest { method: RawMethod::Get, ..RawRequest::post("rerank", "{}") }).is_err());
    }
}
