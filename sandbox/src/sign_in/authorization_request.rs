//! RFC 6749 §4.1.1: reads an authorization request.

use crate::store::client::Client;
use crate::store::code::{self, CodeRequest};
use crate::store::registry::Registry;
use crate::wire::errors::RequestError;
use crate::wire::parameters::Parameters;

/// How much of a wrong redirect URI the page shows, in characters.
const MAX_SHOWN: usize = 200;

/// A request that the consent page may ask the user about.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_name: String,
    /// What a code for it stands for.
    pub(crate) code_request: CodeRequest,
    pub(crate) state: Option<String>,
}

/// Where the error is shown.
#[derive(Debug)]
pub(crate) enum InvalidRequest {
    /// On a page: the redirect URI cannot be trusted (RFC 6749 §4.1.2.1, never an open redirect).
    ShowPage(RequestError),
    /// In the app, by this redirect.
    Redirect(String),
}

impl AuthorizationRequest {
    pub(crate) fn parse(query: &str, clients: &Registry) -> Result<Self, InvalidRequest> {
        let parameters = Parameters::parse(query.as_bytes());
        let (client, redirect_uri) = recipient(&parameters, clients).map_err(InvalidRequest::ShowPage)?;
        // A state sent twice is an error below; until then there is none to return.
        let state = parameters.once("state").ok().flatten();
        let redirect_error = |error: RequestError| {
            let parameters = [("error", error.code), ("error_description", error.description.as_str())];
            InvalidRequest::Redirect(redirect(redirect_uri, &parameters, state))
        };
        let (scopes, code_challenge) = requested_permission(&parameters, client).map_err(redirect_error)?;
        Ok(Self {
            client_name: client.name.clone(),
            code_request: CodeRequest {
                client_id: client.id.clone(),
                redirect_uri: redirect_uri.to_owned(),
                scopes,
                code_challenge,
            },
            state: state.map(str::to_owned),
        })
    }

    /// The redirect back to the app with these parameters.
    pub(crate) fn redirect(&self, parameters: &[(&str, &str)]) -> String {
        redirect(&self.code_request.redirect_uri, parameters, self.state.as_deref())
    }
}

/// The client, and the redirect URI if it is registered for the client.
fn recipient<'a>(parameters: &'a Parameters, clients: &'a Registry) -> Result<(&'a Client, &'a str), RequestError> {
    let invalid = |text: &str| RequestError::bad_request("invalid_request", text);
    let id =
        parameters.once("client_id")?.ok_or_else(|| invalid("The app did not say which app it is (client_id)."))?;
    let client = clients.client(id).ok_or_else(|| invalid("No app is registered under this client_id."))?;
    let uri = parameters
        .once("redirect_uri")?
        .ok_or_else(|| invalid("The app did not say where to return to (redirect_uri)."))?;
    // wire: path, case, port and trailing slash count
    if !client.redirect_uris.iter().any(|registered| registered == uri) {
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

/// Adds parameters to a redirect URI without touching the rest: a URL parser would normalise what must stay exact.
fn redirect(uri: &str, parameters: &[(&str, &str)], state: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters).extend_pairs(state.map(|state| ("state", state)));
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}{}", query.finish())
}
