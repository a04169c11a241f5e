//! Whom the program talks to and as whom: options, then the environment, then what the last login of the profile used.

use crate::args::{ConnectionArgs, DEFAULT_PROFILE};
use crate::failure::{self, Failure, Status};
use crate::session_key::{self, KeptIn};
use crate::well_known::{AI_PASS, DASHBOARD, LOGIN_CLIENT, LOGIN_PORT};
use crate::{home, interruption, sign_in};
use aipass::{AiPass, AiPassBuilder, SealedFileStore};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use url::Url;

/// The provider, and the app that the program is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub base_url: String,
    pub client_id: String,
    pub redirect_uri: String,
}

/// A profile's settings and sessions on this machine.
pub struct Profile {
    name: String,
    directory: PathBuf,
    pub saved: Option<Settings>,
}

/// The sessions' store, and where its key is kept.
pub struct Store {
    pub sealed: Arc<SealedFileStore>,
    pub key_kept_in: KeptIn,
}

impl Profile {
    pub fn open(args: &ConnectionArgs) -> Result<Self, Failure> {
        if args.profile != DEFAULT_PROFILE {
            failure::hint_at_profile(&args.profile);
        }
        let directory = home::directory()?;
        let mut profile = Self { name: args.profile.clone(), directory, saved: None };
        profile.saved = home::read(&profile.file())?.and_then(|text| serde_json::from_slice(&text).ok());
        Ok(profile)
    }

    /// Stores the settings of a login, so that later commands need not repeat them.
    pub fn save(&self, settings: &Settings) -> Result<(), Failure> {
        let text = serde_json::to_vec_pretty(settings).map_err(|error| Failure::other("profile", error.to_string()))?;
        home::write(&self.file(), &text, true)
    }

    fn file(&self) -> PathBuf {
        self.directory.join(format!("profile-{}.json", self.name))
    }

    /// The settings that hold for this run. `redirect_uri` is what a login would use.
    pub fn settings(&self, args: &ConnectionArgs, redirect_uri: &str) -> Result<Settings, Failure> {
        choose(args, self.saved.as_ref(), redirect_uri, |name| std::env::var(name).ok())
    }

    /// The store of the sessions. Asks the keyring for their key.
    pub async fn store(&self) -> Result<Store, Failure> {
        let (directory, sessions) = (self.directory.clone(), self.sessions());
        let opened = tokio::task::spawn_blocking(move || {
            let (key, key_kept_in) = session_key::session_key(&directory)?;
            let sealed = SealedFileStore::open(sessions, &*key)
                .map_err(|error| Failure::other("storage", format!("The session cannot be kept: {error}.")))?;
            Ok(Store { sealed: Arc::new(sealed), key_kept_in })
        });
        opened.await.map_err(|_| Failure::other("storage", "The session's key cannot be read: run this again."))?
    }

    /// Where the sessions are kept.
    pub fn sessions(&self) -> PathBuf {
        self.directory.join("sessions")
    }

    /// Where the sessions' key is kept, if there is one; it is not asked for.
    pub fn key_kept_in(&self) -> Result<Option<KeptIn>, Failure> {
        session_key::kept_in(&self.directory)
    }

    /// A client with these settings, which keeps its session in `store`.
    pub fn client(&self, settings: &Settings, store: &Store) -> Result<AiPassBuilder, Failure> {
        let builder = sign_in::builder(&settings.base_url, &settings.client_id, &settings.redirect_uri)?;
        Ok(builder.store(store.sealed.clone()).account(&self.name))
    }
}

/// The client of an earlier login.
pub async fn session(args: &ConnectionArgs) -> Result<AiPass, Failure> {
    let profile = Profile::open(args)?;
    let settings = profile.settings(args, &sign_in::loopback_redirect_uri(LOGIN_PORT));
    // Without a base URL and an earlier login, the reason is that no user is signed in, not a misspelt setting.
    let unknown = args.base_url.is_none() && profile.saved.is_none();
    let settings = settings.map_err(|failure| if unknown { not_signed_in() } else { failure })?;
    let ai = profile.client(&settings, &profile.store().await?)?.build()?;
    interruption::keep_whole(&ai);
    Ok(ai)
}

pub fn not_signed_in() -> Failure {
    let sentence = format!("Nobody is signed in: run {}; its --help says how.", failure::login_command());
    Failure::new(Status::SignInNeeded, "not_signed_in", sentence)
}

fn choose(
    args: &ConnectionArgs,
    saved: Option<&Settings>,
    redirect_uri: &str,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Settings, Failure> {
    let variable = |name| environment(name).filter(|value: &String| !value.is_empty());
    let stated = args.base_url.clone().or_else(|| variable("AIPASS_BASE_URL"));
    let base_url = stated.clone().or_else(|| saved.map(|saved| saved.base_url.clone()));
    let base_url = base_url.unwrap_or_else(|| AI_PASS.to_owned());
    // A client id is worth something only where it was registered.
    let saved = saved.filter(|saved| same(&saved.base_url, &base_url));
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
    Ok(Settings { base_url, client_id, redirect_uri: redirect_uri.to_owned() })
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

    fn args(base_url: Option<&str>, client_id: Option<&str>) -> ConnectionArgs {
        let text = |text: Option<&str>| text.map(str::to_owned);
        ConnectionArgs { profile: DEFAULT_PROFILE.to_owned(), base_url: text(base_url), client_id: text(client_id) }
    }

    fn settings(base_url: &str, client_id: &str) -> Settings {
        let text = str::to_owned;
        Settings { base_url: text(base_url), client_id: text(client_id), redirect_uri: text("r") }
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
