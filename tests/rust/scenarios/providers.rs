//! The steps about other providers, and about sign-ins that only some of them offer.

use crate::steps::{Stage, state};
use aipass::{
    ClientMetadata, ClientRegistration, Config, DeviceSignIn, Provider, RawMethod, RegisteredClient, ResourceRequest,
    SessionInfo, SignInOptions,
};
use serde_json::{Value, json};
use url::Url;

impl Stage {
    /// Takes the step; `None` if it is none of these.
    pub(super) async fn take_with_provider(&mut self, name: &str, step: &Value) -> Option<aipass::Result<Value>> {
        Some(match name {
            "discover" => Provider::discover(&text(step, "issuer")).await.map(|provider| provider_facts(&provider)),
            "register" => self.register(step).await,
            "read_registration" => self.read_registration().await,
            "update_registration" => self.update_registration(step).await,
            "delete_registration" => self.delete_registration().await,
            "begin_device_sign_in" => {
                self.ai.begin_device_sign_in(options(step)).await.map(|begun| device_facts(&begun))
            }
            "pending_device_sign_in" => {
                let pending = self.ai.pending_device_sign_in().await;
                pending.map(|pending| pending.as_ref().map_or(Value::Null, device_facts))
            }
            "complete_device_sign_in" => self.ai.complete_device_sign_in().await.map(|()| Value::Null),
            "cancel_sign_in" => self.ai.cancel_sign_in().await.map(|()| Value::Null),
            "session_info" => {
                let info = self.ai.session_info().await;
                info.map(|info| info.as_ref().map_or(Value::Null, session_facts))
            }
            "await_session_state" => self.await_session_state(&text(step, "state")).await,
            "end_session_url" => {
                let url = self.ai.end_session_url(optional(step, "post_logout_redirect_uri"), optional(step, "state"));
                url.await.map(|url| json!({"url": url.as_str(), "parameters": parameters(&url)}))
            }
            "request" => self.request(step).await,
            _ => return None,
        })
    }

    /// The provider that a step names: AI Pass if it names none.
    pub(super) async fn provider(&self, step: &Value) -> aipass::Result<Provider> {
        match step["provider"].as_str() {
            Some("phaseo") => Provider::phaseo_at(&self.sandbox.base_url),
            Some("discovered") => {
                let mut provider = Provider::discover(&text(step, "issuer")).await?;
                if let Some(model_api) = step["model_api"].as_str() {
                    let url = Url::parse(model_api).expect("a scenario's model_api is a URL");
                    provider.model_api = Some(url.clone());
                    provider.resource_origins = vec![url];
                }
                provider.default_scopes = texts(step, "scopes");
                Ok(provider)
            }
            _ => Provider::ai_pass_at(&self.sandbox.base_url),
        }
    }

    async fn registration(&self, step: &Value) -> aipass::Result<ClientRegistration> {
        ClientRegistration::at(self.provider(step).await?, Config::default(), None, true)
    }

    async fn register(&mut self, step: &Value) -> aipass::Result<Value> {
        let registration = self.registration(step).await?;
        let metadata = ClientMetadata::native_app(text(step, "client_name"), texts(step, "redirect_uris"));
        let client = registration.register(metadata, None).await?;
        self.registration = Some(registration);
        Ok(self.remember_registered(client))
    }

    async fn read_registration(&mut self) -> aipass::Result<Value> {
        let (registration, client) = self.registered();
        let client = registration.read(client).await?;
        Ok(self.remember_registered(client))
    }

    async fn update_registration(&mut self, step: &Value) -> aipass::Result<Value> {
        let (registration, mut client) = self.registered();
        client.metadata.client_name = optional(step, "client_name");
        let client = registration.update(client).await?;
        Ok(self.remember_registered(client))
    }

    async fn delete_registration(&mut self) -> aipass::Result<Value> {
        let (registration, client) = self.registered();
        registration.delete(client).await.map(|()| Value::Null)
    }

    fn registered(&self) -> (ClientRegistration, RegisteredClient) {
        let registered = self.registration.clone().zip(self.registered_client.clone());
        registered.expect("a step before registered a client")
    }

    fn remember_registered(&mut self, client: RegisteredClient) -> Value {
        let facts = registered_facts(&client);
        self.registered_client = Some(client);
        facts
    }

    /// Waits until the session's states have this one.
    async fn await_session_state(&self, wanted: &str) -> aipass::Result<Value> {
        let states = self.ai.session_states();
        while let Some(next) = states.next().await? {
            let facts = state(next);
            if facts["state"] == wanted {
                return Ok(facts);
            }
        }
        Ok(Value::Null)
    }

    async fn request(&self, step: &Value) -> aipass::Result<Value> {
        let url = Url::parse(&text(step, "url")).expect("a scenario's url is a URL");
        let request = match step.get("body") {
            Some(body) => ResourceRequest::post(url, body.to_string()),
            None => ResourceRequest { method: RawMethod::Get, ..ResourceRequest::get(url) },
        };
        let answer = self.ai.request(request).await?;
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        Ok(json!({"status": answer.status, "body": body}))
    }
}

/// The options of a sign-in.
pub fn options(step: &Value) -> SignInOptions {
    SignInOptions {
        scopes: texts(step, "scopes"),
        keep_granted_scopes: step["keep_granted_scopes"] == true,
        push_parameters: step["push_parameters"] == true,
        ..SignInOptions::default()
    }
}

/// The names of the URL's parameters, sorted.
pub fn parameters(url: &Url) -> Vec<String> {
    let mut names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    names.sort();
    names
}

fn provider_facts(provider: &Provider) -> Value {
    let offers = [
        ("device_authorization", provider.device_authorization_endpoint.is_some()),
        ("pushed_authorization_requests", provider.pushed_authorization_request_endpoint.is_some()),
        ("registration", provider.registration_endpoint.is_some()),
        ("revocation", provider.revocation_endpoint.is_some()),
        ("userinfo", provider.userinfo_endpoint.is_some()),
        ("end_session", provider.end_session_endpoint.is_some()),
        ("model_api", provider.model_api.is_some()),
    ];
    let offers: Vec<_> = offers.into_iter().filter_map(|(name, is_offered)| is_offered.then_some(name)).collect();
    json!({
        "issuer": provider.issuer, "offers": offers, "scopes": provider.default_scopes,
        "requires_pushed_parameters": provider.require_pushed_authorization_requests,
    })
}

fn device_facts(begun: &DeviceSignIn) -> Value {
    json!({
        "user_code": begun.user_code, "verification_uri": begun.verification_uri.as_str(),
        "verification_uri_complete": begun.verification_uri_complete.as_ref().map(Url::as_str),
        "interval": begun.interval.as_secs_f64(),
    })
}

fn session_facts(info: &SessionInfo) -> Value {
    json!({
        "subject": info.subject, "granted_scopes": info.granted_scopes, "missing_scopes": info.missing_scopes,
        "has_refresh_token": info.has_refresh_token, "has_end": info.ends_at.is_some(),
    })
}

fn registered_facts(client: &RegisteredClient) -> Value {
    let metadata = &client.metadata;
    json!({
        "client_id": client.client_id, "client_name": metadata.client_name, "redirect_uris": metadata.redirect_uris,
        "grant_types": metadata.grant_types, "has_secret": client.client_secret.is_some(),
        "is_manageable": client.registration_access_token.is_some() && client.registration_client_uri.is_some(),
    })
}

fn text(step: &Value, name: &str) -> String {
    optional(step, name).unwrap_or_default()
}

fn optional(step: &Value, name: &str) -> Option<String> {
    step[name].as_str().map(str::to_owned)
}

fn texts(step: &Value, name: &str) -> Vec<String> {
    let list = step[name].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
