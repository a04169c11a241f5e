//! What a runner can do.

use crate::endpoints::{Memory, Scene};
use crate::expectation::{Outcome, check};
use crate::providers::{options, parameters};
use crate::sandbox::Sandbox;
use crate::talk::{Talk, answer_facts};
use aipass::{
    AiPass, Balance, ChatRequest, ClientRegistration, Error, FinishReason, PreparedChat, Provider, RegisteredClient,
    Revocation, SealedFileStore, SessionState, SpendingPeriod, Spent,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long what the sandbox should come to may take.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// Where a scenario is played.
pub struct Stage {
    root: PathBuf,
    pub(super) sandbox: Sandbox,
    folder: tempfile::TempDir,
    pub(super) ai: AiPass,
    url: String,
    callback: String,
    prepared: Option<PreparedChat>,
    memory: Memory,
    pub(super) registration: Option<ClientRegistration>,
    pub(super) registered_client: Option<RegisteredClient>,
}

impl Stage {
    pub async fn open(root: &Path, arguments: &[Value]) -> Result<Self, String> {
        let sandbox = Sandbox::start(arguments).await?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let provider = Provider::ai_pass_at(&sandbox.base_url);
        let ai = provider.and_then(|provider| client(&sandbox, folder.path(), &Value::Null, provider));
        Ok(Self {
            root: root.to_owned(),
            ai: ai.map_err(|error| error.to_string())?,
            sandbox,
            folder,
            url: String::new(),
            callback: String::new(),
            prepared: None,
            memory: Memory::default(),
            registration: None,
            registered_client: None,
        })
    }

    /// What the sandbox tells of itself.
    pub fn facts(&self) -> &Value {
        &self.sandbox.facts
    }

    /// Takes one step. The outer error is a scenario that cannot be played.
    pub async fn take(&mut self, step: &Value) -> Result<Outcome, String> {
        let text = |name: &str| step[name].as_str().ok_or(format!("the step has no {name}"));
        let played = match text("do")? {
            "open" => self.reopen(step).await.map(nothing),
            "begin_sign_in" => self.begin_sign_in(step).await,
            "decide" => {
                self.decide(text("decision")?).await?;
                Ok(Value::Null)
            }
            "complete_sign_in" => {
                let callback = step["callback"].as_str().unwrap_or(&self.callback).to_owned();
                self.ai.complete_sign_in(callback).await.map(nothing)
            }
            "sign_in" => match self.begin_sign_in(step).await {
                Ok(_) => {
                    self.decide("allow").await?;
                    self.ai.complete_sign_in(self.callback.clone()).await.map(nothing)
                }
                Err(error) => Err(error),
            },
            "sign_out" => self.ai.sign_out().await.map(|report| {
                json!({"refresh_token": revocation(&report.refresh_token), "access_token": revocation(&report.access_token)})
            }),
            "forget_session" => self.ai.forget_session().await.map(nothing),
            "session_state" => self.ai.session_state().await.map(state),
            "cancelled_chat" => self.cancelled_chat(text("prompt")?).await.map(Ok)?,
            "balance" => self.ai.balance().await.map(|balance| balance_facts(&balance)),
            "refresh_balance" => self.ai.refresh_balance().await.map(|balance| balance_facts(&balance)),
            "balances" => self.balances(step).await,
            "resumed" => {
                self.ai.resumed();
                Ok(Value::Null)
            }
            "spending" => self.ai.spending().await.map(|spending| {
                json!({"session": spent_facts(&spending.session), "day": spent_facts(&spending.day)})
            }),
            "reset_spending" => {
                let is_day = text("period")? == "day";
                let period = if is_day { SpendingPeriod::Day } else { SpendingPeriod::Session };
                self.ai.reset_spending(period).await.map(nothing)
            }
            "user_info" => {
                let info = self.ai.user_info().await;
                info.map(|info| json!({"subject": info.subject, "email": info.email, "name": info.name}))
            }
            "sandbox" => Ok(self.ask_sandbox(step).await?),
            "prepare_chat" => {
                let request = Talk { ai: &self.ai, root: &self.root, step }.request();
                self.ai.prepared_chat(request).await.map(|chat| self.prepared = Some(chat)).map(nothing)
            }
            "send_prepared" => {
                let prepared = self.prepared.as_ref().ok_or("no step before prepared a chat")?;
                prepared.send().await.map(|answer| answer_facts(&answer))
            }
            "stop_sandbox" => {
                self.sandbox.stop().await?;
                Ok(Value::Null)
            }
            other => {
                if let Some(outcome) = self.take_with_provider(other, step).await {
                    return Ok(outcome.map_or_else(|error| Outcome::Error(describe(&error)), Outcome::Result));
                }
                let talk = Talk { ai: &self.ai, root: &self.root, step };
                if let Some(outcome) = talk.take(other).await {
                    return Ok(outcome.map_or_else(|error| Outcome::Error(describe(&error)), Outcome::Result));
                }
                let folder = self.folder.path();
                let mut scene = Scene { ai: &self.ai, root: &self.root, folder, memory: &mut self.memory, step };
                scene.take(other).await.ok_or_else(|| format!("there is no step {other:?}"))?
            }
        };
        Ok(played.map_or_else(|error| Outcome::Error(describe(&error)), Outcome::Result))
    }

    async fn reopen(&mut self, step: &Value) -> aipass::Result<()> {
        let provider = self.provider(step).await?;
        self.ai = client(&self.sandbox, self.folder.path(), step, provider)?;
        Ok(())
    }

    async fn begin_sign_in(&mut self, step: &Value) -> aipass::Result<Value> {
        let url = self.ai.begin_sign_in(options(step)).await?.url;
        self.url = url.to_string();
        Ok(json!({"parameters": parameters(&url)}))
    }

    async fn decide(&mut self, decision: &str) -> Result<(), String> {
        let body = json!({"url": self.url, "decision": decision});
        let response = self.sandbox.ask("POST", "user-agent", Some(&body)).await?;
        self.callback = response["callback"].as_str().ok_or("the user agent tells no callback")?.to_owned();
        Ok(())
    }

    async fn cancelled_chat(&self, prompt: &str) -> Result<Value, String> {
        let ai = self.ai.clone();
        let request = ChatRequest::user(prompt);
        let call = tokio::spawn(async move { ai.chat(request).await });
        let since = Instant::now();
        loop {
            let log = self.sandbox.ask("GET", "requests", None).await?;
            let newest = log["requests"].as_array().and_then(|requests| requests.last()).cloned().unwrap_or_default();
            let is_chat = newest["path"].as_str().is_some_and(|path| path.ends_with("/chat/completions"));
            if is_chat && newest["finished"].is_null() {
                break;
            }
            if since.elapsed() > MAX_WAIT {
                return Err(format!("the call never reached the sandbox: {log}"));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        call.abort();
        Ok(json!({"cancelled": call.await.is_err_and(|error| error.is_cancelled())}))
    }

    async fn balances(&self, step: &Value) -> aipass::Result<Value> {
        let low_below = step["low_below"].as_str().map(|text| text.parse().expect("a step's amount is a decimal"));
        let balances = self.ai.balances(low_below);
        let mut updates = Vec::new();
        while step["take"] != updates.len() {
            let Some(update) = balances.next().await? else { break };
            updates.push(json!({"balance": update.balance.as_ref().map(balance_facts),
                "is_estimate": update.is_estimate, "is_low": update.is_low, "error_code": update.error_code}));
        }
        Ok(json!({"updates": updates}))
    }

    async fn ask_sandbox(&self, step: &Value) -> Result<Value, String> {
        let (method, path) = (step["method"].as_str().unwrap_or("GET"), step["path"].as_str().unwrap_or_default());
        let since = Instant::now();
        loop {
            let response = self.sandbox.ask(method, path, step.get("body")).await?;
            let met = check(step.get("expect"), &Outcome::Result(response.clone())).is_ok();
            if met || step["eventually"] != true || since.elapsed() > MAX_WAIT {
                return Ok(response);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn client(sandbox: &Sandbox, folder: &Path, step: &Value, provider: Provider) -> aipass::Result<AiPass> {
    let key = [if step["key"] == "second" { 2 } else { 1 }; 32];
    AiPass::builder(step["client_id"].as_str().unwrap_or(&sandbox.client_id), &sandbox.redirect_uri)
        .provider(provider)
        .store(Arc::new(SealedFileStore::open(folder, &key)?))
        .build()
}

fn nothing(_: ()) -> Value {
    Value::Null
}

pub fn figure(decimal: Option<Decimal>) -> Value {
    decimal.map_or(Value::Null, |decimal| json!(decimal.normalize().to_string()))
}

fn revocation(revocation: &Revocation) -> &'static str {
    match revocation {
        Revocation::NotNeeded => "not_needed",
        Revocation::NotOffered => "not_offered",
        Revocation::Unknown => "unknown",
        Revocation::Accepted => "accepted",
        Revocation::Refused { .. } => "refused",
        Revocation::NotReached { .. } => "not_reached",
        _ => "unknown",
    }
}

pub fn reason(reason: &FinishReason) -> String {
    match reason {
        FinishReason::Stop => "stop".to_owned(),
        FinishReason::Length => "length".to_owned(),
        FinishReason::ToolCalls => "tool_calls".to_owned(),
        FinishReason::ContentFilter => "content_filter".to_owned(),
        FinishReason::Other { name } => name.clone(),
        _ => "unknown".to_owned(),
    }
}

fn balance_facts(balance: &Balance) -> Value {
    json!({"total_cost": figure(Some(balance.total_cost)), "max_budget": figure(balance.max_budget),
        "remaining_budget": figure(balance.remaining_budget)})
}

fn spent_facts(spent: &Spent) -> Value {
    json!({"known": figure(Some(spent.known)), "reserved": figure(Some(spent.reserved)), "calls": spent.calls,
        "calls_with_unknown_cost": spent.calls_with_unknown_cost})
}

pub fn state(state: SessionState) -> Value {
    match state {
        SessionState::SignedOut => json!({"state": "signed_out"}),
        SessionState::SigningIn => json!({"state": "signing_in"}),
        SessionState::SignedIn => json!({"state": "signed_in"}),
        SessionState::EndsSoon => json!({"state": "ends_soon"}),
        SessionState::Refreshing => json!({"state": "refreshing"}),
        SessionState::NeedsSignIn { reason } => {
            json!({"state": "needs_sign_in", "reason": reason.code()})
        }
        _ => json!({"state": "unknown"}),
    }
}

/// An error as the scenarios write it.
fn describe(error: &Error) -> Value {
    let mut facts = json!({"code": error.code()});
    let mut add = |name: &str, value: Value| facts[name] = value;
    match error {
        Error::BudgetExceeded { spent, limit, request_id, text, .. } => {
            add("text", json!(text));
            add("spent", figure(*spent));
            add("limit", figure(*limit));
            add("request_id", json!(request_id));
        }
        Error::SpendLimit { scope: _, limit, spent, reserved, estimate, text } => {
            add("text", json!(text));
            add("limit", figure(Some(*limit)));
            add("spent", figure(Some(*spent)));
            add("reserved", figure(Some(*reserved)));
            add("estimate", figure(*estimate));
        }
        Error::RateLimited { retry_after, request_id, text, .. }
        | Error::Provider { retry_after, request_id, text, .. } => {
            add("text", json!(text));
            add("retry_after", json!(retry_after.map(|wait| wait.as_secs_f64())));
            add("request_id", json!(request_id));
        }
        Error::Offline { maybe_sent, .. } => add("maybe_sent", json!(maybe_sent)),
        Error::Truncated { text, request_id, .. } | Error::InvalidOutput { text, request_id, .. } => {
            add("text", json!(text));
            add("request_id", json!(request_id));
        }
        Error::InvalidInput { input, .. } => add("input", json!(input)),
        _ => {}
    }
    facts
}
