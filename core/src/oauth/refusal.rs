//! What a provider refuses about a sign-in, where it says so without a doubt: the redirect URI, or the code verifier. Both have
//! no error code of their own ([RFC 6749 4.1.2.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1), [RFC 6749 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2), [RFC 7636 4.6](https://www.rfc-editor.org/rfc/rfc7636#section-4.6)), so servers tell them in the description only, each in words of its
//! own.
//!
//! | error code | description | kind |
//! |---|---|---|
//! | `redirect_uri_mismatch`, `invalid_redirect_uri` | any | `RedirectUriRefused` |
//! | `invalid_request`, `invalid_grant` | names the redirect URI, and says that it is wrong | `RedirectUriRefused` |
//! | `invalid_request`, `invalid_grant` | names the code verifier, and says that it is wrong | `CodeVerifierRefused` |
//! | any | names a second cause, as RFC 6749's own sentence for `invalid_grant` does | `SignInRefused` |
//! | any other | any | `SignInRefused` |

use crate::error::ProviderErrorKind;

/// The redirect URI by its names in English texts.
const REDIRECT_URI: [&str; 9] = [
    "redirect_uri",
    "redirect uri",
    "redirect url",
    "redirect_url",
    "redirection uri",
    "redirection url",
    "redirecturi",
    "callback url",
    "callback uri",
];
/// The code verifier, its challenge, and their protocol.
const CODE_VERIFIER: [&str; 7] =
    ["code_verifier", "code verifier", "codeverifier", "code_challenge", "code challenge", "codechallenge", "pkce"];
/// Says that something is wrong.
const WRONG: [&str; 22] = [
    "invalid",
    "mismatch",
    "not match",
    "n't match",
    "must match",
    "must be",
    "incorrect",
    "wrong",
    "failed",
    "failure",
    "not registered",
    "unregistered",
    "not allowed",
    "not permitted",
    "not authorized",
    "unauthorized",
    "not valid",
    "unknown",
    "not listed",
    "not whitelisted",
    "not found",
    "differ",
];
/// Names another cause, or says that the parameter was not sent at all. The library sends both.
const OTHER_CAUSE: [&str; 13] = [
    "expired",
    "revoked",
    "another client",
    "already used",
    "already been used",
    "client_secret",
    "client secret",
    "missing",
    "required",
    "not supported",
    "unsupported",
    "not enabled",
    "code_challenge_method",
];

/// The kind of a refusal with this error code and description.
pub(crate) fn kind(code: Option<&str>, description: Option<&str>) -> ProviderErrorKind {
    let text = description.unwrap_or_default().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match code {
        Some("redirect_uri_mismatch" | "invalid_redirect_uri") => ProviderErrorKind::RedirectUriRefused,
        Some("invalid_request" | "invalid_grant") if says(&WRONG) && !says(&OTHER_CAUSE) => {
            match (says(&REDIRECT_URI), says(&CODE_VERIFIER)) {
                (true, false) => ProviderErrorKind::RedirectUriRefused,
                (false, true) => ProviderErrorKind::CodeVerifierRefused,
                _ => ProviderErrorKind::SignInRefused,
            }
        }
        _ => ProviderErrorKind::SignInRefused,
    }
}

#[cfg(test)]
mod tests {
    use super::ProviderErrorKind::{CodeVerifierRefused, RedirectUriRefused, SignInRefused};
    use super::*;
    use proptest::prelude::*;

    // A9: told apart where the words leave no doubt, and not where they do
    #[test]
    fn a_refused_redirect_uri_and_a_refused_code_verifier_are_told_apart() {
        let every_cause = "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI \
                           used in the authorization request, or was issued to another client.";
        for (code, description, expected) in [
            // the seed's list
            ("invalid_request", "Invalid redirect_uri", RedirectUriRefused),
            ("invalid_request", "Invalid code_challenge", CodeVerifierRefused),
            ("invalid_grant", "Authorization has been revoked", SignInRefused),
            ("invalid_grant", "Token has expired", SignInRefused),
            // words of servers
            ("redirect_uri_mismatch", "", RedirectUriRefused),
            ("redirect_uri_mismatch", "Bad Request", RedirectUriRefused),
            ("invalid_redirect_uri", "", RedirectUriRefused),
            ("invalid_request", "Invalid parameter: redirect_uri", RedirectUriRefused),
            ("invalid_grant", "Incorrect redirect_uri", RedirectUriRefused),
            (
                "invalid_request",
                "redirect_uri did not match any of the client's registered redirect_uris",
                RedirectUriRefused,
            ),
            (
                "invalid_request",
                "AADSTS50011: The redirect URI 'myapp://cb' specified in the request does not match the \
                                 redirect URIs configured for the application.",
                RedirectUriRefused,
            ),
            ("invalid_grant", "The REDIRECT URL is not registered", RedirectUriRefused),
            (
                "invalid_request",
                "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
                RedirectUriRefused,
            ),
            ("invalid_grant", "PKCE verification failed", CodeVerifierRefused),
            ("invalid_grant", "PKCE verification failed: Invalid code verifier", CodeVerifierRefused),
            ("invalid_grant", "code_verifier does not match code_challenge", CodeVerifierRefused),
            ("invalid_grant", "Code Verifier mismatch", CodeVerifierRefused),
            ("invalid_grant", "Failed to verify code verifier: failure", CodeVerifierRefused),
            // no words, or words of another cause
            ("invalid_grant", "", SignInRefused),
            ("invalid_request", " ", SignInRefused),
            ("invalid_grant", "PKCE", SignInRefused),
            ("invalid_grant", "redirect_uri", SignInRefused),
            ("invalid_grant", every_cause, SignInRefused),
            ("invalid_grant", "grant request is invalid", SignInRefused),
            ("invalid_grant", "Invalid code_verifier or redirect_uri", SignInRefused),
            ("invalid_request", "Missing required parameter: redirect_uri", SignInRefused),
            ("invalid_request", "code challenge required", SignInRefused),
            ("invalid_request", "transform algorithm not supported", SignInRefused),
            ("invalid_request", "invalid code_challenge_method", SignInRefused),
            ("invalid_request", "PKCE is not enabled for this client, which is not allowed", SignInRefused),
            ("invalid_grant", "the code is invalid, or the redirect_uri has expired", SignInRefused),
            // other languages: the words are not read
            ("invalid_request", "Die Weiterleitungsadresse ist unbekannt", SignInRefused),
            ("invalid_grant", "Der Prüfcode passt nicht", SignInRefused),
            ("invalid_grant", "redirect_uri stimmt nicht", SignInRefused),
            ("invalid_grant", "リダイレクトURIが無効です", SignInRefused),
            // other codes: what the description says of these is beside the point
            ("invalid_scope", "Invalid redirect_uri", SignInRefused),
            ("invalid_client", "Invalid redirect_uri", SignInRefused),
            ("unauthorized_client", "PKCE verification failed", SignInRefused),
            ("INVALID_REQUEST", "Invalid redirect_uri", SignInRefused),
            ("", "Invalid redirect_uri", SignInRefused),
        ] {
            assert_eq!(kind(Some(code), Some(description)), expected, "{code}: {description}");
        }
        assert_eq!(kind(None, Some("Invalid redirect_uri")), SignInRefused);
        assert_eq!(kind(Some("invalid_grant"), None), SignInRefused);
    }

    proptest! {
        // S3
        #[test]
        fn hostile_text_never_panics(code in "\\PC{0,20}", description in "\\PC{0,120}") {
            let _ = kind(Some(&code), Some(&description));
            let _ = kind(Some("invalid_grant"), Some(&description));
        }
    }
}
