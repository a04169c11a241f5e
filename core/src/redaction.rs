//! Prepares text from outside for display: bounded, printable, and without anything that looks like a credential (S1, P6).

use crate::secret::Secret;
use http::{HeaderMap, HeaderValue, header};

/// The headers under which providers name a request, the most usual first.
pub(crate) const REQUEST_ID_HEADERS: [&str; 3] = ["x-request-id", "x-litellm-call-id", "request-id"];

/// The longest text of a server that is kept.
const MAX_CHARS: usize = 500;
/// A run of token characters this long, with a digit and a letter in it, is taken for a credential.
const MIN_CREDENTIAL_CHARS: usize = 24;
/// Names whose values are credentials wherever they stand, as in `code=…` or `"refresh_token": "…"`.
const SECRET_NAMES: [&str; 13] = [
    "code",
    "state",
    "token",
    "access_token",
    "refresh_token",
    "id_token",
    "code_verifier",
    "client_secret",
    "password",
    "accesstoken",
    "refreshtoken",
    "codeverifier",
    "clientsecret",
];
const MASK: &str = "[redacted]";

/// A part of a known secret from its start on that is at least this long is masked like the whole secret.
const MIN_PREFIX_CHARS: usize = 12;

/// The secrets that a request carried: every reader of its response keeps them out of what it shows of the server's words.
#[derive(Clone, Default)]
pub(crate) struct Scrubber(Option<Secret>);

impl Scrubber {
    /// Knows the token in the request's `Authorization` header.
    pub fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        Self(value.and_then(|value| value.split_once(' ')).map(|(_, token)| Secret::new(token.trim())))
    }

    /// [`scrub`] for what the request carried.
    pub fn scrub(&self, text: &str) -> String {
        let known: Vec<&str> = self.0.iter().map(Secret::expose).collect();
        scrub(text, &known)
    }

    /// Masks the secrets in the headers that name a request: they are shown to the app as they stand.
    pub fn clean_request_ids(&self, headers: &mut HeaderMap) {
        for name in REQUEST_ID_HEADERS {
            let Some(value) = headers.get_mut(name) else { continue };
            let shown = self.scrub(&String::from_utf8_lossy(value.as_bytes()));
            if let Ok(shown) = HeaderValue::try_from(shown) {
                *value = shown;
            }
        }
    }
}

impl std::fmt::Debug for Scrubber {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Scrubber")
    }
}

/// `text` without `known` secrets, without what looks like one, in printable characters, at most 500 of them.
///
/// The text is cleaned first and masked then (S10): a secret must not become whole again when characters between its parts go.
pub(crate) fn scrub(text: &str, known: &[&str]) -> String {
    // Cut generously before the closer look, so that its work is bounded.
    let text: String = text.chars().take(16 * MAX_CHARS).filter_map(printable).take(4 * MAX_CHARS).collect();
    let text = known.iter().fold(text, |text, secret| mask_known(text, secret));
    let shown = mask_credentials(&text);
    match shown.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

/// The character as it may be shown; `None` for control characters, and for those that are invisible or turn text around.
fn printable(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        c => Some(c),
    }
}

/// Masks the secret, and every start of it that is long enough to be of use, also where spaces break it up.
fn mask_known(text: String, secret: &str) -> String {
    if secret.is_empty() {
        return text;
    }
    let whole = secret.chars().count();
    let enough = whole.min(MIN_PREFIX_CHARS);
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let (matched, end) = match_start(rest, secret);
        if matched >= enough {
            shown.push_str(MASK);
            rest = &rest[end..];
        } else {
            shown.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    shown
}

/// How many characters of the secret `text` begins with, and where the last of them ends.
fn match_start(text: &str, secret: &str) -> (usize, usize) {
    let mut expected = secret.chars().peekable();
    let (mut matched, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        match expected.peek() {
            Some(next) if *next == c => {
                expected.next();
                matched += 1;
                end = at + c.len_utf8();
            }
            Some(_) if c == ' ' && matched > 0 => {}
            _ => break,
        }
    }
    (matched, end)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '=' | '~')
}

fn mask_credentials(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut previous_word = "";
    let mut rest = text;
    while !rest.is_empty() {
        let word_end = rest.find(|c| !is_token_char(c) || c == '=').unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        let separator_end = after.find(|c| is_token_char(c) && c != '=').unwrap_or(after.len());
        let (separator, after) = after.split_at(separator_end);
        shown.push_str(if is_credential(word, previous_word) { MASK } else { word });
        shown.push_str(separator);
        let names_a_value =
            matches!(separator.trim_matches(['"', '\'', ' ']), "=" | ":") || word.eq_ignore_ascii_case("bearer");
        previous_word = if names_a_value { word } else { "" };
        rest = after;
    }
    shown
}

fn is_credential(word: &str, name: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    let named = || {
        let name = name.to_ascii_lowercase();
        name == "bearer" || (SECRET_NAMES.contains(&name.as_str()) && word.len() >= 8)
    };
    let has = |kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
    let long = word.len() >= MIN_CREDENTIAL_CHARS && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    long || word.starts_with("eyJ") || named()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // S1
    #[test]
    fn what_looks_like_a_credential_goes() {
        for text in [
            "token at_9fK2mQ7xZ1aB3cD4eF5gH6iJ is expired",
            "Authorization: Bearer hunter2",
            "callback myapp://auth/callback?code=Zm9vYmFy&state=c3RhdGVzdGF0ZQ",
            r#"{"refresh_token": "Zm9vYmFy9"}"#,
            "jwt eyJhbGciOi.eyJzdWIi.c2ln",
        ] {
            let shown = scrub(text, &[]);
            assert!(shown.contains(MASK), "{shown}");
            for secret in ["9fK2mQ7xZ1aB3cD4eF5gH6iJ", "hunter2", "Zm9vYmFy", "c3RhdGVzdGF0ZQ", "eyJ"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
        assert_eq!(scrub("code short was used", &["short"]), "code [redacted] was used");
    }

    #[test]
    fn what_helps_a_developer_stays() {
        for text in [
            "Budget has been exceeded! Current cost: 10.02, Max budget: 10.0",
            "model gemini/gemini-2.5-flash-lite not found (code: 404)",
            "invalid_grant: PKCE verification failed",
            "redirect_uri must be myapp://auth/callback",
        ] {
            assert_eq!(scrub(text, &[]), text);
        }
    }

    #[test]
    fn it_is_bounded_and_printable() {
        let shown = scrub(&"word ".repeat(100_000), &[]);
        assert_eq!(shown.chars().count(), MAX_CHARS + 1);
        assert_eq!(scrub("a\u{1b}[31m\0b\u{9b}1m\u{7f}", &[]), "a[31mb1m");
        assert_eq!(scrub("one\r\ntwo\u{2028}three", &[]), "one  two three"); // no line of the log is forged
        assert_eq!(scrub("\u{202e}evil\u{2066}\u{200b}\u{feff}\u{ad}", &[]), "evil");
    }

    // S10: clean first, mask then
    #[test]
    fn a_known_secret_is_masked_in_every_disguise() {
        let token = "tok-abcdefgh-ijklmnop"; // looks like no credential by itself
        for disguised in [
            "tok-abcdefgh-ijklmnop",
            "tok-abc\u{0}defgh-ijklmnop",
            "tok-\u{1b}abcdefgh\u{200b}-ijkl\u{202e}mnop",
            "tok-abcd\nefgh-ijklm\tnop",
            "tok-abcdefgh-ijkl",
            "tok-abcdefgh",
            "tok-abcdefgh-ijklmnopq",
        ] {
            let shown = scrub(&format!("<{disguised}> is bad"), &[token]);
            assert!(shown.starts_with("<[redacted]") && shown.ends_with("> is bad"), "{disguised:?}: {shown}");
        }
        assert_eq!(scrub("tok-abcdefg", &[token]), "tok-abcdefg"); // eleven characters say little
        let mut headers = HeaderMap::from_iter([(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap())]);
        let scrubber = Scrubber::of(&headers);
        headers.insert("x-request-id", format!("req-{token}").parse().unwrap());
        scrubber.clean_request_ids(&mut headers);
        assert_eq!(headers["x-request-id"], "req-[redacted]");
        assert!(!format!("{scrubber:?}").contains("tok"));
    }

    proptest! {
        // S1: a token is masked wherever it stands
        #[test]
        fn a_long_token_never_survives(before in "\\PC{0,20}", token in "[a-z]{12}[0-9][A-Za-z0-9_-]{18}", after in "\\PC{0,20}") {
            let (apart, within) = (format!("{before} {token} {after}"), format!("{before}{token}{after}"));
            prop_assert!(!scrub(&apart, &[]).contains(&token));
            prop_assert!(!scrub(&within, &[&token]).contains(&token));
        }
    }
}
