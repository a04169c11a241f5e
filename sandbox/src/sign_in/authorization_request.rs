//! RFC 6749 §4.1.1: an authorization request, and what is wrong with it.

use crate::clients::{Client, Registry};
use crate::server::parameters::Parameters;
use crate::server::refusal::Refusal;
use crate::sign_in::pkce;

/// So much of a wrong redirect URI is shown, in characters.
const MAX_SHOWN: usize = 200;

/// A request that the user may be asked about.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) client_name: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: Option<String>,
    pub(crate) code_challenge: String,
}

/// Who hears of the error.
#[derive(Debug)]
pub(crate) enum InvalidRequest {
    /// The user, on a page: the redirect URI is not to be trusted (RFC 6749 §4.1.2.1, never an open redirect).
    TellUser(Refusal),
    /// The app, by this redirect.
    TellApp(String),
}

impl AuthorizationRequest {
    pub(crate) fn parse(query: &str, clients: &Registry) -> Result<Self, InvalidRequest> {
        let parameters = Parameters::parse(query.as_bytes());
        let (client, redirect_uri) = recipient(&parameters, clients).map_err(InvalidRequest::TellUser)?;
        // A state sent twice is refused below; until then there is none to give back.
        let state = parameters.once("state").ok().flatten();
        let tell_app = |refusal: Refusal| {
            let error = [("error", refusal.code), ("error_description", refusal.description.as_str())];
            InvalidRequest::TellApp(redirect(redirect_uri, &error, state))
        };
        let (scopes, code_challenge) = permission_asked(&parameters, client).map_err(tell_app)?;
        Ok(Self {
            client_id: client.id.clone(),
            client_name: client.name.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes,
            state: state.map(str::to_owned),
            code_challenge,
        })
    }

    /// The redirect that answers this request.
    pub(crate) fn answer(&self, parameters: &[(&str, &str)]) -> String {
        redirect(&self.redirect_uri, parameters, self.state.as_deref())
    }
}

/// The client, and the redirect URI that is surely its own.
fn recipient<'a>(parameters: &'a Parameters, clients: &'a Registry) -> Result<(&'a Client, &'a str), Refusal> {
    let refused = |text: &str| Refusal::bad_request("invalid_request", text);
    let id =
        parameters.once("client_id")?.ok_or_else(|| refused("The app did not say which app it is (client_id)."))?;
    let client = clients.client(id).ok_or_else(|| refused("No app is registered under this client_id."))?;
    let uri = parameters
        .once("redirect_uri")?
        .ok_or_else(|| refused("The app did not say where to return to (redirect_uri)."))?;
    // wire: path, case, port and trailing slash count
    if !client.redirect_uris.iter().any(|registered| registered == uri) {
        // Shown so that the app's developer sees the difference; a text, and never a link.
        let asked: String = uri.chars().take(MAX_SHOWN).collect();
        return Err(refused(&format!(
            "The app asks to return to an address that is not registered for it (redirect_uri): {asked}"
        )));
    }
    Ok((client, uri))
}

fn permission_asked(parameters: &Parameters, client: &Client) -> Result<(Vec<String>, String), Refusal> {
    let invalid = |text: &str| Refusal::bad_request("invalid_request", text);
    parameters.once("state")?;
    match parameters.once("response_type")? {
        Some("code") => {}
        Some(_) => return Err(Refusal::bad_request("unsupported_response_type", "response_type must be code")),
        None => return Err(invalid("response_type is missing")),
    }
    let challenge = parameters.once("code_challenge")?.ok_or_else(|| invalid("code_challenge is missing"))?;
    // RFC 7636 §4.3: without a method, plain is meant.
    if parameters.once("code_challenge_method")? != Some("S256") {
        return Err(invalid("code_challenge_method must be S256"));
    }
    if !pkce::is_challenge(challenge) {
        return Err(invalid("code_challenge is not the base64url of a SHA-256 digest"));
    }
    let asked = parameters.once("scope")?.unwrap_or_default();
    let mut scopes: Vec<String> = Vec::new();
    for scope in asked.split(' ').filter(|scope| !scope.is_empty()) {
        if !client.scopes.iter().any(|allowed| allowed == scope) {
            return Err(Refusal::bad_request("invalid_scope", "a scope is unknown, or not allowed for this client"));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    if scopes.is_empty() {
        return Err(Refusal::bad_request("invalid_scope", "scope is missing"));
    }
    Ok((scopes, challenge.to_owned()))
}

/// Adds parameters to a redirect URI without touching the rest: a URL parser would normalise what must stay exact.
fn redirect(uri: &str, parameters: &[(&str, &str)], state: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters).extend_pairs(state.map(|state| ("state", state)));
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}{}", query.finish())
}
