//! Resource indicators: where the tokens of a sign-in are to be used ([RFC 8707](https://www.rfc-editor.org/rfc/rfc8707)).
//!
//! They stand in the authorization request ([RFC 8707 2.1](https://www.rfc-editor.org/rfc/rfc8707#section-2.1)) and in every token request of its grant ([RFC 8707 2.2](https://www.rfc-editor.org/rfc/rfc8707#section-2.2)). A refresh may
//! leave them out, but then a server may choose another audience for the next access token than for the first. So a refresh
//! repeats those of the sign-in: what the user granted already covers them.

use crate::error::{Error, Result};
use url::Url;

/// More of them than this, or longer ones, are a mistake.
const MAX_RESOURCES: usize = 16;
const MAX_BYTES: usize = 2048;

/// Refuses what is no absolute URI, or has a fragment ([RFC 8707 2](https://www.rfc-editor.org/rfc/rfc8707#section-2)).
///
/// They stay text: servers compare them byte for byte, and a parsed URL would add a `/` to `https://api.example.com`.
///
/// # Errors
/// [`Error::InvalidInput`] naming `resources`.
pub(crate) fn check(resources: &[String]) -> Result<()> {
    let refuse = |detail: String| Err(Error::invalid_input("resources", detail));
    if resources.len() > MAX_RESOURCES {
        return refuse(format!("at most {MAX_RESOURCES} can be named"));
    }
    for resource in resources {
        if resource.len() > MAX_BYTES {
            return refuse(format!("one has more than {MAX_BYTES} bytes"));
        }
        if !resource.bytes().all(|byte| byte.is_ascii_graphic())
            || resource.contains('\\')
            || Url::parse(resource).is_err()
        {
            return refuse(format!("{resource:?} is no absolute URI, such as https://api.example.com/"));
        }
        if resource.contains('#') {
            return refuse(format!("{resource:?} has a fragment"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_refused(resource: &str) -> bool {
        match check(&[resource.to_owned()]) {
            Err(Error::InvalidInput { input, .. }) => input == "resources",
            Err(other) => panic!("{other}"),
            Ok(()) => false,
        }
    }

    // RFC 8707 2: an absolute URI without a fragment
    #[test]
    fn only_absolute_uris_without_a_fragment_are_sent() {
        let long = format!("https://api.example.com/{}", "a".repeat(MAX_BYTES));
        for refused in [
            "",
            " ",
            "api.example.com",
            "/path",
            "//api.example.com",
            "?a=b",
            "https://api.example.com/#",
            "https://api.example.com/#part",
            "https://api.example.com/a b",
            "https://api.example.com/\n",
            "https:\\\\api.example.com",
            "https://api.example.com/é",
            "https://",
            &long,
        ] {
            assert!(is_refused(refused), "{refused:?}");
        }
        for taken in [
            "https://api.example.com",
            "https://api.example.com/",
            "https://api.example.com/app/?tenant=1",
            "https://[::1]:8443/x",
            "urn:example:api",
        ] {
            assert!(!is_refused(taken), "{taken}");
        }
        assert!(check(&vec!["urn:example:api".to_owned(); MAX_RESOURCES]).is_ok());
        assert!(check(&vec!["urn:example:api".to_owned(); MAX_RESOURCES + 1]).is_err());
    }

    proptest! {
        // S3
        #[test]
        fn hostile_text_never_panics(text in "\\PC{0,80}", raw in "[ -~]{0,80}") {
            let _ = check(&[text, raw]);
        }
    }
}
