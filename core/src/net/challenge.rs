//! Reads `WWW-Authenticate` (RFC 9110 11.6.1): what a server says about the credentials that it refused.

use http::{HeaderMap, header};

/// So many challenges of a response are read; servers send one or two.
const MAX_CHALLENGES: usize = 32;

/// One challenge: a scheme with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// In lower case, such as `bearer`.
    pub scheme: String,
    /// Names in lower case; the values without their quotes.
    pub parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter with this name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All challenges of a response, in their order.
pub(crate) fn read(headers: &HeaderMap) -> Vec<Challenge> {
    let mut challenges = Vec::new();
    for value in headers.get_all(header::WWW_AUTHENTICATE) {
        read_value(&String::from_utf8_lossy(value.as_bytes()), &mut challenges);
    }
    challenges
}

/// One header's list of challenges. A comma separates challenges and parameters alike: a name that `=` follows is a parameter of
/// the challenge before it, any other one begins a challenge. Anything else is skipped up to the next comma.
fn read_value(text: &str, challenges: &mut Vec<Challenge>) {
    let mut rest = text;
    // Parameters without a scheme before them belong to no challenge, also not to that of another header line.
    let mut current: Option<Challenge> = None;
    while challenges.len() < MAX_CHALLENGES {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            break;
        }
        let (name, after) = take_token(rest);
        if name.is_empty() {
            rest = skip_element(rest);
            continue;
        }
        if let Some((value, after)) = take_value(after) {
            if let Some(challenge) = &mut current {
                challenge.parameters.push((name.to_ascii_lowercase(), value));
            }
            rest = skip_element(after);
            continue;
        }
        challenges.extend(current.take());
        current = Some(Challenge { scheme: name.to_ascii_lowercase(), parameters: Vec::new() });
        // The first parameter follows after a space; a token68 is no parameter, and is skipped.
        rest = after.trim_start_matches([' ', '\t']);
        let (name, behind) = take_token(rest);
        if !name.is_empty() && take_value(behind).is_none() {
            rest = skip_element(rest);
        }
    }
    if challenges.len() < MAX_CHALLENGES {
        challenges.extend(current);
    }
}

fn take_token(text: &str) -> (&str, &str) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.split_at(text.find(|c| !is_token(c)).unwrap_or(text.len()))
}

/// A parameter's value, if `=` and a value follow: a token or a quoted string.
fn take_value(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches([' ', '\t']).strip_prefix('=')?.trim_start_matches([' ', '\t']);
    if let Some(quoted) = text.strip_prefix('"') {
        return Some(take_quoted(quoted));
    }
    let (value, after) = take_token(text);
    // `abc=` and `abc==` are the padding of a token68.
    (!value.is_empty()).then(|| (value.to_owned(), after))
}

/// A quoted string up to its closing quote, or up to the end where that is missing.
fn take_quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            c => value.push(c),
        }
    }
    (value, "")
}

/// What follows the next comma outside of quotes.
fn skip_element(text: &str) -> &str {
    let mut rest = text;
    while let Some(at) = rest.find([',', '"']) {
        let is_comma = rest.as_bytes().get(at) == Some(&b',');
        rest = &rest[at + 1..];
        if is_comma {
            return rest;
        }
        rest = take_quoted(rest).1;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn challenges(value: &str) -> Vec<Challenge> {
        read(&HeaderMap::from_iter([(header::WWW_AUTHENTICATE, value.parse().unwrap())]))
    }

    fn errors(value: &str) -> Vec<(String, Option<String>)> {
        let named = |challenge: Challenge| (challenge.scheme.clone(), challenge.parameter("error").map(str::to_owned));
        challenges(value).into_iter().map(named).collect()
    }

    // RFC 9110 11.6.1, RFC 6750 3
    #[test]
    fn challenges_and_their_parameters_are_read() {
        let one = |scheme: &str, error: Option<&str>| (scheme.to_owned(), error.map(str::to_owned));
        for (value, expected) in [
            (r#"Bearer error="invalid_token""#, vec![one("bearer", Some("invalid_token"))]),
            ("bearer ERROR=invalid_token", vec![one("bearer", Some("invalid_token"))]),
            (
                r#"Bearer realm="a, b=\"c\"", error = "invalid_token", error_description="x""#,
                vec![one("bearer", Some("invalid_token"))],
            ),
            (r#"Bearer realm="says error=\"invalid_token\"""#, vec![one("bearer", None)]),
            (r#"Bearer error_description="the upstream said invalid_token""#, vec![one("bearer", None)]),
            (
                r#"Basic realm="x", Bearer error="invalid_token""#,
                vec![one("basic", None), one("bearer", Some("invalid_token"))],
            ),
            (
                r#"Negotiate YWJj==, Bearer realm=x, error="expired""#,
                vec![one("negotiate", None), one("bearer", Some("expired"))],
            ),
            (
                r#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#,
                vec![one("newauth", None), one("basic", None)],
            ),
            ("Bearer", vec![one("bearer", None)]),
            (", ,Bearer , error=\"a\",,", vec![one("bearer", Some("a"))]),
            (r#"error="invalid_token""#, vec![]),
            (r#"Bearer error="invalid_token"#, vec![one("bearer", Some("invalid_token"))]),
            ("", vec![]),
        ] {
            assert_eq!(errors(value), expected, "{value}");
        }
        let parameters = challenges(r#"Bearer a="1\\2", B=3"#).remove(0).parameters;
        assert_eq!(parameters, [("a".to_owned(), "1\\2".to_owned()), ("b".to_owned(), "3".to_owned())]);
    }

    proptest! {
        // S3
        #[test]
        fn hostile_values_never_panic(value in "\\PC{0,200}", pieces in "[Ba=,\" \\\\]{0,60}") {
            for value in [value, pieces] {
                if let Ok(value) = http::HeaderValue::from_bytes(value.as_bytes()) {
                    prop_assert!(read(&HeaderMap::from_iter([(header::WWW_AUTHENTICATE, value)])).len() <= MAX_CHALLENGES);
                }
            }
        }

        #[test]
        fn quoted_values_come_back(value in "[ -~]{0,40}") {
            let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
            let read = challenges(&format!("Basic realm=\"x\", Bearer realm=y, error=\"{quoted}\", z=1"));
            prop_assert_eq!(read.len(), 2);
            prop_assert_eq!(read[1].parameter("error"), Some(value.as_str()));
            prop_assert_eq!(read[1].parameter("z"), Some("1"));
        }
    }
}
