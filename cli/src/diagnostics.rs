//! `aipass diagnostics`: what a support form needs to know, without a secret in it.

use crate::args::SessionArgs;
use crate::failure::Failure;
use crate::output::{self, BOLD};
use crate::profile::{AI_PASS, Profile, Settings};
use crate::session_key::KeptIn;
use crate::sign_in;
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
    key_in: KeptIn,
    trust_store: String,
}

pub async fn run(args: &SessionArgs) -> Result<(), Failure> {
    let profile = Profile::open(&args.connection)?;
    let redirect_uri = sign_in::loopback_redirect_uri(sign_in::LOGIN_PORT);
    // Also before the first login: that may be what somebody has a question about.
    let settings = profile.settings(&args.connection, &redirect_uri).unwrap_or_else(|_| Settings {
        base_url: AI_PASS.to_owned(),
        client_id: "unknown".to_owned(),
        redirect_uri,
    });
    let store = profile.store().await?;
    let known = profile.client(&settings, &store)?.build()?.diagnostics().await;
    let report = Report {
        program: env!("CARGO_PKG_VERSION"),
        library: known.library_version,
        platform: known.platform,
        profile: args.connection.profile.clone(),
        base_url: settings.base_url,
        client_id: settings.client_id,
        session: known.session,
        sessions_in: store.directory.join("sessions").display().to_string(),
        key_in: store.key_kept_in,
        trust_store: format!("{:?}", known.trust_store),
    };
    if args.json {
        return output::json(&report, false);
    }
    let key = match report.key_in {
        KeptIn::Keyring => "the system's keyring",
        KeptIn::File => "a file beside them, for its owner alone",
    };
    let rows = [
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
    for (name, value) in rows {
        output::line(format_args!("{BOLD}{name:<14}{BOLD:#}{}", output::printable(value)))?;
    }
    Ok(())
}
