//! An authenticated call: the session's token, one refresh and one repeat on a 401 (L4), the provider's headers, the limits.

use super::AiPass;
pub(crate) use super::cache::Account;
use crate::config::Config;
use crate::environment::Timestamp;
use crate::error::{Error, Result, SignInReason};
use crate::error_body::ErrorBody;
use crate::net::address::FromResponse;
use crate::net::challenge;
use crate::net::payload::Payload;
use crate::net::retry::CallClass;
use crate::net::{Call, ErrorResponse, Response, SuccessResponse};
use crate::provider::Provider;
use crate::secret::Secret;
#[cfg(feature = "dpop")]
use crate::session::dpop::DpopProof;
use crate::session::record::Grant;
use http::{HeaderMap, Method, Request, StatusCode, header};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use url::Url;

/// A request to the provider's APIs, before it has a token.
pub(crate) struct ApiRequest {
    pub method: Method,
    pub url: Url,
    /// JSON or a form.
    pub payload: Payload,
    pub accept: &'static str,
    /// Headers of the app's own. They take the place of `accept` and of the payload's type.
    pub headers: HeaderMap,
    /// Whether it costs money or changes something. It is then sent again only if it certainly was not processed (P1).
    pub only_once: bool,
    /// Whether it may have been sent, and was not refused for its token.
    pub sent: Option<Arc<AtomicBool>>,
}

impl ApiRequest {
    /// A GET, which costs nothing.
    pub fn get(url: Url, accept: &'static str) -> Self {
        let (method, payload, headers) = (Method::GET, Payload::empty(), HeaderMap::new());
        Self { method, url, payload, accept, headers, only_once: false, sent: None }
    }

    /// A POST of JSON or a form.
    pub fn post(url: Url, payload: impl Into<Payload>, accept: &'static str) -> Self {
        let (method, payload, headers) = (Method::POST, payload.into(), HeaderMap::new());
        Self { method, url, payload, accept, headers, only_once: true, sent: None }
    }
}

impl ApiRequest {
    fn note_sent(&self, may_be_sent: bool) {
        if let Some(sent) = &self.sent {
            sent.store(may_be_sent, Ordering::Relaxed);
        }
    }
}

/// A response of the API.
pub(crate) enum ApiResponse {
    Success(SuccessResponse),
    Error {
        response: ErrorResponse,
        /// The token that was sent, to be kept out of what the server's words show.
        token: Secret,
    },
}

impl AiPass {
    pub(crate) fn provider(&self) -> &Provider {
        &self.inner.provider
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.http.environment.now()
    }

    /// The account of this client's calls. What is cached for one sign-in is never returned to another (L10).
    pub(crate) async fn account(&self) -> Result<Account> {
        Ok(Account(self.inner.session.grant_id().await?))
    }

    /// The same where it does not take the store.
    pub(crate) fn account_in_memory(&self) -> Option<Account> {
        self.inner.session.grant_id_in_memory().map(Account)
    }

    /// What an earlier call put into the cache: the value of this type for this account, if it is not older than `max_age`.
    pub(crate) fn cached<T: Clone + Send + 'static>(&self, account: &Account, max_age: Duration) -> Option<T> {
        self.inner.cache.get(account, self.now(), max_age)
    }

    /// Keeps a value for later calls, one of each type.
    pub(crate) fn put_cached<T: Send + 'static>(&self, account: Account, value: T) {
        self.inner.cache.put(account, self.now(), value);
    }

    /// The one object of this type that all calls of this client share.
    pub(crate) fn kept<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.inner.cache.kept()
    }

    /// The completed sign-in, and each that takes its place.
    pub(crate) fn watch_account(&self) -> watch::Receiver<Option<String>> {
        self.inner.session.subscribe_to_grant()
    }

    /// How often the app came back to the front.
    pub(crate) fn watch_resumptions(&self) -> watch::Receiver<u64> {
        self.inner.resumptions.subscribe()
    }

    /// Sends a request with the session's token. Must run on the library's runtime.
    pub(crate) async fn call_api(&self, request: ApiRequest) -> Result<ApiResponse> {
        if !self.inner.provider.may_receive_token(&request.url) {
            return Err(Error::invalid_input("url", "the provider's tokens do not go to this origin"));
        }
        let grant = self.inner.session.grant_for_call(request.only_once).await?;
        let token = grant.access_token.clone();
        let response = match self.send_with(&request, &grant).await? {
            Response::Success(response) => return Ok(ApiResponse::Success(response)),
            Response::Error(response) => response,
        };
        let Some(rejection) = TokenRejection::of(&response) else {
            return Ok(ApiResponse::Error { response, token });
        };
        self.inner.session.observe_server_time(&response.headers); // the token may have expired by the server's clock alone
        drop(response);
        request.note_sent(false);
        let session = &self.inner.session;
        if !session.is_replaceable(&token).await {
            if rejection == TokenRejection::Named {
                session.end_after_rejection_of(&token).await?;
            }
            return Err(Error::from(SignInReason::AccessRefused));
        }
        let mut grant = session.replace_rejected(&token).await?;
        let mut response = self.send_with(&request, &grant).await?;
        if let Response::Error(rejected) = &response
            && TokenRejection::of(rejected).is_some()
            && !session.is_fresh(&grant.access_token)
        {
            // Another process had stored that token, so no refresh was tried yet.
            request.note_sent(false);
            grant = session.replace_rejected(&grant.access_token).await?;
            response = self.send_with(&request, &grant).await?;
        }
        let token = grant.access_token.clone();
        match response {
            Response::Success(response) => Ok(ApiResponse::Success(response)),
            Response::Error(response) => match TokenRejection::of(&response) {
                None => Ok(ApiResponse::Error { response, token }),
                Some(rejection) => {
                    if rejection == TokenRejection::Named && session.is_fresh(&token) {
                        session.end_after_rejection_of(&token).await?;
                    }
                    Err(Error::from(SignInReason::AccessRefused))
                }
            },
        }
    }

    /// Fetches a URL of a response at another server than the provider, without a token (A11). `addresses` says where
    /// the URL may lead, see [`Provider::check_result_url`].
    pub(crate) async fn call_without_token(&self, url: &Url, addresses: FromResponse) -> Result<Response> {
        let request = Request::builder().uri(url.as_str()).header(header::ACCEPT, "*/*").extension(addresses);
        let request = request.body(Payload::empty()).map_err(|_| Error::internal("a request cannot be built"))?;
        Ok(self.inner.http.send(self.limited(request, CallClass::Read)).await?)
    }

    /// The session's access token, and a proof for one request with it.
    #[cfg(feature = "dpop")]
    pub(crate) async fn proof_for(&self, method: Method, uri: http::Uri, nonce: Option<String>) -> Result<DpopProof> {
        self.inner.session.dpop_proof(&method, &uri, nonce.as_deref()).await
    }

    /// A unique text, for names of files.
    pub(crate) fn unique_text(&self) -> Result<String> {
        self.inner.http.environment.random_text(9)
    }

    async fn send_with(&self, request: &ApiRequest, grant: &Grant) -> Result<Response> {
        let call = self.authorized(request, grant)?;
        request.note_sent(true);
        Ok(self.inner.http.send(call).await?)
    }

    fn authorized(&self, request: &ApiRequest, grant: &Grant) -> Result<Call> {
        let (config, options) = (&self.inner.config, &self.options);
        let unsendable = |_| Error::internal("a request cannot be built");
        let mut builder = Request::builder()
            .method(request.method.clone())
            .uri(request.url.as_str())
            .header(header::ACCEPT, request.accept);
        if let Some(name) = &self.inner.provider.client_id_header {
            builder = builder.header(name, &self.inner.client_id);
        }
        if matches!(&request.payload, Payload::Bytes(json) if !json.is_empty()) {
            builder = builder.header(header::CONTENT_TYPE, "application/json");
        }
        let repeat_rate_limited = options.retry_rate_limited.unwrap_or(config.retry_rate_limited);
        let class = if request.only_once { CallClass::Paid { repeat_rate_limited } } else { CallClass::Read };
        let mut sent = builder.body(request.payload.clone()).map_err(unsendable)?;
        sent.headers_mut().extend(request.headers.clone());
        Ok(self.limited(self.inner.session.authorized(sent, grant).map_err(unsendable)?, class))
    }

    /// The request within the limits of this client's calls.
    fn limited(&self, request: Request<Payload>, class: CallClass) -> Call {
        let (config, options) = (&self.inner.config, &self.options);
        Call {
            request,
            class,
            idle_timeout: config.idle_timeout,
            total_timeout: self.time_limit(),
            cancellation: options.cancellation.clone(),
            progress: options.progress.clone().unwrap_or_default(),
        }
    }
}

/// What a 401 says about the token that was sent (L4, T6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenRejection {
    /// The resource itself names it as invalid (RFC 6750 3.1): in its challenge, or as the code of its OAuth error.
    Named,
    /// It does not say what is wrong, so it may be the token.
    Possible,
}

impl TokenRejection {
    /// `None` if another token would change nothing: any other status, a used-up budget, an error of a server behind this one.
    fn of(response: &ErrorResponse) -> Option<Self> {
        if response.status != StatusCode::UNAUTHORIZED {
            return None;
        }
        let body = ErrorBody::read(&response.body);
        if body.budget(response.status).is_some() {
            return None;
        }
        let challenges = challenge::read(&response.headers);
        let bearer = challenges.iter().filter(|challenge| matches!(challenge.scheme.as_str(), "bearer" | "dpop"));
        let errors: Vec<&str> = bearer.filter_map(|challenge| challenge.parameter("error")).collect();
        if errors.contains(&"invalid_token")
            || (errors.is_empty() && body.oauth_code.as_deref() == Some("invalid_token"))
        {
            return Some(Self::Named);
        }
        // Two of them are about the proof beside the token (RFC 9449 7.1, 9): another token would need the same.
        const OF_REQUEST: [&str; 4] = ["insufficient_scope", "invalid_request", "use_dpop_nonce", "invalid_dpop_proof"];
        let is_of_request = errors.iter().any(|error| OF_REQUEST.contains(error));
        (!is_of_request && !body.is_of_upstream()).then_some(Self::Possible)
    }
}
