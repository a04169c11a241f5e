//! What a server says of itself: where its metadata is, and what of it becomes a [`Provider`].
//!
//! | member | becomes | standard |
//! |---|---|---|
//! | `issuer` | is compared with the one asked for, byte for byte | [RFC 8414 3.3](https://www.rfc-editor.org/rfc/rfc8414#section-3.3) |
//! | `…_endpoint`, `jwks_uri` | the endpoint; refused in clear and in a local network | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2) |
//! | `response_types_supported` | refused without `code` | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2) |
//! | `response_modes_supported` | refused without `query`: nothing else of a callback is read | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2) |
//! | `grant_types_supported` | refused without `authorization_code` | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2) |
//! | `code_challenge_methods_supported` | refused if it names methods and not `S256` | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2), [RFC 7636 4.3](https://www.rfc-editor.org/rfc/rfc7636#section-4.3) |
//! | `token_endpoint_auth_methods_supported` | `client_secret_basic` if it is there or nothing is said, else `client_secret_post` | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2) |
//! | `authorization_response_iss_parameter_supported` | whether a callback without `iss` is refused | [RFC 9207 3](https://www.rfc-editor.org/rfc/rfc9207#section-3) |
//! | `require_pushed_authorization_requests` | whether requests are sent ahead | [RFC 9126 5](https://www.rfc-editor.org/rfc/rfc9126#section-5) |
//! | `require_signed_request_object` | refused if `true`: the library signs none | [RFC 9101 10.5](https://www.rfc-editor.org/rfc/rfc9101#section-10.5) |
//! | `id_token_signing_alg_values_supported` | the algorithms that may sign an id_token | [OpenID Connect Discovery 3](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata) |
//! | `dpop_signing_alg_values_supported` | the algorithms that may sign a proof | [RFC 9449 5.1](https://www.rfc-editor.org/rfc/rfc9449#section-5.1) |
//! | `scopes_supported` | `openid` is asked for if it is there and the app names no scope; nothing else is | [RFC 8414 2](https://www.rfc-editor.org/rfc/rfc8414#section-2) |
//!
//! A member that is `null`, or an endpoint that is an empty text, counts as not there. One of another type is refused by its name:
//! a guess could switch off a check. Members that are not in the table are not read. `signed_metadata` is one of them, which RFC
//! 8414 2.1 allows.

use crate::error::Error;
use crate::json::Object;
use crate::provider::{ClientAuthentication, Provider, check_transport, strict_endpoint};
use crate::redaction;
use serde::Deserialize;
use url::Url;

/// The largest document that is read, in bytes (P4). Those in use have one to ten thousand.
pub(crate) const MAX_DOCUMENT: usize = 256 * 1024;
/// The most items of a list that is read.
const MAX_ITEMS: usize = 1024;
/// The longest text that is read, in bytes.
const MAX_TEXT: usize = 2048;

/// Where the metadata of an issuer may be, the likeliest first: by RFC 8414 3.1 the well-known path stands before the issuer's
/// own path, by OpenID Connect Discovery 4.1 behind it, and servers mix the two ([RFC 8414 5](https://www.rfc-editor.org/rfc/rfc8414#section-5)).
pub(crate) fn addresses(issuer: &Url) -> Vec<Url> {
    const OAUTH: &str = "/.well-known/oauth-authorization-server";
    const OPENID: &str = "/.well-known/openid-configuration";
    let path = issuer.path().trim_end_matches('/');
    let paths =
        [format!("{OAUTH}{path}"), format!("{path}{OPENID}"), format!("{OPENID}{path}"), format!("{path}{OAUTH}")];
    let mut addresses = Vec::new();
    for path in paths {
        let mut address = issuer.clone();
        address.set_path(&path);
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

/// Why a document says nothing of the issuer. Another one of its addresses may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoMetadata {
    /// A page, for example.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// The texts are cleaned for display.
    #[error("issuer: it is {found:?}, and {asked:?} was asked for; they must be equal to the byte")]
    OtherIssuer { found: String, asked: String },
}

/// Why the library cannot use the server: a member of its metadata, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{member}: {why}")]
pub(crate) struct Problem {
    pub member: String,
    pub why: String,
}

/// The metadata of the issuer that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Metadata {
    /// What can be read as a provider; `None` without the endpoints of a sign-in.
    provider: Option<Provider>,
    /// Why it must not be used; empty if it may be.
    pub problems: Vec<Problem>,
    /// The document, with each member once.
    pub json: String,
}

impl Metadata {
    /// The provider, unless there is a problem with it: then the first one.
    pub fn provider(self) -> Result<Provider, Problem> {
        let missing = || Problem { member: "token_endpoint".to_owned(), why: "it is missing".to_owned() };
        match self.problems.into_iter().next() {
            Some(problem) => Err(problem),
            None => self.provider.ok_or_else(missing),
        }
    }
}

/// Reads a document that was found at one of the issuer's [`addresses`].
pub(crate) fn read(issuer: &str, document: &[u8], development_hosts: &[String]) -> Result<Metadata, NoMetadata> {
    let text = std::str::from_utf8(document).map_err(|_| NoMetadata::NotAnObject)?;
    let text = text.trim_start_matches('\u{feff}');
    let members: Object<'_> = serde_json::from_str(text).map_err(|_| NoMetadata::NotAnObject)?;
    let json = members.to_json();
    let mut reader = Reader { members, development_hosts, problems: Vec::new() };
    let found = reader.text("issuer").unwrap_or_default();
    if found != issuer {
        let shown = |text: &str| redaction::scrub(text, &[]);
        return Err(NoMetadata::OtherIssuer { found: shown(&found), asked: shown(issuer) });
    }
    let provider = reader.provider(issuer);
    let mut problems = reader.problems;
    if let (Some(provider), true) = (&provider, problems.is_empty()) {
        let checked = provider.check(development_hosts).and_then(|()| provider.check_discovered());
        problems.extend(checked.err().map(problem_of));
    }
    Ok(Metadata { provider, problems, json })
}

/// What the checks of a provider say, about the member of the same name.
fn problem_of(error: Error) -> Problem {
    match error {
        Error::InvalidInput { input, detail } => Problem { member: input, why: detail },
        other => Problem { member: "metadata".to_owned(), why: other.to_string() },
    }
}

/// Reads members one by one, and notes what is wrong with them.
struct Reader<'a> {
    members: Object<'a>,
    development_hosts: &'a [String],
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn provider(&mut self, issuer: &str) -> Option<Provider> {
        let authorization_endpoint = self.required_endpoint("authorization_endpoint");
        let token_endpoint = self.required_endpoint("token_endpoint");
        self.must_list("response_types_supported", "code");
        self.must_list("response_modes_supported", "query");
        self.must_list("grant_types_supported", "authorization_code");
        self.must_list("code_challenge_methods_supported", "S256");
        if self.flag("require_signed_request_object") {
            self.refuse("require_signed_request_object", "the library signs no requests");
        }
        let rest = Provider {
            client_authentication: self.client_authentication(),
            revocation_endpoint: self.endpoint("revocation_endpoint"),
            userinfo_endpoint: self.endpoint("userinfo_endpoint"),
            default_scopes: self.default_scopes(),
            authorization_response_iss: self.flag("authorization_response_iss_parameter_supported"),
            device_authorization_endpoint: self.endpoint("device_authorization_endpoint"),
            pushed_authorization_request_endpoint: self.endpoint("pushed_authorization_request_endpoint"),
            require_pushed_authorization_requests: self.flag("require_pushed_authorization_requests"),
            introspection_endpoint: self.endpoint("introspection_endpoint"),
            registration_endpoint: self.endpoint("registration_endpoint"),
            jwks_uri: self.endpoint("jwks_uri"),
            id_token_signing_algorithms: self.list("id_token_signing_alg_values_supported").unwrap_or_default(),
            end_session_endpoint: self.endpoint("end_session_endpoint"),
            dpop_signing_algorithms: self.list("dpop_signing_alg_values_supported").unwrap_or_default(),
            ..Provider::standard(issuer, authorization_endpoint?, token_endpoint?)
        };
        Some(rest)
    }

    /// How a client with a secret names itself. A server that lists neither way takes none of them from an app, which has no secret.
    fn client_authentication(&mut self) -> ClientAuthentication {
        let methods = self.list("token_endpoint_auth_methods_supported").unwrap_or_default();
        if methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic") {
            ClientAuthentication::Basic
        } else {
            ClientAuthentication::Post
        }
    }

    /// A server that offers OpenID Connect tells who the user is only if it is asked for `openid`. To ask for every scope that
    /// a server has would ask the user for more than the app needs.
    fn default_scopes(&mut self) -> Vec<String> {
        let scopes = self.list("scopes_supported").unwrap_or_default();
        scopes.into_iter().find(|scope| scope == "openid").into_iter().collect()
    }

    /// Refuses a list that names something, and not this. A list that is not there or empty says nothing.
    fn must_list(&mut self, name: &'static str, needed: &str) {
        let items = self.list(name).unwrap_or_default();
        if !items.is_empty() && !items.iter().any(|item| item == needed) {
            self.refuse(name, format!("{needed} is not among them"));
        }
    }

    fn required_endpoint(&mut self, name: &'static str) -> Option<Url> {
        let known = self.problems.len();
        let endpoint = self.endpoint(name);
        if endpoint.is_none() && self.problems.len() == known {
            self.refuse(name, "it is missing");
        }
        endpoint
    }

    fn endpoint(&mut self, name: &'static str) -> Option<Url> {
        let text = self.text(name).filter(|text| !text.is_empty())?;
        let checked = strict_endpoint(name, &text)
            .and_then(|url| check_transport(name, &url, self.development_hosts).map(|()| url));
        checked.map_err(|error| self.problems.push(problem_of(error))).ok()
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        let text: String = self.value(name, "a text")?;
        if text.len() > MAX_TEXT {
            self.refuse(name, format!("it is longer than {MAX_TEXT} bytes"));
            return None;
        }
        Some(text)
    }

    fn flag(&mut self, name: &'static str) -> bool {
        self.value(name, "true or false").unwrap_or_default()
    }

    fn list(&mut self, name: &'static str) -> Option<Vec<String>> {
        let items: Vec<String> = self.value(name, "a list of texts")?;
        if items.len() > MAX_ITEMS || items.iter().any(|item| item.len() > MAX_TEXT) {
            self.refuse(
                name,
                format!("it has more than {MAX_ITEMS} items, or one that is longer than {MAX_TEXT} bytes"),
            );
            return None;
        }
        Some(items)
    }

    /// A member of this type. `null` is not there.
    fn value<T: Deserialize<'a>>(&mut self, name: &'static str, form: &str) -> Option<T> {
        let json = self.members.get(name)?.get();
        if json == "null" {
            return None;
        }
        let value = serde_json::from_str(json);
        value.map_err(|_| self.refuse(name, format!("it is not {form}"))).ok()
    }

    fn refuse(&mut self, member: &'static str, why: impl Into<String>) {
        self.problems.push(Problem { member: member.to_owned(), why: why.into() });
    }
}

#[cfg(test)]
mod tests;
