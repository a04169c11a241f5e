//! An OAuth 2.0 server that is no AI Pass, as the command line names it.

use crate::args::OAuthServerArgs;
use crate::failure::{Failure, Status};
use crate::sign_in;
use aipass::{AiPass, AiPassBuilder, ClientRegistration, Provider, Secret};

/// The server that the options name.
pub async fn provider(args: &OAuthServerArgs) -> Result<Provider, Failure> {
    let mut provider = match (&args.issuer, args.has_both_ends()) {
        (Some(issuer), false) => Provider::discover_with(issuer, sign_in::discovery_settings()).await?,
        (issuer, _) => by_endpoints(args, issuer.as_deref())?,
    };
    for (setting, named) in [
        (&mut provider.registration_endpoint, &args.registration_endpoint),
        (&mut provider.introspection_endpoint, &args.introspection_endpoint),
        (&mut provider.revocation_endpoint, &args.revocation_endpoint),
    ] {
        *setting = named.clone().or(setting.take());
    }
    for (setting, named) in [
        (&mut provider.authorization_endpoint, &args.authorization_endpoint),
        (&mut provider.token_endpoint, &args.token_endpoint),
    ] {
        if let Some(named) = named {
            *setting = named.clone();
        }
    }
    Ok(provider)
}

/// A server of which only these endpoints are known. The commands that need others ask for them.
fn by_endpoints(args: &OAuthServerArgs, issuer: Option<&str>) -> Result<Provider, Failure> {
    let Some(any) = args.endpoints().next() else {
        let sentence = "No server is named: give --issuer, or its endpoints, such as --registration-endpoint.";
        return Err(Failure::new(Status::Usage, "usage", sentence));
    };
    let issuer = issuer.map_or_else(|| any.origin().ascii_serialization(), str::to_owned);
    Ok(Provider::custom(&issuer, any.as_str(), any.as_str())?)
}

/// A client at this server, not built yet. Its session lives in memory.
pub fn client(provider: Provider, id: &str, secret: Option<Secret>, redirect_uri: &str) -> AiPassBuilder {
    let builder = AiPass::builder(id, redirect_uri).provider(provider).config(sign_in::config());
    match secret {
        Some(secret) => builder.client_secret(secret),
        None => builder,
    }
}

/// Registrations at this server.
pub fn registration(provider: Provider) -> Result<ClientRegistration, Failure> {
    Ok(ClientRegistration::at(provider, sign_in::config(), None, cfg!(debug_assertions))?)
}

/// The secret that an environment variable has. On the command line other programs could read it.
pub fn secret_of(variable: &str) -> Result<Secret, Failure> {
    match std::env::var(variable).map(|value| value.trim().to_owned()) {
        Ok(value) if !value.is_empty() => Ok(Secret::new(value)),
        _ => {
            let sentence =
                format!("The environment variable {variable} is not set, or is empty: put the secret there.");
            Err(Failure::new(Status::Usage, "usage", sentence))
        }
    }
}

/// The same of an option that need not be given.
pub fn secret_if_named(variable: Option<&String>) -> Result<Option<Secret>, Failure> {
    variable.map(|variable| secret_of(variable)).transpose()
}
