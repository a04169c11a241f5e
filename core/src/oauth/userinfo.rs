//! The signed-in user's claims (OpenID Connect Core 5.3).

use serde_json::Value;

/// Who is signed in, as the provider says. Only `subject` is sure to be there, and only it is unique and stable.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UserInfo {
    /// The provider's own id of the user (`sub`).
    pub subject: String,
    /// The user's e-mail address, if the provider tells it.
    pub email: Option<String>,
    /// The user's name to show, if the provider tells it.
    pub name: Option<String>,
    /// The address of the user's picture, if the provider tells it.
    pub picture: Option<String>,
    /// All claims, as the JSON object that the provider sent.
    pub claims_json: String,
}

/// Reads a userinfo answer; `None` if it is not one.
pub(crate) fn read(body: &[u8]) -> Option<UserInfo> {
    let claims: Value = serde_json::from_slice(body).ok()?;
    let text =
        |name| claims.get(name).and_then(Value::as_str).filter(|text: &&str| !text.is_empty()).map(str::to_owned);
    let subject = text("sub").or_else(|| claims.get("sub")?.as_u64().map(|number| number.to_string()))?;
    Some(UserInfo {
        subject,
        email: text("email"),
        name: text("name"),
        picture: text("picture"),
        claims_json: claims.to_string(),
    })
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
        assert!(read(br#"{"email":"a@example.com"}"#).is_none());
        assert!(read(b"<html>").is_none());
    }
}
