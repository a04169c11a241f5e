//! `aipass setup`: from a registered app to what its iOS and Android projects need.

use crate::args::{ProviderName, SetupArgs};
use crate::failure::{Failure, Status};
use crate::output::{self, BOLD, printable};
use crate::profile::{Profile, Settings};
use crate::sign_in;
use crate::well_known::DASHBOARD;
use aipass::{Error, ProviderErrorKind, SignInOptions};
use serde::Serialize;
use tokio::io::BufReader;
use url::Url;

/// A code that no sign-in gave: the provider refuses it, and says whether it knows the client.
const NO_CODE: &str = "aipass-setup-check";

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    register_at: String,
    client_id: &'a str,
    redirect_uri: &'a str,
    /// `null` if the provider did not say, or was not asked.
    client_is_known: Option<bool>,
    /// What to paste; `null` if nothing is needed.
    info_plist: Option<String>,
    entitlements: Option<String>,
    android_manifest: Option<String>,
}

pub async fn run(args: &SetupArgs) -> Result<(), Failure> {
    let pasted = Pasted::of(&args.redirect_uri)?;
    let register_at = register_at(args);
    output::note(format_args!(
        "{BOLD}Register the app{BOLD:#} {register_at}, with exactly this redirect URI:\n\n  {}\n",
        args.redirect_uri
    ));
    let mut connection = args.connection.clone();
    if connection.client_id.is_none() {
        output::note(format_args!("{BOLD}Paste the client id that it shows, and press Enter:{BOLD:#}"));
        let mut input = BufReader::new(tokio::io::stdin());
        let pasted = sign_in::read_line(&mut input).await?.map(|line| line.trim().to_owned());
        connection.client_id = Some(pasted.filter(|id| !id.is_empty()).ok_or_else(no_client_id)?);
    }
    let settings = Profile::open(&connection)?.settings_for(&connection, &args.provider, &args.redirect_uri)?;
    let client_is_known = if args.no_check { None } else { check(&settings).await? };
    let report = Report {
        register_at,
        client_id: &settings.client_id,
        redirect_uri: &settings.redirect_uri,
        client_is_known,
        info_plist: pasted.info_plist(),
        entitlements: pasted.entitlements(),
        android_manifest: pasted.android_manifest(),
    };
    if args.json { output::json(&report, false) } else { print(&report, args.no_check) }
}

/// Where developers register their apps, as part of a sentence.
fn register_at(args: &SetupArgs) -> String {
    let named = args.provider.issuer.as_ref().or(args.connection.base_url.as_ref());
    match (args.provider.provider, named) {
        (Some(ProviderName::Phaseo), _) => "in Phaseo's dashboard, below Settings, OAuth Apps".to_owned(),
        (_, Some(provider)) => format!("with {}", printable(provider)),
        (_, None) => format!("at {DASHBOARD}"),
    }
}

/// Whether the provider knows the client; `None` if it does not say.
async fn check(settings: &Settings) -> Result<Option<bool>, Failure> {
    let provider = settings.provider().await?;
    let issuer = provider.authorization_response_iss.then(|| provider.issuer.clone());
    let ai = sign_in::builder_of(provider, &settings.client_id, &settings.redirect_uri).build()?;
    let request = ai.begin_sign_in(SignInOptions::default()).await?;
    let state = request.url.query_pairs().find(|(name, _)| name == "state").map(|(_, state)| state.into_owned());
    // A provider that takes the parameters ahead leaves nothing in the URL to answer.
    let Some(state) = state else { return Ok(None) };
    let mut callback = Url::parse(&settings.redirect_uri).map_err(|_| not_a_uri())?;
    callback.query_pairs_mut().append_pair("code", NO_CODE).append_pair("state", &state);
    if let Some(issuer) = issuer {
        callback.query_pairs_mut().append_pair("iss", &issuer);
    }
    match ai.complete_sign_in(callback.into()).await {
        Err(Error::Provider { kind: ProviderErrorKind::RedirectUriRefused, .. }) => {
            let sentence =
                "The provider does not know this redirect URI: register exactly the one that is shown above.";
            Err(Failure::new(Status::Usage, "redirect_uri_unknown", sentence))
        }
        Err(Error::Provider { provider_code: Some(code), detail, .. }) => match code.as_str() {
            "invalid_client" | "unauthorized_client" => {
                let sentence = format!(
                    "The provider does not know this client id ({}): copy it again.",
                    printable(detail.trim_end_matches('.'))
                );
                Err(Failure::new(Status::Usage, "client_id_unknown", sentence))
            }
            "invalid_grant" => Ok(Some(true)),
            _ => Ok(None),
        },
        Err(Error::Provider { .. }) | Ok(()) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn print(report: &Report<'_>, unasked: bool) -> Result<(), Failure> {
    let known = match report.client_is_known {
        Some(_) => "known to the provider",
        None if unasked => "not checked",
        None => "the provider does not say whether it knows it",
    };
    output::rows(&[("client id", report.client_id), ("", known), ("redirect URI", report.redirect_uri)])?;
    let parts = [
        ("Info.plist, for iOS and macOS", &report.info_plist),
        ("The entitlements, for iOS and macOS", &report.entitlements),
        ("AndroidManifest.xml, below <application>", &report.android_manifest),
    ];
    for (title, text) in parts.iter().filter_map(|(title, text)| text.as_ref().map(|text| (title, text))) {
        output::line(format_args!("\n{BOLD}{title}{BOLD:#}\n\n{text}"))?;
    }
    if parts.iter().all(|(_, text)| text.is_none()) {
        output::line("\nA redirect to this machine needs nothing in the app's projects.")?;
    }
    Ok(())
}

/// The redirect URI, as projects name its parts.
struct Pasted(Url);

impl Pasted {
    fn of(redirect_uri: &str) -> Result<Self, Failure> {
        Url::parse(redirect_uri).map(Self).map_err(|_| not_a_uri())
    }

    fn is_web(&self) -> bool {
        matches!(self.0.scheme(), "http" | "https")
    }

    /// A scheme of the app's own.
    fn info_plist(&self) -> Option<String> {
        let scheme = escaped(self.0.scheme());
        let lines = [
            "<key>CFBundleURLTypes</key>",
            "<array>",
            "    <dict>",
            "        <key>CFBundleURLSchemes</key>",
            "        <array>",
            &format!("            <string>{scheme}</string>"),
            "        </array>",
            "    </dict>",
            "</array>",
        ]
        .join("\n");
        (!self.is_web()).then_some(lines)
    }

    /// An https address of the app's domain.
    fn entitlements(&self) -> Option<String> {
        let host = self.0.host_str().filter(|_| self.0.scheme() == "https")?;
        let lines = [
            "<key>com.apple.developer.associated-domains</key>",
            "<array>",
            &format!("    <string>webcredentials:{}</string>", escaped(host)),
            "</array>",
        ];
        Some(lines.join("\n"))
    }

    fn android_manifest(&self) -> Option<String> {
        if self.0.scheme() == "http" {
            return None;
        }
        let attribute = |name: &str, value: &str| format!("            android:{name}=\"{}\"", escaped(value));
        let host = self.0.host_str().filter(|host| !host.is_empty());
        // Android compares a path only below a host.
        let path = host.map(|_| self.0.path()).filter(|path| !matches!(*path, "" | "/"));
        let data: Vec<String> = [("host", host), ("path", path), ("scheme", Some(self.0.scheme()))]
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| attribute(name, value)))
            .collect();
        let verified = if self.is_web() { " android:autoVerify=\"true\"" } else { "" };
        Some(format!(
            "<activity\n    android:name=\"one.aipass.mobile.SignInCallbackActivity\"\n    android:exported=\"true\">\n    \
             <intent-filter{verified}>\n        <action android:name=\"android.intent.action.VIEW\" />\n        \
             <category android:name=\"android.intent.category.DEFAULT\" />\n        \
             <category android:name=\"android.intent.category.BROWSABLE\" />\n        <data\n{} />\n    \
             </intent-filter>\n</activity>",
            data.join("\n")
        ))
    }
}

fn no_client_id() -> Failure {
    Failure::new(Status::Usage, "usage", "There is no client id: run this again, and paste it or give --client-id.")
}

fn not_a_uri() -> Failure {
    Failure::new(
        Status::Usage,
        "invalid_input",
        "--redirect-uri cannot be used: it is no URI, such as myapp://auth/callback.",
    )
}

/// As XML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(uri: &str) -> Pasted {
        Pasted::of(uri).unwrap_or_else(|failure| panic!("{}", failure.sentence))
    }

    // A6
    #[test]
    fn each_kind_of_redirect_uri_gets_what_it_needs() {
        let own = pasted("com.example.app://auth/callback");
        assert!(own.info_plist().unwrap().contains("<string>com.example.app</string>"));
        let manifest = own.android_manifest().unwrap();
        for attribute in ["host=\"auth\"", "path=\"/callback\"", "scheme=\"com.example.app\""] {
            assert!(manifest.contains(&format!("android:{attribute}")), "{manifest}");
        }
        assert!(own.entitlements().is_none() && !manifest.contains("autoVerify"));

        let link = pasted("https://app.example/auth?a=1&b=2");
        assert!(link.info_plist().is_none());
        assert!(link.entitlements().unwrap().contains("webcredentials:app.example"));
        assert!(link.android_manifest().unwrap().contains("<intent-filter android:autoVerify=\"true\">"));

        let hostless = pasted("com.example.app:/cb").android_manifest().unwrap();
        assert!(
            hostless.contains("android:scheme=\"com.example.app\"") && !hostless.contains("android:path"),
            "{hostless}"
        );

        let loopback = pasted("http://127.0.0.1:8252/callback");
        assert_eq!((loopback.info_plist(), loopback.entitlements(), loopback.android_manifest()), (None, None, None));
        assert!(pasted("myapp://a/b'\"&c").android_manifest().unwrap().contains("&amp;c"));
    }
}
