//! The signed-in user's claims ([OpenID Connect Core 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)).

use crate::json::{self, Object};
use serde_json::Value;

/// The signed-in user, as the provider describes them. Only `subject` is always present, and only it is unique and
/// stable.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UserInfo {
    /// The provider's own id of the user (`sub`).
    pub subject: String,
    /// The user's e-mail address, if the provider gives it.
    pub email: Option<String>,
    /// Whether the provider has verified the address, if it says so.
    pub email_verified: Option<bool>,
    /// The user's name to show, if the provider gives it.
    pub name: Option<String>,
    /// The name by which the user wants to be called, if the provider gives it. It is not unique, and it can change.
    pub preferred_username: Option<String>,
    /// The address of the user's picture, if the provider gives it.
    pub picture: Option<String>,
    /// The scopes that the app has, if the provider says so here.
    pub scopes: Vec<String>,
    /// All claims, as the JSON object that the provider sent. If a claim appears twice, the last one counts.
    pub claims_json: String,
}

/// Reads a userinfo response; `None` if it is not one.
pub(crate) fn read(body: &[u8]) -> Option<UserInfo> {
    let body = json::json_text(body);
    let claims = Object::at_start(&body)?;
    let text = |name| json::text(claims.get(name)?).filter(|text| !text.trim().is_empty());
    let value = |name| serde_json::from_str::<Value>(claims.get(name)?.get()).ok();
    let subject = text("sub").filter(|_| !value("sub").is_some_and(|sub| sub.is_f64()))?;
    let scopes = ["scopes", "scope"].iter().map(|name| words(value(name))).find(|scopes| !scopes.is_empty());
    let email_verified = value("email_verified").and_then(|verified| match verified {
        Value::Bool(verified) => Some(verified),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    });
    Some(UserInfo {
        subject,
        email: text("email"),
        email_verified,
        name: text("name"),
        preferred_username: text("preferred_username"),
        picture: text("picture"),
        scopes: scopes.unwrap_or_default(),
        claims_json: claims.to_json(),
    })
}

/// A list of words, or words with spaces between them.
fn words(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(list)) => list.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P6
    #[test]
    fn claims_are_read_and_unknown_ones_kept() {
        let info = read(br#"{"sub":"u1","email":"a@example.com","name":"","team":7}"#).unwrap();
        assert_eq!((info.subject.as_str(), info.email.as_deref(), info.name), ("u1", Some("a@example.com"), None));
        assert!(info.claims_json.contains("\"team\":7"));
        assert_eq!(read(br#"{"sub":42}"#).unwrap().subject, "42");
        assert_eq!(read(br#"{"sub":"u1","sub":"u2"}"#).unwrap().subject, "u2");
        for body in [r#"{"email":"a@example.com"}"#, r#"{"sub":""}"#, r#"{"sub":null}"#, r#"{"sub":1.5}"#, "[]"] {
            assert!(read(body.as_bytes()).is_none(), "{body}");
        }
        assert!(read(b"<html>").is_none());
        assert!(read(br#"{"sub":""}"#).is_none());
    }

    // K4
    #[test]
    fn of_a_claim_that_stands_twice_the_last_counts() {
        let info = read(b"\xef\xbb\xbf{\"sub\":\"u1\",\"email\":\"a@b.c\",\"sub\":\"u2\",\"n\":1e999}").unwrap();
        assert_eq!(info.subject, "u2");
        assert_eq!(info.claims_json, r#"{"email":"a@b.c","sub":"u2","n":1e999}"#);
    }

    // wire: who; P6
    #[test]
    fn what_ai_pass_tells_besides_is_read_in_every_form() {
        for body in [
            r#"{"sub":"u1","email_verified":true,"preferred_username":"ann","scopes":["api:access","profile:read"]}"#,
            r#"{"sub":"u1","email_verified":"True","preferred_username":"ann","scope":"api:access profile:read"}"#,
            r#"{"sub":"u1","email_verified":true,"preferred_username":"ann","scopes":null,"scope":["api:access",7,"profile:read"]}"#,
        ] {
            let info = read(body.as_bytes()).unwrap();
            assert_eq!((info.email_verified, info.preferred_username.as_deref()), (Some(true), Some("ann")), "{body}");
            assert_eq!(info.scopes, ["api:access", "profile:read"], "{body}");
        }
        let bare = read(br#"{"sub":"u1","email_verified":"perhaps","scopes":7}"#).unwrap();
        assert_eq!((bare.email_verified, bare.scopes.len()), (None, 0));
    }
}
