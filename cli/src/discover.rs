//! `aipass discover`: what a provider's server says of itself, and whether the library can use it.

use crate::args::DiscoverArgs;
use crate::failure::{Failure, Status};
use crate::foreign::printable;
use crate::output::{self, BOLD, GREEN, RED};
use crate::sign_in;
use aipass::{Error, Provider, ProviderErrorKind};
use serde::Serialize;
use serde_json::Value;

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    issuer: String,
    metadata_url: String,
    /// Whether the library can sign users in there.
    usable: bool,
    /// What keeps it from that.
    problems: Vec<String>,
    /// What an app should know.
    notes: Vec<&'static str>,
    metadata: Value,
}

pub async fn run(args: &DiscoverArgs) -> Result<(), Failure> {
    let issuer = issuer_of(&args.issuer);
    let found = Provider::examine(&issuer, sign_in::discovery_settings()).await.map_err(explained)?;
    let metadata: Value = serde_json::from_str(&found.json).unwrap_or_default();
    let report = Report {
        issuer,
        metadata_url: found.url.into(),
        usable: found.provider.is_some(),
        problems: found.problems,
        notes: notes(&metadata),
        metadata,
    };
    if args.json {
        output::json(&report, false)?;
    } else {
        print(&report)?;
    }
    if report.usable { Ok(()) } else { Err(Failure::already_shown(Status::Other)) }
}

/// The provider with this issuer.
pub async fn provider(issuer: &str) -> Result<Provider, Failure> {
    let found = Provider::discover_with(issuer, sign_in::discovery_settings()).await;
    found.map_err(explained)
}

/// What a discovery's own failures mean: what is missing is no model.
fn explained(error: Error) -> Failure {
    match &error {
        Error::Provider { kind: ProviderErrorKind::NotFound, detail, .. } => {
            Failure::other(error.code(), format!("This is no OAuth 2.0 or OpenID provider: {}.", printable(detail)))
        }
        _ => error.into(),
    }
}

/// The issuer, where the address of its metadata was given: the well-known part stands before its path or behind it.
fn issuer_of(text: &str) -> String {
    match text.split_once("/.well-known/") {
        None => text.to_owned(),
        Some((before, rest)) => format!("{before}{}", rest.find('/').map_or("", |path| &rest[path..])),
    }
}

/// What is no problem for the library, and one for some apps.
fn notes(metadata: &Value) -> Vec<&'static str> {
    let says = |member: &str| !metadata[member].is_null();
    let lists = |member: &str, item: &str| {
        metadata[member].as_array().is_some_and(|items| items.iter().any(|listed| listed == item))
    };
    let is_on = metadata["authorization_response_iss_parameter_supported"] == true;
    let notes = [
        (
            !says("code_challenge_methods_supported"),
            "It does not say that it takes PKCE; S256 is used all the same (RFC 7636).",
        ),
        (
            !is_on,
            "Callbacks do not name the issuer, so an app with several providers cannot tell them apart (RFC 9207).",
        ),
        (
            says("token_endpoint_auth_methods_supported") && !lists("token_endpoint_auth_methods_supported", "none"),
            "It does not list the authentication method none: ask whether it takes apps, which have no secret.",
        ),
        (
            says("grant_types_supported") && !lists("grant_types_supported", "refresh_token"),
            "It gives no refresh tokens: users sign in again when the access token has expired.",
        ),
        (
            !says("revocation_endpoint"),
            "It has no revocation: after sign-out the tokens live until they expire (RFC 7009).",
        ),
        (!says("userinfo_endpoint"), "It has no userinfo: the library cannot tell who is signed in."),
    ];
    notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect()
}

fn print(report: &Report) -> Result<(), Failure> {
    let metadata = &report.metadata;
    let usable = if report.usable { "yes" } else { "no" };
    output::rows(&[("issuer", &report.issuer), ("metadata", &report.metadata_url), ("usable", usable)])?;
    output::line("")?;
    let words = |member: &str| match &metadata[member] {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    let offers = |member: &str| if metadata[member].is_string() { "yes" } else { "no" };
    let or_unsaid = |words: String| if words.is_empty() { "not said".to_owned() } else { words };
    let pushed =
        match (offers("pushed_authorization_request_endpoint"), &metadata["require_pushed_authorization_requests"]) {
            ("yes", Value::Bool(true)) => "required",
            (offered, _) => offered,
        };
    let issuer_named = if metadata["authorization_response_iss_parameter_supported"] == true { "yes" } else { "no" };
    let no_proofs = |words: String| if words.is_empty() { "no".to_owned() } else { words };
    output::rows(&[
        ("PKCE", &or_unsaid(words("code_challenge_methods_supported"))),
        ("issuer in callbacks", issuer_named),
        ("grants", &or_unsaid(words("grant_types_supported"))),
        ("scopes", &or_unsaid(words("scopes_supported"))),
        ("clients", &or_unsaid(words("token_endpoint_auth_methods_supported"))),
        ("pushed requests", pushed),
        ("device sign-in", offers("device_authorization_endpoint")),
        ("revocation", offers("revocation_endpoint")),
        ("introspection", offers("introspection_endpoint")),
        ("registration", offers("registration_endpoint")),
        ("userinfo", offers("userinfo_endpoint")),
        ("id_token keys", offers("jwks_uri")),
        ("id_token algorithms", &or_unsaid(words("id_token_signing_alg_values_supported"))),
        ("sign-out page", offers("end_session_endpoint")),
        ("DPoP", &no_proofs(words("dpop_signing_alg_values_supported"))),
    ])?;
    list("Problems", &report.problems)?;
    list("Notes", &report.notes)?;
    let (color, verdict) = match report.usable {
        true => (GREEN, "The library can use this server."),
        false => (RED, "The library cannot use this server."),
    };
    output::line(format_args!("\n{color}{verdict}{color:#}"))
}

fn list(title: &str, lines: &[impl AsRef<str>]) -> Result<(), Failure> {
    if lines.is_empty() {
        return Ok(());
    }
    output::line(format_args!("\n{BOLD}{title}{BOLD:#}"))?;
    lines.iter().try_for_each(|line| output::line(format_args!("  {}", printable(line.as_ref()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_metadata_names_the_issuer_too() {
        for (given, issuer) in [
            ("https://id.example", "https://id.example"),
            ("https://id.example/tenant/", "https://id.example/tenant/"),
            ("https://id.example/.well-known/openid-configuration", "https://id.example"),
            ("https://id.example/tenant/.well-known/openid-configuration", "https://id.example/tenant"),
            ("https://id.example/.well-known/oauth-authorization-server/a/b", "https://id.example/a/b"),
        ] {
            assert_eq!(issuer_of(given), issuer);
        }
    }
}
