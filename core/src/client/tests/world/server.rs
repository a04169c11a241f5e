//! A provider made of a few counters.

use super::{REVOKE, TOKEN, TestClock, USERINFO};
use crate::net::scripted::{Scripted, answer, with_header};
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub struct Server {
    pub(super) clock: Arc<TestClock>,
    pub(super) state: Mutex<ServerState>,
}

pub struct ServerState {
    issued: u32,
    refresh_token: String,
    pub live: HashSet<String>,
    pub revoked: Vec<String>,
    pub expires_in: Value,
    pub token_takes: Duration,
    pub revoke_takes: Duration,
    /// Status and body of the next token responses, taken before the answers below.
    pub token_bodies: VecDeque<(u16, String)>,
    /// What the token endpoint answers next instead of tokens.
    pub token_answers: VecDeque<fn() -> Scripted>,
    pub revoke_answers: VecDeque<fn() -> Scripted>,
    /// What the device authorization endpoint answers next.
    #[cfg(feature = "device-authorization")]
    pub device_answers: VecDeque<Scripted>,
    /// What the API answers next to a token that it accepts.
    pub api_answers: VecDeque<Scripted>,
    /// What other hosts answer next.
    pub elsewhere_answers: VecDeque<Scripted>,
    pub gives_refresh_token: bool,
    /// A refresh answers the same access token again, with all the rest new.
    pub keeps_access_token: bool,
    pub rotates_refresh_token: bool,
    /// Who signs in next, if userinfo tells it.
    pub user: Option<&'static str>,
    owners: HashMap<String, &'static str>,
    pub sends_date: bool,
    /// The API refuses every token.
    pub refuses_all: bool,
}

impl Default for ServerState {
    fn default() -> Self {
        Self {
            issued: 0,
            refresh_token: String::new(),
            live: HashSet::new(),
            revoked: Vec::new(),
            expires_in: json!(3600),
            token_takes: Duration::ZERO,
            revoke_takes: Duration::ZERO,
            token_bodies: VecDeque::new(),
            token_answers: VecDeque::new(),
            revoke_answers: VecDeque::new(),
            #[cfg(feature = "device-authorization")]
            device_answers: VecDeque::new(),
            api_answers: VecDeque::new(),
            elsewhere_answers: VecDeque::new(),
            gives_refresh_token: true,
            keeps_access_token: false,
            rotates_refresh_token: true,
            user: None,
            owners: HashMap::new(),
            sends_date: true,
            refuses_all: false,
        }
    }
}

impl Server {
    pub fn set(&self, change: impl FnOnce(&mut ServerState)) {
        change(&mut self.state.lock().unwrap());
    }

    /// The next token requests are answered like this.
    pub fn answer_token_requests(&self, answers: &[fn() -> Scripted]) {
        self.set(|state| state.token_answers.extend(answers));
    }

    pub fn expire_access_tokens(&self) {
        self.set(|state| state.live.clear());
    }

    pub fn revoked(&self) -> Vec<String> {
        self.state.lock().unwrap().revoked.clone()
    }

    /// Userinfo names this user for this token.
    #[cfg(feature = "openid")]
    pub fn own(&self, access_token: &str, user: &'static str) {
        self.set(|state| state.owners.extend([(access_token.to_owned(), user)]));
    }

    /// What another process would get if it refreshed now.
    pub fn rotate_elsewhere(&self) -> (String, String) {
        let issued = self.state.lock().unwrap().issue();
        (issued["access_token"].as_str().unwrap().into(), issued["refresh_token"].as_str().unwrap().into())
    }

    /// The refresh token that works.
    pub fn refresh_token(&self) -> String {
        self.state.lock().unwrap().refresh_token.clone()
    }

    pub async fn handle(self: Arc<Self>, request: Request<Bytes>) -> Scripted {
        let response = match request.uri().path() {
            TOKEN => self.token(&request).await,
            REVOKE => self.revoke(&request).await,
            #[cfg(feature = "device-authorization")]
            super::DEVICE => self.state.lock().unwrap().device_answers.pop_front().unwrap_or_else(|| answer(404, "")),
            _ if request.uri().host() != Some("aipass.one") => {
                let scripted = self.state.lock().unwrap().elsewhere_answers.pop_front();
                scripted.unwrap_or_else(|| answer(200, "from elsewhere"))
            }
            _ => self.api(&request),
        };
        if self.state.lock().unwrap().sends_date {
            let date = httpdate::fmt_http_date(self.clock.true_time().to_system_time());
            return with_header(response, "date", &date);
        }
        response
    }

    async fn token(&self, request: &Request<Bytes>) -> Scripted {
        let pause = self.state.lock().unwrap().token_takes;
        tokio::time::sleep(pause).await;
        let mut state = self.state.lock().unwrap();
        if let Some((status, body)) = state.token_bodies.pop_front() {
            return answer(status, body);
        }
        if let Some(response) = state.token_answers.pop_front() {
            return response();
        }
        let fields: Value = serde_json::from_slice(request.body()).unwrap();
        if fields["grantType"] == "refresh_token" && fields["refreshToken"] != state.refresh_token.as_str() {
            return answer(400, r#"{"error":"invalid_grant"}"#);
        }
        answer(200, state.issue().to_string())
    }

    async fn revoke(&self, request: &Request<Bytes>) -> Scripted {
        let pause = self.state.lock().unwrap().revoke_takes;
        tokio::time::sleep(pause).await;
        let mut state = self.state.lock().unwrap();
        let refused = state.revoke_answers.pop_front();
        if let Some(response) = refused {
            return response();
        }
        let parameters = format!("{}&{}", request.uri().query().unwrap_or(""), String::from_utf8_lossy(request.body()));
        let token = parameters.split('&').find_map(|parameter| parameter.strip_prefix("token=")).unwrap();
        state.revoked.push(token.to_owned());
        answer(200, "")
    }

    fn api(&self, request: &Request<Bytes>) -> Scripted {
        let mut state = self.state.lock().unwrap();
        let token = request.headers().get("authorization").map(|value| value.to_str().unwrap());
        let token = token.map(|value| value.trim_start_matches("Bearer "));
        if state.refuses_all || !token.is_some_and(|token| state.live.contains(token)) {
            return answer(401, r#"{"error":"invalid_token"}"#);
        }
        if request.uri().path() == USERINFO {
            let user = token.and_then(|token| state.owners.get(token));
            return user.map_or_else(|| answer(403, ""), |user| answer(200, json!({"sub": user}).to_string()));
        }
        if let Some(response) = state.api_answers.pop_front() {
            return response;
        }
        answer(200, r#"{"success":true,"data":{"totalCost":1,"maxBudget":10,"remainingBudget":9}}"#)
    }
}

impl ServerState {
    fn issue(&mut self) -> Value {
        self.issued += 1;
        let access_token = match self.keeps_access_token {
            true => "access-same".to_owned(),
            false => format!("access-{}", self.issued),
        };
        self.live.insert(access_token.clone());
        if let Some(user) = self.user {
            self.owners.insert(access_token.clone(), user);
        }
        let mut tokens = json!({"access_token": access_token, "token_type": "Bearer", "expires_in": self.expires_in});
        if self.gives_refresh_token {
            if self.rotates_refresh_token || self.refresh_token.is_empty() {
                self.refresh_token = format!("refresh-{}", self.issued);
            }
            tokens["refresh_token"] = json!(self.refresh_token);
        }
        tokens
    }
}
