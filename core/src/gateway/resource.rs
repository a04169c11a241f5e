//! A call to a resource of the app's own that takes the provider's tokens ([RFC 6750 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)), such as `https://api.example.com/user`:
//! the same sign-in, limits and errors as every other call.

use super::raw::{RawAnswer, RawMethod};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::net::payload::Payload;
use crate::provider::Provider;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use std::collections::HashMap;
use url::Url;

/// More headers than this, or more bytes of them, are a mistake.
const MAX_HEADERS: usize = 32;
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// The headers that the library or the connection sets.
const OWN_HEADERS: [HeaderName; 17] = [
    header::ACCEPT_ENCODING,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::COOKIE,
    header::EXPECT,
    header::HOST,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::USER_AGENT,
    HeaderName::from_static("dpop"),
    HeaderName::from_static("keep-alive"),
];

/// A call to a resource that takes the provider's tokens.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ResourceRequest {
    /// Where it is. Its origin must be one of [`Provider::resource_origins`](crate::Provider).
    pub url: Url,
    /// The HTTP method.
    pub method: RawMethod,
    /// Headers by their names, such as `accept`. The token and what belongs to the connection are set by the library.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub headers: HashMap<String, String>,
    /// The body. Its type is `application/json` unless `headers` has a `content-type`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub body: Option<Bytes>,
}

impl std::fmt::Debug for ResourceRequest {
    /// Shows neither query, headers nor body: each may hold a secret of the app's.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = &self.url[url::Position::BeforeScheme..url::Position::AfterScheme];
        let (host, path) = (self.url.host_str().unwrap_or_default(), self.url.path());
        write!(formatter, "ResourceRequest({:?} {place}://{host}{path})", self.method)
    }
}

impl ResourceRequest {
    /// A GET.
    pub fn get(url: Url) -> Self {
        Self { url, method: RawMethod::Get, headers: HashMap::new(), body: None }
    }

    /// A POST of JSON.
    pub fn post(url: Url, json: impl Into<Bytes>) -> Self {
        Self { method: RawMethod::Post, body: Some(json.into()), ..Self::get(url) }
    }

    fn encode(self, provider: &Provider) -> Result<ApiRequest> {
        let refuse_url = |detail: &str| Err(Error::invalid_input("url", detail));
        if !provider.resource_origins.iter().any(|named| named.origin() == self.url.origin()) {
            return refuse_url("its origin is not among the provider's resource_origins: the token does not go there");
        }
        if !self.url.username().is_empty() || self.url.password().is_some() {
            return refuse_url("it must not carry a user name or password");
        }
        if self.url.fragment().is_some() {
            return refuse_url("it has a fragment, which is never sent");
        }
        let method = Method::from(self.method);
        if self.body.is_some() && method == Method::GET {
            return Err(Error::invalid_input("body", "a GET has no body"));
        }
        let headers = encode_headers(&self.headers)?;
        if let Some(own) = provider.client_id_header.as_ref().filter(|own| headers.contains_key(own.as_str())) {
            return Err(Error::invalid_input("headers", format!("{own} is set by the library")));
        }
        let payload = self.body.map_or_else(Payload::empty, Payload::from);
        let only_once = method != Method::GET;
        Ok(ApiRequest { method, url: self.url, payload, accept: "*/*", headers, only_once, sent: None })
    }
}

fn encode_headers(headers: &HashMap<String, String>) -> Result<HeaderMap> {
    let refuse = |detail: String| Err(Error::invalid_input("headers", detail));
    let bytes: usize = headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    if headers.len() > MAX_HEADERS || bytes > MAX_HEADER_BYTES {
        return refuse(format!("at most {MAX_HEADERS} headers with {MAX_HEADER_BYTES} bytes can be sent"));
    }
    let mut encoded = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let Ok(parsed) = HeaderName::try_from(name) else { return refuse(format!("{name:?} is no name of a header")) };
        if OWN_HEADERS.contains(&parsed) {
            return refuse(format!("{parsed} is set by the library"));
        }
        let Ok(mut value) = HeaderValue::try_from(value) else {
            return refuse(format!("the value of {parsed} cannot stand in a header"));
        };
        value.set_sensitive(true); // the app may have put a key of its own here
        if encoded.insert(&parsed, value).is_some() {
            return refuse(format!("{parsed} stands twice"));
        }
    }
    Ok(encoded)
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Calls a resource of the app's own with the session's access token as Bearer. The body of the response may have up
    /// to 32 MB. Redirects are not followed. All but GET are sent again only if the request certainly was not processed.
    ///
    /// # Errors
    /// - [`Error::InvalidInput`] naming `url`, `headers` or `body` before anything is sent. The token goes to no origin
    ///   that the provider's `resource_origins` do not name.
    /// - Those of [`chat`](Self::chat). A status other than 200 to 299 is [`Error::Provider`] with that status.
    pub async fn request(&self, request: ResourceRequest) -> Result<RawAnswer> {
        self.run(|ai| async move {
            let request = request.encode(ai.provider())?;
            Ok(ai.ask(request).await?.into())
        })
        .await
    }
}

#[cfg(test)]
#[path = "resource_tests.rs"]
mod tests;
