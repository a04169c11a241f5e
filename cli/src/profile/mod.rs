//! A profile: the settings of its last login, and its sessions.

mod settings;

use crate::args::{ConnectionArgs, DEFAULT_PROFILE, ProviderArgs};
use crate::failure::{self, Failure, Status};
use crate::session_key::{self, KeptIn};
use crate::well_known::LOGIN_PORT;
use crate::{home, interruption, sign_in};
use aipass::{AiPass, AiPassBuilder, Provider, SealedFileStore};
use std::path::PathBuf;
use std::sync::Arc;

pub use settings::{ProviderKind, Settings};

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
        self.settings_for(args, &ProviderArgs::default(), redirect_uri)
    }

    /// The same, with the provider that a login or a setup names.
    pub fn settings_for(
        &self,
        args: &ConnectionArgs,
        provider: &ProviderArgs,
        redirect_uri: &str,
    ) -> Result<Settings, Failure> {
        settings::choose(args, provider, self.saved.as_ref(), redirect_uri, |name| std::env::var(name).ok())
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

    /// A client of that provider, which keeps its session in `store`.
    pub fn client(&self, settings: &Settings, provider: Provider, store: &Store) -> AiPassBuilder {
        settings.client(provider).store(store.sealed.clone()).account(&self.name)
    }
}

/// The client of an earlier login.
pub async fn session(args: &ConnectionArgs) -> Result<AiPass, Failure> {
    let (profile, settings) = of_earlier_login(args)?;
    open(&profile, &settings, settings.provider().await?).await
}

/// The same to sign out, which ends the session here also while its server cannot be asked.
pub async fn session_to_end(args: &ConnectionArgs) -> Result<AiPass, Failure> {
    let (profile, settings) = of_earlier_login(args)?;
    open(&profile, &settings, settings.provider_or_its_name().await?).await
}

fn of_earlier_login(args: &ConnectionArgs) -> Result<(Profile, Settings), Failure> {
    let profile = Profile::open(args)?;
    let settings = profile.settings(args, &sign_in::loopback_redirect_uri(LOGIN_PORT));
    // Without a base URL and an earlier login, the reason is that no user is signed in, not a misspelt setting.
    let unknown = args.base_url.is_none() && profile.saved.is_none();
    let settings = settings.map_err(|failure| if unknown { not_signed_in() } else { failure })?;
    Ok((profile, settings))
}

async fn open(profile: &Profile, settings: &Settings, provider: Provider) -> Result<AiPass, Failure> {
    let ai = profile.client(settings, provider, &profile.store().await?).build()?;
    interruption::keep_whole(&ai);
    Ok(ai)
}

pub fn not_signed_in() -> Failure {
    let sentence = format!("Nobody is signed in: run {}; its --help says how.", failure::login_command());
    Failure::new(Status::SignInNeeded, "not_signed_in", sentence)
}
