//! `aipass diagnostics`: what a support form needs to know, without a secret in it.

use crate::args::SessionArgs;
use crate::failure::Failure;
use crate::output;
use crate::profile::{Profile, ProviderKind, Settings};
use crate::session_key::KeptIn;
use crate::sign_in;
use crate::well_known::{AI_PASS, LOGIN_PORT};
use serde::Serialize;

#[derive(Serialize)]
struct Report {
    program: &'static str,
    library: String,
    platform: String,
    profile: String,
    base_url: String,
    client_id: String,
    session: String,
    sessions_in: String,
    /// `null` before there is a key.
    key_in: Option<KeptIn>,
    /// Why the key cannot be had.
    key_problem: Option<String>,
    trust_store: String,
}

pub async fn run(args: &SessionArgs) -> Result<(), Failure> {
    let profile = Profile::open(&args.connection)?;
    let redirect_uri = sign_in::loopback_redirect_uri(LOGIN_PORT);
    // Also before the first login: that may be what the user asks about.
    let settings = profile.settings(&args.connection, &redirect_uri).unwrap_or_else(|_| Settings {
        provider: ProviderKind::AiPass,
        base_url: AI_PASS.to_owned(),
        client_id: "unknown".to_owned(),
        redirect_uri,
    });
    // The user may ask why the key is missing: print everything else all the same.
    let provider = settings.provider_or_its_name().await?;
    let (client, key_in, problem) = match profile.store().await {
        Ok(store) => (profile.client(&settings, provider, &store), Some(store.key_kept_in), None),
        Err(failure) => (settings.client(provider), profile.key_kept_in()?, Some(failure)),
    };
    let known = client.build()?.diagnostics().await;
    let (session, key_problem) = match problem {
        // What the library said is true of a client without the store.
        Some(failure) => (failure.code, Some(failure.sentence)),
        None => (known.session, None),
    };
    let report = Report {
        program: env!("CARGO_PKG_VERSION"),
        library: known.library_version,
        platform: known.platform,
        profile: args.connection.profile.clone(),
        base_url: settings.base_url,
        client_id: settings.client_id,
        session,
        sessions_in: profile.sessions().display().to_string(),
        key_in,
        key_problem,
        trust_store: format!("{:?}", known.trust_store),
    };
    if args.json {
        return output::json(&report, false);
    }
    let key = match report.key_in {
        Some(KeptIn::Keyring) => "the system's keyring",
        Some(KeptIn::File) => "a file beside them, for its owner alone",
        None => "not made yet",
    };
    let mut rows = vec![
        ("program", report.program),
        ("library", &report.library),
        ("platform", &report.platform),
        ("profile", &report.profile),
        ("provider", &report.base_url),
        ("client id", &report.client_id),
        ("session", &report.session),
        ("sessions in", &report.sessions_in),
        ("their key in", key),
        ("TLS trust", &report.trust_store),
    ];
    rows.extend(report.key_problem.as_deref().map(|problem| ("key problem", problem)));
    output::rows(&rows)
}
