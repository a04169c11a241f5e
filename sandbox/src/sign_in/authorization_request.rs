//! RFC 6749 §4.1.1: reads an authorization request.

use url::{Host, Url};

use crate::dialect::Dialect;
use crate::store::client::Client;
use crate::store::code::{self, CodeRequest};
use crate::store::registry::Registry;
use crate::wire::errors::RequestError;
use crate::wire::parameters::Parameters;
use crate::wire::scopes::OPENID;

/// How much of a wrong redirect URI the page shows, in characters.
const MAX_SHOWN: usize = 200;

/// A request that the consent page may ask the user about.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_name: String,
    /// What a code for it stands for.
    pub(crate) code_request: CodeRequest,
    pub(crate) state: Option<String>,
    /// RFC 9207: who answers. `None`: the callback does not say it.
    pub(crate) issuer: Option<String>,
}

/// Where the error is shown.
#[derive(Debug)]
pub(crate) enum InvalidRequest {
    /// On a page: the redirect URI cannot be trusted (RFC 6749 §4.1.2.1, never an open redirect).
    ShowPage(RequestError),
    /// In the app, by this redirect.
    Redirect { location: String, error: RequestError },
}

/// What a dialect asks of a request.
pub(crate) struct Rules {
    pub(crate) dialect: Dialect,
    /// RFC 9207: who answers, where the dialect says it in the callback.
    pub(crate) issuer: Option<String>,
}

impl AuthorizationRequest {
    pub(crate) fn parse(parameters: &Parameters, clients: &Registry, rules: Rules) -> Result<Self, InvalidRequest> {
        let Rules { dialect, issuer } = rules;
        let (client, redirect_uri) = recipient(parameters, clients, dialect).map_err(InvalidRequest::ShowPage)?;
        // A state sent twice is an error below; until then there is none to return.
        let state = parameters.once("state").ok().flatten();
        let redirect_error = |error: RequestError| {
            let parameters = [("error", error.code), ("error_description", error.description.as_str())];
            let location = redirect(redirect_uri, &parameters, state, issuer.as_deref());
            InvalidRequest::Redirect { location, error }
        };
        let (scopes, code_challenge) = requested_permission(parameters, client).map_err(redirect_error)?;
        let (mut nonce, mut resource) = (None, None);
        if dialect != Dialect::AiPass {
            check_openid(parameters, dialect, &scopes).map_err(redirect_error)?;
            nonce = parameters.once("nonce").map_err(redirect_error)?.map(str::to_owned);
            resource = requested_resource(parameters).map_err(redirect_error)?;
        }
        Ok(Self {
            client_name: client.name.clone(),
            code_request: CodeRequest {
                client_id: client.id.clone(),
                redirect_uri: redirect_uri.to_owned(),
                scopes,
                code_challenge,
                nonce,
                resource,
            },
            state: state.map(str::to_owned),
            issuer,
        })
    }

    /// The redirect back to the app with these parameters.
    pub(crate) fn redirect(&self, parameters: &[(&str, &str)]) -> String {
        redirect(&self.code_request.redirect_uri, parameters, self.state.as_deref(), self.issuer.as_deref())
    }
}

/// The client, and the redirect URI if it is registered for the client.
fn recipient<'a>(
    parameters: &'a Parameters,
    clients: &'a Registry,
    dialect: Dialect,
) -> Result<(&'a Client, &'a str), RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    let id =
        parameters.once("client_id")?.ok_or_else(|| invalid("The app did not say which app it is (client_id)."))?;
    let client = clients.client(id).ok_or_else(|| invalid("No app is registered under this client_id."))?;
    let uri = parameters
        .once("redirect_uri")?
        .ok_or_else(|| invalid("The app did not say where to return to (redirect_uri)."))?;
    // wire: path, case, port and trailing slash count
    let matches = |registered: &String| {
        registered == uri || (dialect == Dialect::OAuth && differ_in_loopback_port(registered, uri))
    };
    if !client.redirect_uris.iter().any(matches) {
        // Shown so that the app's developer sees the difference; as text, never as a link.
        let sent: String = uri.chars().take(MAX_SHOWN).collect();
        return Err(invalid(&format!(
            "The app asks to return to an address that is not registered for it (redirect_uri): {sent}"
        )));
    }
    Ok((client, uri))
}

fn requested_permission(parameters: &Parameters, client: &Client) -> Result<(Vec<String>, String), RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    parameters.once("state")?;
    match parameters.once("response_type")? {
        Some("code") => {}
        Some(_) => return Err(RequestError::bad_request("unsupported_response_type", "response_type must be code")),
        None => return Err(invalid("response_type is missing")),
    }
    let challenge = parameters.once("code_challenge")?.ok_or_else(|| invalid("code_challenge is missing"))?;
    // RFC 7636 §4.3: without a method, plain is meant.
    if parameters.once("code_challenge_method")? != Some("S256") {
        return Err(invalid("code_challenge_method must be S256"));
    }
    if !code::is_challenge(challenge) {
        return Err(invalid("code_challenge is not the base64url of a SHA-256 digest"));
    }
    let requested = parameters.once("scope")?.unwrap_or_default();
    let mut scopes: Vec<String> = Vec::new();
    for scope in requested.split(' ').filter(|scope| !scope.is_empty()) {
        if !client.scopes.iter().any(|allowed| allowed == scope) {
            return Err(RequestError::bad_request(
                "invalid_scope",
                "a scope is unknown, or not allowed for this client",
            ));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    if scopes.is_empty() {
        return Err(RequestError::bad_request("invalid_scope", "scope is missing"));
    }
    Ok((scopes, challenge.to_owned()))
}

/// RFC 8252 §7.3: the port of a native app's loopback redirect URI may differ from the registered one.
fn differ_in_loopback_port(registered: &str, sent: &str) -> bool {
    let (Ok(mut registered), Ok(sent)) = (Url::parse(registered), Url::parse(sent)) else { return false };
    let loopback = match registered.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    };
    loopback && registered.scheme() == "http" && registered.set_port(sent.port()).is_ok() && registered == sent
}

/// What OpenID Connect Core §3.1.2 adds to a request.
fn check_openid(parameters: &Parameters, dialect: Dialect, scopes: &[String]) -> Result<(), RequestError> {
    let refused = |code: &'static str, text: &str| Err(RequestError::bad_request(code, text));
    if parameters.once("request")?.is_some() {
        return refused("request_not_supported", "request objects are not supported");
    }
    if parameters.once("response_mode")?.is_some_and(|mode| mode != "query") {
        return refused("invalid_request", "response_mode must be query");
    }
    if parameters.once("prompt")? == Some("none") {
        return refused("login_required", "The user must be asked, and prompt=none forbids it");
    }
    if dialect == Dialect::Phaseo && !scopes.iter().any(|scope| scope == OPENID) {
        return refused("invalid_scope", "the scope openid is required");
    }
    Ok(())
}

/// RFC 8707 §2: absolute URIs without a fragment. Of several the first counts.
pub(crate) fn requested_resource(parameters: &Parameters) -> Result<Option<String>, RequestError> {
    let mut first = None;
    for (_, resource) in parameters.iter().filter(|(name, _)| *name == "resource") {
        if Url::parse(resource).is_err() || resource.contains('#') {
            return Err(RequestError::bad_request(
                "invalid_target",
                "resource must be an absolute URI without a fragment",
            ));
        }
        first.get_or_insert_with(|| resource.to_owned());
    }
    Ok(first)
}

/// Adds parameters to a redirect URI without touching the rest: a URL parser would normalise what must stay exact.
fn redirect(uri: &str, parameters: &[(&str, &str)], state: Option<&str>, issuer: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters).extend_pairs(state.map(|state| ("state", state)));
    query.extend_pairs(issuer.map(|issuer| ("iss", issuer)));
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}{}", query.finish())
}
