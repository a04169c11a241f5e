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
use crate::secret::{self, Secret};
use http::{Method, Request, StatusCode, header};
use std::time::Duration;
use url::Url;

/// A request to the provider's APIs, before it has a token.
pub(crate) struct ApiRequest {
    pub method: Method,
    pub url: Url,
    /// JSON or a form.
    pub payload: Payload,
    pub accept: &'static str,
    /// Whether it costs money or changes something. It is then sent again only if it certainly was not processed (P1).
    pub only_once: bool,
}

impl ApiRequest {
    /// A GET, which costs nothing.
    pub fn get(url: Url, accept: &'static str) -> Self {
        Self { method: Method::GET, url, payload: Payload::empty(), accept, only_once: false }
    }

    /// A POST of JSON or a form.
    pub fn post(url: Url, payload: impl Into<Payload>, accept: &'static str) -> Self {
        Self { method: Method::POST, url, payload: payload.into(), accept, only_once: true }
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

    /// What an earlier call put into the cache: the value of this type for this account, if it is not older than `max_age`.
    pub(crate) fn cached<T: Clone + Send + 'static>(&self, account: &Account, max_age: Duration) -> Option<T> {
        self.inner.cache.get(account, self.now(), max_age)
    }

    /// Keeps a value for later calls, one of each type.
    pub(crate) fn put_cached<T: Send + 'static>(&self, account: Account, value: T) {
        self.inner.cache.put(account, self.now(), value);
    }

    /// Sends a request with the session's token. Must run on the library's runtime.
    pub(crate) async fn call_api(&self, request: ApiRequest) -> Result<ApiResponse> {
        if !self.inner.provider.may_receive_token(&request.url) {
            return Err(Error::invalid_input("url", "the provider's tokens do not go to this origin"));
        }
        let token = self.inner.session.token_for_call(request.only_once).await?;
        let response = match self.send_with(&request, &token).await? {
            Response::Success(response) => return Ok(ApiResponse::Success(response)),
            Response::Error(response) => response,
        };
        if TokenRejection::of(&response).is_none() {
            return Ok(ApiResponse::Error { response, token });
        }
        self.inner.session.observe_server_time(&response.headers); // the token may have expired by the server's clock alone
        drop(response);
        let session = &self.inner.session;
        let mut token = session.replace_rejected(&token).await?;
        let mut response = self.send_with(&request, &token).await?;
        if let Response::Error(rejected) = &response
            && TokenRejection::of(rejected).is_some()
            && !session.is_fresh(&token)
        {
            // Another process had stored that token, so no refresh was tried yet.
            token = session.replace_rejected(&token).await?;
            response = self.send_with(&request, &token).await?;
        }
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

    /// A unique text, for names of files.
    pub(crate) fn unique_text(&self) -> Result<String> {
        self.inner.http.environment.random_text(9)
    }

    async fn send_with(&self, request: &ApiRequest, token: &Secret) -> Result<Response> {
        Ok(self.inner.http.send(self.authorized(request, token)?).await?)
    }

    fn authorized(&self, request: &ApiRequest, token: &Secret) -> Result<Call> {
        let (config, options) = (&self.inner.config, &self.options);
        let unsendable = |_| Error::internal("a request cannot be built");
        let bearer = secret::authorization("Bearer", token.expose()).map_err(unsendable)?;
        let mut builder = Request::builder()
            .method(request.method.clone())
            .uri(request.url.as_str())
            .header(header::AUTHORIZATION, bearer)
            .header(header::ACCEPT, request.accept);
        if let Some(name) = &self.inner.provider.client_id_header {
            builder = builder.header(name, &self.inner.client_id);
        }
        if matches!(&request.payload, Payload::Bytes(json) if !json.is_empty()) {
            builder = builder.header(header::CONTENT_TYPE, "application/json");
        }
        let repeat_rate_limited = options.retry_rate_limited.unwrap_or(config.retry_rate_limited);
        let class = if request.only_once { CallClass::Paid { repeat_rate_limited } } else { CallClass::Read };
        let request =
            builder.body(request.payload.clone()).map_err(|_| Error::internal("a request cannot be built"))?;
        Ok(self.limited(request, class))
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
        let is_of_request = errors.iter().any(|error| matches!(*error, "insufficient_scope" | "invalid_request"));
        (!is_of_request && !body.is_of_upstream()).then_some(Self::Possible)
    }
}
