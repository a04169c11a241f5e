//! Reads the URL that the browser came back with: [RFC 6749 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2) and, for errors, [RFC 6749 4.1.2.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1); `iss` is that of
//! [RFC 9207 2](https://www.rfc-editor.org/rfc/rfc9207#section-2).
//!
//! Reading acts on nothing. The caller checks `state`, then `issuer`, and only then looks at the outcome (A3).

use super::failure::with_uri;
use super::redirect_uri::RedirectUri;
use crate::error::CallbackErrorKind;
use crate::provider::LoopbackPort;
use crate::secret::Secret;
use url::Url;

/// Longer callbacks are refused unread (A7).
pub(crate) const MAX_CALLBACK_BYTES: usize = 8192;

/// What a callback says.
#[derive(Debug)]
pub(crate) struct Callback {
    pub state: Secret,
    pub issuer: Option<String>,
    pub outcome: Outcome,
}

/// The outcome on the provider's page.
#[derive(Debug)]
pub(crate) enum Outcome {
    Code(Secret),
    /// `description` is the server's own text, with its `error_uri`: not cleaned.
    Refused {
        code: String,
        description: Option<String>,
    },
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
        (None, Some(code)) => {
            Outcome::Refused { code, description: with_uri(parameters.error_description, parameters.error_uri) }
        }
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
    error_uri: Option<String>,
}

impl Parameters {
    /// Empty values count as missing. A parameter that decides something is refused if it stands twice, because two readers
    /// may pick differently, and if its bytes are not text: it could not be sent back as it came (A7).
    fn read(query: &str) -> Result<Self, CallbackErrorKind> {
        let mut parameters = Self::default();
        let mut seen = Vec::new();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name);
            let (field, decides) = match name.as_slice() {
                b"code" => (&mut parameters.code, true),
                b"state" => (&mut parameters.state, true),
                b"iss" => (&mut parameters.iss, true),
                b"error" => (&mut parameters.error, true),
                b"error_description" => (&mut parameters.error_description, false),
                b"error_uri" => (&mut parameters.error_uri, false),
                _ => continue,
            };
            if decides && seen.contains(&name) {
                return Err(CallbackErrorKind::DuplicateParameter);
            }
            let text = match String::from_utf8(decode(value)) {
                Err(_) if decides => return Err(CallbackErrorKind::NotText),
                Err(bytes) => String::from_utf8_lossy(bytes.as_bytes()).into_owned(),
                Ok(text) => text,
            };
            *field = Some(text).filter(|text| !text.is_empty());
            seen.push(name);
        }
        Ok(parameters)
    }

    fn is_empty(&self) -> bool {
        self.code.is_none() && self.error.is_none() && self.state.is_none()
    }
}

/// The bytes of a name or value (`application/x-www-form-urlencoded`). A `%` without two hexadecimal digits stands for itself.
fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let hex = |place: usize| bytes.get(place).and_then(|digit| char::from(*digit).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let encoded = hex(place + 1).zip(hex(place + 2)).filter(|_| *byte == b'%');
        decoded.push(match (byte, encoded) {
            (_, Some((high, low))) => (16 * high + low) as u8,
            (b'+', None) => b' ',
            (byte, None) => *byte,
        });
        place += if encoded.is_some() { 3 } else { 1 };
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::form_urlencoded;

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
            ("myapp://auth/callback?code=a&c%6Fde=b&state=c", DuplicateParameter),
            ("myapp://auth/callback?error=a&error=b&state=c", DuplicateParameter),
            ("myapp://auth/callback?code=%ff%fe&state=b", NotText),
            ("myapp://auth/callback?code=a%C3&state=b", NotText),
            ("myapp://auth/callback?code=a%ED%A0%80&state=b", NotText),
            ("myapp://auth/callback?code=a&state=b%80", NotText),
            ("myapp://auth/callback?code=a&state=b&iss=https://%ff", NotText),
            ("myapp://auth/callback?error=%ff&state=b", NotText),
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

    // K6: the words of the page reach the error, also odd ones
    #[test]
    fn the_words_of_a_refusal_are_kept() {
        for (query, words) in [
            ("error_description=It+said+no", Some("It said no")),
            ("error_description=It+said&error_uri=https://id.example/no", Some("It said (see https://id.example/no)")),
            ("error_uri=https://id.example/no", Some("https://id.example/no")),
            ("error_description=caf%e9", Some("caf\u{fffd}")),
            ("error_description=first&error_description=It+said+no", Some("It said no")),
            ("error_description=100%25+or+100%", Some("100% or 100%")),
            ("error_description=", None),
            ("", None),
        ] {
            let callback =
                read_callback(&format!("myapp://auth/callback?error=access_denied&{query}&state=b")).unwrap();
            let Outcome::Refused { description, .. } = callback.outcome else { panic!("{query}") };
            assert_eq!(description.as_deref(), words, "{query}");
        }
    }

    proptest! {
        // A7: what is text is decoded as a form is; what is not text is refused
        #[test]
        fn a_code_is_its_bytes_or_refused(code in proptest::collection::vec(any::<u8>(), 1..20)) {
            let encoded: String = code.iter().map(|byte| format!("%{byte:02X}")).collect();
            let callback = read_callback(&format!("myapp://auth/callback?code={encoded}&state=b"));
            match String::from_utf8(code) {
                Ok(text) => {
                    let callback = callback.unwrap();
                    prop_assert_eq!(super::tests::code(&callback), text);
                }
                Err(_) => prop_assert_eq!(callback.unwrap_err(), CallbackErrorKind::NotText),
            }
        }

        #[test]
        fn decoding_is_that_of_forms(text in "[ -~é%0-9a-f+]{0,30}") {
            let query = format!("a={}", text.replace('&', ""));
            let (_, expected) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
            let decoded = decode(&query[2..]);
            prop_assert_eq!(String::from_utf8_lossy(&decoded), expected);
        }

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
