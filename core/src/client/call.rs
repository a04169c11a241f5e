//! An authenticated call: the session's token, one refresh and one repeat on a 401 (L4), the provider's headers, the limits.

use super::AiPass;
use super::memory::Account;
use crate::config::Config;
use crate::environment::Timestamp;
use crate::error::{Error, Result, SignInReason};
use crate::net::payload::Payload;
use crate::net::retry::CallClass;
use crate::net::{Answer, Call, Refusal, Reply};
use crate::provider::{Provider, check_transport};
use crate::secret::{self, Secret};
use http::{Method, Request, header};
use std::time::Duration;
use url::Url;

/// A request to the provider's APIs, before it has a token.
pub(crate) struct ApiRequest {
    pub method: Method,
    pub url: Url,
    /// JSON or a form.
    pub payload: Payload,
    pub accept: &'static str,
    /// Whether it costs money or changes something: it is never sent again on a guess (P1).
    pub only_once: bool,
}

impl ApiRequest {
    /// Asks for what costs nothing.
    pub fn get(url: Url, accept: &'static str) -> Self {
        Self { method: Method::GET, url, payload: Payload::empty(), accept, only_once: false }
    }

    /// Sends JSON or a form.
    pub fn post(url: Url, payload: impl Into<Payload>, accept: &'static str) -> Self {
        Self { method: Method::POST, url, payload: payload.into(), accept, only_once: true }
    }
}

/// What the API said.
pub(crate) enum ApiReply {
    Answer(Answer),
    Refusal {
        refusal: Refusal,
        /// The token that was sent, to be kept out of what the server's words show.
        token: Secret,
    },
}

impl AiPass {
    pub(crate) fn provider(&self) -> &Provider {
        &self.core.provider
    }

    pub(crate) fn config(&self) -> &Config {
        &self.core.config
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.core.http.environment.now()
    }

    /// Whose calls these are: nothing that is remembered of one sign-in is told to another (L10).
    pub(crate) async fn account(&self) -> Result<Account> {
        Ok(Account(self.core.session.grant_id().await?))
    }

    /// What an earlier call remembered of this type for this account, if it is not older than `max_age`.
    pub(crate) fn recall<T: Clone + Send + 'static>(&self, account: &Account, max_age: Duration) -> Option<T> {
        self.core.memory.recall(account, self.now(), max_age)
    }

    pub(crate) fn remember<T: Send + 'static>(&self, account: Account, value: T) {
        self.core.memory.remember(account, self.now(), value);
    }

    /// Sends a request with the session's token. Must run on the library's runtime.
    pub(crate) async fn call_api(&self, request: ApiRequest) -> Result<ApiReply> {
        if !self.core.provider.may_receive_token(&request.url) {
            return Err(Error::invalid_input("url", "the provider's tokens do not go to this origin"));
        }
        let token = self.core.session.access_token(Duration::ZERO).await?;
        let refusal = match self.send_with(&request, &token).await? {
            Reply::Success(answer) => return Ok(ApiReply::Answer(answer)),
            Reply::Refusal(refusal) if refusal.status != 401 => return Ok(ApiReply::Refusal { refusal, token }),
            Reply::Refusal(refusal) => refusal,
        };
        drop(refusal);
        let token = self.core.session.replace_rejected(&token).await?;
        match self.send_with(&request, &token).await? {
            Reply::Success(answer) => Ok(ApiReply::Answer(answer)),
            Reply::Refusal(refusal) if refusal.status == 401 => {
                if says_invalid_token(&refusal) {
                    self.core.session.end_after_refusal_of(&token).await?;
                }
                Err(Error::from(SignInReason::AccessRefused))
            }
            Reply::Refusal(refusal) => Ok(ApiReply::Refusal { refusal, token }),
        }
    }

    /// Asks for what another answer points to, elsewhere than at the provider: nobody's token goes along (A11).
    pub(crate) async fn call_without_token(&self, url: &Url) -> Result<Reply> {
        check_transport("url", url, &self.core.config.insecure_development_hosts)?;
        let request = Request::builder().uri(url.as_str()).header(header::ACCEPT, "*/*").body(Payload::empty());
        let request = request.map_err(|_| Error::internal("a request cannot be built"))?;
        Ok(self.core.http.send(self.limited(request, CallClass::Read)).await?)
    }

    /// Text that no other call of this process has, for the names of files.
    pub(crate) fn unique_text(&self) -> Result<String> {
        self.core.http.environment.random_text(9)
    }

    async fn send_with(&self, request: &ApiRequest, token: &Secret) -> Result<Reply> {
        Ok(self.core.http.send(self.authorized(request, token)?).await?)
    }

    fn authorized(&self, request: &ApiRequest, token: &Secret) -> Result<Call> {
        let (config, options) = (&self.core.config, &self.options);
        let unsendable = |_| Error::internal("a request cannot be built");
        let bearer = secret::authorization("Bearer", token.expose()).map_err(unsendable)?;
        let mut builder = Request::builder()
            .method(request.method.clone())
            .uri(request.url.as_str())
            .header(header::AUTHORIZATION, bearer)
            .header(header::ACCEPT, request.accept);
        if let Some(name) = &self.core.provider.client_id_header {
            builder = builder.header(name, &self.core.client_id);
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
        let (config, options) = (&self.core.config, &self.options);
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

/// RFC 6750 3.1: the API says that the token itself is bad, and not that something else needs another sign-in.
fn says_invalid_token(refusal: &Refusal) -> bool {
    let challenge = refusal.headers.get(header::WWW_AUTHENTICATE).and_then(|value| value.to_str().ok());
    challenge.is_some_and(|challenge| challenge.contains("invalid_token"))
        || String::from_utf8_lossy(&refusal.body).contains("invalid_token")
}
