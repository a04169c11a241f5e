//! Makes text from outside fit to show: bounded, printable, and without what looks like a credential (S1, P6).

use std::borrow::Cow;

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

/// `text` without `known` secrets, without what looks like one, in printable characters, at most 500 of them.
pub(crate) fn scrub(text: &str, known: &[&str]) -> String {
    let mut text: Cow<'_, str> = text.into();
    for secret in known.iter().filter(|secret| !secret.is_empty()) {
        if text.contains(secret) {
            text = text.replace(secret, MASK).into();
        }
    }
    // Cut generously before the closer look, so that its work is bounded.
    let end = text.char_indices().nth(2 * MAX_CHARS).map_or(text.len(), |(end, _)| end);
    let mut shown = mask_credentials(&text[..end]);
    shown.retain(|c| !c.is_control() || c == '\n');
    match shown.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
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
        assert_eq!(scrub("a\u{1b}[31m\0b", &[]), "a[31mb");
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
