//! Builds the authorization URL that the browser opens: [RFC 6749 4.1.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1), with the code challenge of
//! [RFC 7636 4.3](https://www.rfc-editor.org/rfc/rfc7636#section-4.3).

use super::pkce::code_challenge;
use super::redirect_uri::RedirectUri;
use super::resource;
use crate::error::{Error, Result};
use crate::provider::Provider;
use crate::secret::Secret;
use url::Url;

/// Parameters of the protocol. An app's extra parameters cannot replace them.
const OWN_PARAMETERS: [&str; 13] = [
    "client_id",
    "client_secret",
    "response_type",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "response_mode",
    "resource",
    "dpop_jkt",
    // A request object (RFC 9101, RFC 9126) would replace all of the others.
    "request",
    "request_uri",
];

/// The parameters of an authorization request.
pub(crate) struct AuthorizationRequest<'a> {
    pub client_id: &'a str,
    pub redirect_uri: &'a RedirectUri,
    pub scopes: &'a [String],
    pub state: &'a Secret,
    pub code_verifier: &'a Secret,
    /// Where the tokens are to be used (RFC 8707).
    pub resources: &'a [String],
    /// The thumbprint of the key that the code and its tokens are to be bound to
    /// ([RFC 9449 10](https://www.rfc-editor.org/rfc/rfc9449#section-10)).
    pub dpop_jkt: Option<&'a str>,
    /// `login_hint`, `prompt` and further parameters of the app.
    pub extra: &'a [(String, String)],
}

impl AuthorizationRequest<'_> {
    /// The URL to open.
    ///
    /// # Errors
    /// Those of [`parameters`](Self::parameters).
    pub fn url(&self, provider: &Provider) -> Result<Url> {
        let parameters = self.parameters()?;
        let mut url = provider.authorization_endpoint.clone();
        url.query_pairs_mut().append_pair("client_id", self.client_id).extend_pairs(parameters);
        Ok(url)
    }

    /// All parameters but `client_id`.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if an extra parameter would replace one of the protocol's, a scope has a space, or a resource is
    /// no absolute URI.
    pub fn parameters(&self) -> Result<Vec<(String, String)>> {
        if let Some((name, _)) = self.extra.iter().find(|(name, _)| OWN_PARAMETERS.contains(&name.as_str())) {
            return Err(Error::invalid_input("extra_parameters", format!("{name} is set by the library")));
        }
        check_scopes(self.scopes)?;
        resource::check(self.resources)?;
        let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut parameters = vec![own("response_type", "code"), own("redirect_uri", self.redirect_uri.as_str())];
        if !self.scopes.is_empty() {
            parameters.push(own("scope", &self.scopes.join(" ")));
        }
        parameters.push(own("state", self.state.expose()));
        parameters.push(own("code_challenge", &code_challenge(self.code_verifier)));
        parameters.push(own("code_challenge_method", "S256"));
        parameters.extend(self.resources.iter().map(|resource| own("resource", resource)));
        parameters.extend(self.dpop_jkt.map(|thumbprint| own("dpop_jkt", thumbprint)));
        parameters.extend_from_slice(self.extra);
        Ok(parameters)
    }
}

/// Refuses what is not one scope an item ([RFC 6749 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)).
pub(crate) fn check_scopes(scopes: &[String]) -> Result<()> {
    let bad_scope = |scope: &&String| scope.is_empty() || scope.contains(|c: char| !c.is_ascii_graphic());
    match scopes.iter().find(bad_scope) {
        Some(scope) => {
            let detail = format!("{scope:?} is not one scope: pass each as its own item");
            Err(Error::invalid_input("scopes", detail))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn url(scopes: &[&str], extra: &[(&str, &str)]) -> Result<Url> {
        let scopes: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        let extra: Vec<_> = extra.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        AuthorizationRequest {
            client_id: "client_123",
            redirect_uri: &RedirectUri::parse("myapp://auth/callback").unwrap(),
            scopes: &scopes,
            state: &Secret::new("STATE"),
            code_verifier: &Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            resources: &[],
            dpop_jkt: None,
            extra: &extra,
        }
        .url(&Provider::ai_pass())
    }

    // A1
    #[test]
    fn the_url_is_the_one_the_provider_documents() {
        let url = url(&["api:access", "profile:read"], &[("login_hint", "a@example.com")]).unwrap();
        assert!(url.as_str().starts_with("https://aipass.one/oauth2/authorize?"));
        let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
        let expected = [
            ("client_id", "client_123"),
            ("response_type", "code"),
            ("redirect_uri", "myapp://auth/callback"),
            ("scope", "api:access profile:read"),
            ("state", "STATE"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"),
            ("login_hint", "a@example.com"),
        ];
        assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    }

    // A1
    #[test]
    fn an_app_cannot_weaken_the_request() {
        for name in OWN_PARAMETERS {
            assert!(matches!(url(&["a"], &[(name, "plain")]), Err(Error::InvalidInput { .. })), "{name}");
        }
        assert!(url(&["api:access profile:read"], &[]).is_err());
    }
}
