//! What the command line says about an OAuth 2.0 server that is no AI Pass.

use clap::Args;
use url::Url;

/// A server, by its issuer or by its endpoints.
#[derive(Debug, Clone, Default, Args)]
pub struct OAuthServerArgs {
    /// The server's issuer; its metadata names its endpoints, unless both of the next two are given
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,

    /// Where the browser goes
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub authorization_endpoint: Option<Url>,

    /// Where codes and refresh tokens are exchanged
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub token_endpoint: Option<Url>,

    /// Where clients register themselves
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub registration_endpoint: Option<Url>,

    /// Where a token's state is asked for
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub introspection_endpoint: Option<Url>,

    /// Where tokens are revoked
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub revocation_endpoint: Option<Url>,
}

impl OAuthServerArgs {
    /// The endpoints that are named.
    pub fn endpoints(&self) -> impl Iterator<Item = &Url> {
        let all = [
            &self.authorization_endpoint,
            &self.token_endpoint,
            &self.registration_endpoint,
            &self.introspection_endpoint,
            &self.revocation_endpoint,
        ];
        all.into_iter().flatten()
    }

    /// Whether a sign-in needs no metadata.
    pub fn has_both_ends(&self) -> bool {
        self.authorization_endpoint.is_some() && self.token_endpoint.is_some()
    }

    pub fn is_named(&self) -> bool {
        self.issuer.is_some() || self.endpoints().next().is_some()
    }
}

/// A URL that secrets may go to: https, or http on this machine.
fn endpoint(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "it is no address such as https://example.com/register")?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if aipass_sandbox::is_loopback(&url) => Ok(url),
        _ => Err("it must begin with https://; plain http is for this machine alone"),
    }
}
