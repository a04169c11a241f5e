//! Whom the program talks to and as whom: options, then the environment, then what the last login of the profile used.

use crate::args::{ConnectionArgs, ProviderArgs, ProviderName};
use crate::failure::{Failure, Status};
use crate::well_known::{AI_PASS, DASHBOARD, LOGIN_CLIENT, PHASEO};
use crate::{discover, sign_in};
use aipass::{AiPassBuilder, Provider};
use serde::{Deserialize, Serialize};
use url::Url;

/// The provider, and the app that the program is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Profiles of older versions do not name it.
    #[serde(default)]
    pub provider: ProviderKind,
    /// Of a provider that was discovered, its issuer.
    pub base_url: String,
    pub client_id: String,
    pub redirect_uri: String,
}

/// How a provider's settings come about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    #[default]
    AiPass,
    Phaseo,
    /// Its server describes it.
    Discovered,
}

impl Settings {
    /// The provider. One that is discovered is asked for its metadata.
    pub async fn provider(&self) -> Result<Provider, Failure> {
        match self.provider {
            ProviderKind::AiPass => Ok(Provider::ai_pass_at(&self.base_url)?),
            ProviderKind::Phaseo => Ok(Provider::phaseo_at(&self.base_url)?),
            ProviderKind::Discovered => discover::provider(&self.base_url).await,
        }
    }

    /// The same for what must work without the server, such as signing out: of one that cannot be discovered now, its name only.
    pub async fn provider_or_its_name(&self) -> Result<Provider, Failure> {
        match self.provider().await {
            Err(_) if self.provider == ProviderKind::Discovered => {
                Ok(Provider::custom(&self.base_url, &self.base_url, &self.base_url)?)
            }
            provider => provider,
        }
    }

    /// A client of that provider, not built yet, whose session lives in memory.
    pub fn client(&self, provider: Provider) -> AiPassBuilder {
        sign_in::builder_of(provider, &self.client_id, &self.redirect_uri)
    }
}

pub(super) fn choose(
    args: &ConnectionArgs,
    provider: &ProviderArgs,
    saved: Option<&Settings>,
    redirect_uri: &str,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Settings, Failure> {
    let variable = |name| environment(name).filter(|value: &String| !value.is_empty());
    let stated = || args.base_url.clone().or_else(|| variable("AIPASS_BASE_URL"));
    // Without a login's word about the provider, it is the last login's.
    let (named, base_url) = match (&provider.issuer, provider.provider) {
        (Some(issuer), _) => (Some(ProviderKind::Discovered), issuer.clone()),
        (None, Some(ProviderName::Phaseo)) => {
            (Some(ProviderKind::Phaseo), args.base_url.clone().unwrap_or_else(|| PHASEO.to_owned()))
        }
        (None, Some(ProviderName::AiPass)) => {
            (Some(ProviderKind::AiPass), stated().unwrap_or_else(|| AI_PASS.to_owned()))
        }
        (None, None) => {
            let saved = || saved.map(|saved| saved.base_url.clone());
            (None, stated().or_else(saved).unwrap_or_else(|| AI_PASS.to_owned()))
        }
    };
    // A client id is worth something only where it was registered.
    let saved = saved.filter(|saved| same(&saved.base_url, &base_url));
    let kind = named.or_else(|| saved.map(|saved| saved.provider)).unwrap_or_default();
    let client_id = args.client_id.clone().or_else(|| variable("AIPASS_CLIENT_ID"));
    let client_id = client_id.or_else(|| saved.map(|saved| saved.client_id.clone()));
    let client_id = client_id.or_else(|| is_loopback(&base_url).then(|| LOGIN_CLIENT.to_owned()));
    let Some(client_id) = client_id else {
        let whose = if same(&base_url, AI_PASS) { format!(" ({DASHBOARD})") } else { String::new() };
        let sentence = format!(
            "--client-id is missing: give the id that the provider's dashboard{whose} shows for your app, or name a sandbox \
             with --base-url."
        );
        return Err(Failure::new(Status::Usage, "usage", sentence));
    };
    Ok(Settings { provider: kind, base_url, client_id, redirect_uri: redirect_uri.to_owned() })
}

/// A sandbox on this machine has this program registered.
fn is_loopback(base_url: &str) -> bool {
    Url::parse(base_url).is_ok_and(|url| aipass_sandbox::is_loopback(&url))
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::DEFAULT_PROFILE;

    fn args(base_url: Option<&str>, client_id: Option<&str>) -> ConnectionArgs {
        let text = |text: Option<&str>| text.map(str::to_owned);
        ConnectionArgs { profile: DEFAULT_PROFILE.to_owned(), base_url: text(base_url), client_id: text(client_id) }
    }

    fn settings(base_url: &str, client_id: &str) -> Settings {
        let text = str::to_owned;
        let provider = ProviderKind::AiPass;
        Settings { provider, base_url: text(base_url), client_id: text(client_id), redirect_uri: text("r") }
    }

    /// With no word about the provider.
    fn choose(
        args: &ConnectionArgs,
        saved: Option<&Settings>,
        redirect_uri: &str,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Settings, Failure> {
        super::choose(args, &ProviderArgs::default(), saved, redirect_uri, environment)
    }

    #[test]
    fn a_login_names_the_provider_and_later_commands_remember_it() {
        let app = args(None, Some("app"));
        let by_issuer = ProviderArgs { issuer: Some("https://id.example/t".into()), provider: None };
        let chosen = super::choose(&app, &by_issuer, None, "r", environment).unwrap();
        let discovered = Settings { provider: ProviderKind::Discovered, ..settings("https://id.example/t", "app") };
        assert_eq!(chosen, discovered);
        assert_eq!(choose(&args(None, None), Some(&discovered), "r", |_| None).unwrap(), discovered);
        // Another server is not of that kind.
        let elsewhere = choose(&args(Some("https://other.example"), Some("app")), Some(&discovered), "r", |_| None);
        assert_eq!(elsewhere.unwrap(), settings("https://other.example", "app"));
        let phaseo = ProviderArgs { issuer: None, provider: Some(ProviderName::Phaseo) };
        let chosen = super::choose(&app, &phaseo, Some(&discovered), "r", environment).unwrap();
        assert_eq!(chosen, Settings { provider: ProviderKind::Phaseo, ..settings(PHASEO, "app") });
        let ai_pass = ProviderArgs { issuer: None, provider: Some(ProviderName::AiPass) };
        let chosen = super::choose(&app, &ai_pass, Some(&discovered), "r", |_| None).unwrap();
        assert_eq!(chosen, settings(AI_PASS, "app"));
    }

    #[test]
    fn a_profile_of_an_older_version_is_at_ai_pass() {
        let older = r#"{"base_url": "https://saved.example", "client_id": "saved", "redirect_uri": "r"}"#;
        let read: Settings = serde_json::from_str(older).unwrap();
        assert_eq!(read, settings("https://saved.example", "saved"));
    }

    fn environment(name: &str) -> Option<String> {
        match name {
            "AIPASS_BASE_URL" => Some("https://env.example".to_owned()),
            "AIPASS_CLIENT_ID" => Some("from_env".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn options_are_stronger_than_the_environment_and_that_than_the_profile() {
        let saved = settings("https://saved.example", "saved");
        let given = args(Some("https://a.example"), Some("app"));
        assert_eq!(choose(&given, Some(&saved), "r", environment).unwrap(), settings("https://a.example", "app"));
        let none = args(None, None);
        assert_eq!(choose(&none, Some(&saved), "r", environment).unwrap(), settings("https://env.example", "from_env"));
        assert_eq!(choose(&none, Some(&saved), "r", |_| None).unwrap(), saved);
    }

    #[test]
    fn a_client_id_is_not_taken_to_another_provider() {
        let saved = settings("https://saved.example", "saved");
        let elsewhere = args(Some("https://other.example"), None);
        assert_eq!(choose(&elsewhere, Some(&saved), "r", |_| None).unwrap_err().status, Status::Usage);
        let same = args(Some("https://saved.example/"), None);
        assert_eq!(choose(&same, Some(&saved), "r", |_| None).unwrap().client_id, "saved");
    }

    #[test]
    fn a_sandbox_needs_no_client_id_and_ai_pass_does() {
        for sandbox in ["http://127.0.0.1:8414", "http://localhost:8414/", "http://[::1]:8414"] {
            let chosen = choose(&args(Some(sandbox), None), None, "r", |_| None).unwrap();
            assert_eq!(chosen, settings(sandbox, LOGIN_CLIENT));
        }
        let missing = choose(&args(None, None), None, "r", |_| None).unwrap_err();
        assert_eq!(
            (missing.status, missing.sentence.contains(DASHBOARD)),
            (Status::Usage, true),
            "{}",
            missing.sentence
        );
        let elsewhere = choose(&args(Some("https://other.example"), None), None, "r", |_| None).unwrap_err();
        assert!(!elsewhere.sentence.contains(DASHBOARD), "{}", elsewhere.sentence);
        assert_eq!(choose(&args(None, Some("app")), None, "r", |_| None).unwrap(), settings(AI_PASS, "app"));
    }
}
