//! The signed-in user's claims (OpenID Connect Core 5.3).

use super::json::{self, Object};

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

/// Reads a userinfo response; `None` if it is not one.
pub(crate) fn read(body: &[u8]) -> Option<UserInfo> {
    let body = json::json_text(body);
    let claims = Object::at_start(&body)?;
    let text = |name| json::text(claims.get(name)?).filter(|text| !text.trim().is_empty());
    let subject = text("sub")?;
    Some(UserInfo {
        subject,
        email: text("email"),
        name: text("name"),
        picture: text("picture"),
        claims_json: claims.to_json(),
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
        assert!(read(br#"{"sub":""}"#).is_none());
    }

    // K4
    #[test]
    fn of_a_claim_that_stands_twice_the_last_counts() {
        let info = read(b"\xef\xbb\xbf{\"sub\":\"u1\",\"email\":\"a@b.c\",\"sub\":\"u2\",\"n\":1e999}").unwrap();
        assert_eq!(info.subject, "u2");
        assert_eq!(info.claims_json, r#"{"email":"a@b.c","sub":"u2","n":1e999}"#);
    }
}
