//! What comes back from a provider while a user signs in.

use super::{answer, assert_is_shown_safely, block_on, callback_to, client};
use crate::oauth::callback::{self as callbacks, Outcome};
use crate::oauth::metadata as documents;
use crate::oauth::redirect_uri::RedirectUri;
use crate::provider::LoopbackPort;
use crate::{Error, SessionState};

/// A7: a callback is read, or refused by kind.
pub fn callback(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for redirect_uri in ["myapp://auth/callback", "https://app.example/cb?tenant=1", "http://127.0.0.1:8080/cb"] {
        let redirect_uri = RedirectUri::parse(redirect_uri).expect("a redirect URI");
        for port in [LoopbackPort::Exact, LoopbackPort::Any] {
            let Ok(read) = callbacks::read(&text, &redirect_uri, port) else { continue };
            assert!(text.len() <= callbacks::MAX_CALLBACK_BYTES);
            assert!(redirect_uri.is_destination_of(&text, port), "a URL to elsewhere is read");
            if let Outcome::Code(code) = &read.outcome {
                assert!(!code.expose().is_empty(), "an empty code is read");
            }
            assert!(!read.state.expose().is_empty(), "an empty state is read");
        }
    }
}

/// T5, T7: a response of the token endpoint signs in, or is an error, and what it granted is not lost.
pub fn token_response(data: &[u8]) {
    let Some((first, body)) = data.split_first() else { return };
    let (status, body) = ([200, 200, 201, 204, 302, 400, 401, 500][usize::from(first % 8)], body.to_vec());
    block_on(async {
        let ai =
            client(move |path| if path == "/oauth2/token" { answer(status, body.clone()) } else { answer(200, "") });
        let callback = callback_to(&ai).await;
        let outcome = ai.complete_sign_in(callback).await;
        let state = ai.session_state().await.expect("a state");
        match outcome {
            Ok(()) => assert_eq!((state, status / 100), (SessionState::SignedIn, 2)),
            Err(error) => {
                assert_ne!(state, SessionState::SignedIn);
                assert!(!matches!(&error, Error::Other { .. }), "a bug: {error}");
                assert_is_shown_safely(&error.to_string());
            }
        }
        ai.diagnostics().await.log.iter().for_each(|line| assert_is_shown_safely(&line.text));
    });
}

/// A10: metadata makes a provider of https endpoints of that issuer, or is refused by reason.
pub fn metadata(data: &[u8]) {
    const ISSUER: &str = "https://issuer.example";
    let Ok(metadata) = documents::read(ISSUER, data, &[]) else { return };
    if let Ok(provider) = metadata.provider() {
        assert_eq!(provider.issuer, ISSUER);
        for endpoint in [&provider.authorization_endpoint, &provider.token_endpoint] {
            assert_eq!(endpoint.scheme(), "https", "{endpoint}");
        }
    }
}

#[cfg(feature = "openid")]
/// Two lines, a key set and an id_token. No fuzzer has a key, so nothing that it makes may be believed.
pub fn id_token(data: &[u8]) {
    use crate::environment::Timestamp;
    use crate::oauth::id_token::{self as id_tokens, Expected};
    use crate::oauth::jwa::Algorithm;
    use crate::oauth::jwks::KeySet;
    use crate::secret::Secret;
    let line = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (keys, token) = (&data[..line], data.get(line + 1..).unwrap_or_default());
    let Ok(keys) = KeySet::read(keys) else { return };
    let access_token = Secret::new("access");
    let expected = Expected {
        issuer: "https://issuer.example",
        client_id: "client_123",
        algorithms: &[Algorithm::Rs256, Algorithm::Ps512, Algorithm::Es256, Algorithm::Es384, Algorithm::Ed25519],
        nonce: None,
        subject: None,
        access_token: &access_token,
        now: Timestamp(1_790_000_000_000),
    };
    let token = Secret::new(String::from_utf8_lossy(token));
    assert!(id_tokens::check(&token, &keys, &expected).is_err(), "a forged id_token is believed");
}
