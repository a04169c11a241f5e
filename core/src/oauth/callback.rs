//! Reads the URL that the browser came back with (RFC 6749 4.1.2, RFC 9207).
//!
//! Reading acts on nothing: whoever calls this checks `state`, then `issuer`, and only then looks at the outcome (A3).

use super::redirect_uri::RedirectUri;
use crate::error::CallbackErrorKind;
use crate::provider::LoopbackPort;
use crate::secret::Secret;
use url::{Url, form_urlencoded};

/// Longer callbacks are refused unread (A7).
pub(crate) const MAX_CALLBACK_BYTES: usize = 8192;

/// What a callback says.
#[derive(Debug)]
pub(crate) struct Callback {
    pub state: Secret,
    pub issuer: Option<String>,
    pub outcome: Outcome,
}

/// How the provider's page was left.
#[derive(Debug)]
pub(crate) enum Outcome {
    Code(Secret),
    Refused { code: String, description: Option<String> },
}

/// Reads a callback to this redirect URI.
pub(crate) fn read(
    callback_url: &str,
    redirect_uri: &RedirectUri,
    loopback_port: LoopbackPort,
) -> Result<Callback, CallbackErrorKind> {
    if callback_url.len() > MAX_CALLBACK_BYTES {
        return Err(CallbackErrorKind::TooLong);
    }
    if callback_url.chars().any(|c| c.is_control() || c.is_whitespace()) || Url::parse(callback_url).is_err() {
        return Err(CallbackErrorKind::NotAUrl);
    }
    if !redirect_uri.is_destination_of(callback_url, loopback_port) {
        return Err(CallbackErrorKind::NotTheRedirectUri);
    }
    let (before_fragment, fragment) = callback_url.split_once('#').unwrap_or((callback_url, ""));
    let query = before_fragment.split_once('?').map_or("", |(_, query)| query);
    let parameters = Parameters::read(query)?;
    if parameters.is_empty() && !Parameters::read(fragment)?.is_empty() {
        return Err(CallbackErrorKind::InFragment);
    }
    let outcome = match (parameters.code, parameters.error) {
        (Some(code), None) => Outcome::Code(Secret::new(code)),
        (None, Some(code)) => Outcome::Refused { code, description: parameters.error_description },
        _ => return Err(CallbackErrorKind::NoOutcome),
    };
    let state = parameters.state.ok_or(CallbackErrorKind::MissingState)?;
    Ok(Callback { state: Secret::new(state), issuer: parameters.iss, outcome })
}

#[derive(Default)]
struct Parameters {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Parameters {
    /// Empty values count as missing; a parameter that stands twice is refused, because two readers may pick differently.
    fn read(query: &str) -> Result<Self, CallbackErrorKind> {
        let mut parameters = Self::default();
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let field = match name.as_ref() {
                "code" => &mut parameters.code,
                "state" => &mut parameters.state,
                "iss" => &mut parameters.iss,
                "error" => &mut parameters.error,
                "error_description" => &mut parameters.error_description,
                _ => continue,
            };
            if seen.contains(&name) {
                return Err(CallbackErrorKind::DuplicateParameter);
            }
            *field = Some(value.into_owned()).filter(|value| !value.is_empty());
            seen.push(name);
        }
        Ok(parameters)
    }

    fn is_empty(&self) -> bool {
        self.code.is_none() && self.error.is_none() && self.state.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_callback(callback: &str) -> Result<Callback, CallbackErrorKind> {
        let redirect_uri = RedirectUri::parse("myapp://auth/callback").unwrap();
        read(callback, &redirect_uri, LoopbackPort::Exact)
    }

    fn code(callback: &Callback) -> &str {
        match &callback.outcome {
            Outcome::Code(code) => code.expose(),
            Outcome::Refused { .. } => panic!("refused"),
        }
    }

    // A7
    #[test]
    fn encoded_values_are_decoded() {
        let callback =
            read_callback("myapp://auth/callback?code=a%26b%3Dc+d%2Be&state=s%2F1&iss=https%3A%2F%2Faipass.one");
        let callback = callback.unwrap();
        assert_eq!(code(&callback), "a&b=c d+e");
        assert!(callback.state.matches("s/1"));
        assert_eq!(callback.issuer.as_deref(), Some("https://aipass.one"));
    }

    // A7
    #[test]
    fn unknown_parameters_and_a_bare_fragment_do_no_harm() {
        assert!(read_callback("myapp://auth/callback?code=a&state=b#").is_ok());
        assert!(read_callback("myapp://auth/callback?code=a&state=b#_=_").is_ok());
        assert!(read_callback("myapp://auth/callback?x=1&x=2&code=a&&state=b&").is_ok());
    }

    // A7: the error says which
    #[test]
    fn every_bad_callback_has_its_own_error() {
        use CallbackErrorKind::*;
        let long = format!("myapp://auth/callback?code={}&state=b", "a".repeat(MAX_CALLBACK_BYTES));
        for (callback, expected) in [
            ("", NotAUrl),
            ("not a url", NotAUrl),
            ("myapp://auth/callback?code=a\n&state=b", NotAUrl),
            (long.as_str(), TooLong),
            ("otherapp://auth/callback?code=a&state=b", NotTheRedirectUri),
            ("myapp://auth/other?code=a&state=b", NotTheRedirectUri),
            ("myapp://auth/callback#code=a&state=b", InFragment),
            ("myapp://auth/callback?code=a&code=b&state=c", DuplicateParameter),
            ("myapp://auth/callback?code=a&state=c&state=c", DuplicateParameter),
            ("myapp://auth/callback?code=a&state=c&iss=x&iss=x", DuplicateParameter),
            ("myapp://auth/callback?code=a&code=&state=c", DuplicateParameter),
            ("myapp://auth/callback?code=a&error=access_denied&state=b", NoOutcome),
            ("myapp://auth/callback?state=b", NoOutcome),
            ("myapp://auth/callback?code=&state=b", NoOutcome),
            ("myapp://auth/callback", NoOutcome),
            ("myapp://auth/callback?code=a", MissingState),
            ("myapp://auth/callback?code=a&state=", MissingState),
        ] {
            assert_eq!(read_callback(callback).unwrap_err(), expected, "{callback}");
        }
    }

    // A7: a refusal is read, not acted on
    #[test]
    fn a_refusal_is_read() {
        let callback =
            read_callback("myapp://auth/callback?error=access_denied&error_description=No+thanks&state=b").unwrap();
        assert!(matches!(callback.outcome, Outcome::Refused { code, description: Some(text) }
            if code == "access_denied" && text == "No thanks"));
    }

    proptest! {
        // S3
        #[test]
        fn hostile_text_never_panics(tail in "\\PC{0,80}", raw in "[ -~]{0,80}") {
            let _ = read_callback(&raw);
            let _ = read_callback(&format!("myapp://auth/callback{tail}"));
            let _ = read_callback(&format!("myapp://auth/callback?{raw}"));
        }

        // A7: whatever a provider puts into a code comes out again
        #[test]
        fn any_code_survives_the_journey(text in "\\PC{1,60}", state in "[A-Za-z0-9_-]{22}") {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("code", &text).append_pair("state", &state).finish();
            let callback = read_callback(&format!("myapp://auth/callback?{query}")).unwrap();
            prop_assert_eq!(code(&callback), text);
            prop_assert!(callback.state.matches(&state));
        }
    }
}
