//! Metadata, callbacks, id_tokens and keys that a client must not trust.

use axum::http::header::{self, HeaderMap, HeaderValue};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::faults::context::FaultContext;
use crate::lock::lock;
use crate::store::keys::{self, Signer};
use crate::wire::fault::Alteration;

/// A server that is not this one.
const OTHER_ISSUER: &str = "https://issuer.example";
const HOUR: i64 = 3600;

/// Changes the issuer in the redirect to the app.
pub(super) fn in_callback(alteration: Alteration, headers: &mut HeaderMap) {
    let issuer = match alteration {
        Alteration::WrongIssuer => Some(OTHER_ISSUER),
        Alteration::MissingIssuer => None,
        _ => return,
    };
    let location = headers.get(header::LOCATION).and_then(|location| location.to_str().ok());
    let Some((uri, query)) = location.and_then(|location| location.split_once('?')) else { return };
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "iss");
    let mut changed = form_urlencoded::Serializer::new(String::new());
    changed.extend_pairs(others).extend_pairs(issuer.map(|issuer| ("iss", issuer)));
    if let Ok(location) = HeaderValue::from_str(&format!("{uri}?{}", changed.finish())) {
        headers.insert(header::LOCATION, location);
    }
}

/// Changes what a response says.
pub(super) fn in_response(alteration: Alteration, context: FaultContext<'_>, json: &mut Value) {
    let claims = json.get("id_token").and_then(Value::as_str).and_then(keys::claims);
    if let Some(id_token) = claims.and_then(|claims| forged(alteration, context, claims)) {
        json["id_token"] = json!(id_token);
    }
    let Some(members) = json.as_object_mut() else { return };
    match alteration {
        Alteration::WrongIssuer if members.contains_key("issuer") => {
            members.insert("issuer".to_owned(), json!(OTHER_ISSUER));
        }
        Alteration::MissingIssuer => {
            members.remove("issuer");
        }
        Alteration::WrongSubject if members.contains_key("sub") => {
            members.insert("sub".to_owned(), json!("user_999"));
        }
        Alteration::MixedKeys => {
            if let Some(keys) = members.get_mut("keys").and_then(Value::as_array_mut) {
                keys.splice(0..0, other_keys());
            }
        }
        _ => {}
    }
}

/// The id_token with these claims, changed and signed as the alteration says.
fn forged(alteration: Alteration, context: FaultContext<'_>, mut claims: Value) -> Option<String> {
    let mut signer = Signer::Current;
    match alteration {
        Alteration::WrongIssuer => claims["iss"] = json!(OTHER_ISSUER),
        Alteration::MissingIssuer => drop(claims.as_object_mut()?.remove("iss")),
        Alteration::WrongNonce => claims["nonce"] = json!("another nonce"),
        Alteration::WrongAudience => claims["aud"] = json!("another_client"),
        Alteration::WrongKey => signer = Signer::Impostor,
        Alteration::UnknownKey => signer = Signer::Unknown,
        Alteration::UnsignedIdToken => return Some(keys::unsigned(&claims)),
        Alteration::ExpiredIdToken => {
            let now = context.store.clock.now().timestamp();
            claims["iat"] = json!(now - 2 * HOUR);
            claims["exp"] = json!(now - HOUR);
        }
        _ => return None,
    }
    lock(&context.store.keys).sign(signer, "JWT", &claims).ok()
}

/// RFC 7517 §5: a client ignores keys that it does not understand.
fn other_keys() -> [Value; 4] {
    [
        json!({ "kty": "future", "kid": "key_future", "use": "sig", "z": "AQAB" }),
        json!({ "kty": "RSA", "use": "enc", "alg": "RSA-OAEP", "kid": "key_enc", "n": "AQAB", "e": "AQAB" }),
        json!({ "kty": "EC", "crv": "P-256", "x": "AQAB", "y": "AQAB" }),
        json!({ "kty": "oct", "kid": "key_shared", "alg": "HS256", "k": "AQAB" }),
    ]
}
