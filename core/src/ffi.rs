//! What other languages need besides: native types for ours, constructors where Rust has builders, and defaults.
//! Everything else is exported where it is defined.

mod bytes;
mod clients;
mod settings;

use crate::error::Error;
use crate::net::tls::ServerTrustError;
use crate::secret::Secret;
use crate::session::store::StoreError;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::path::PathBuf;
use uniffi::UnexpectedUniFFICallbackError;
use url::{Position, Url};

// What cannot be read comes out of the call as an error of ours, not as a panic.
uniffi::custom_type!(Url, String, {
    remote,
    lower: |url| strict(&url),
    try_lift: |text| Ok(text.parse().map_err(|error| Error::invalid_input("url", format!("not a URL: {error}")))?),
});
uniffi::custom_type!(Decimal, String, {
    remote,
    lower: |decimal| decimal.to_string(),
    try_lift: |text| Ok(text.parse().map_err(|_| Error::invalid_input("decimal", "it has more than 28 digits"))?),
});
uniffi::custom_type!(NaiveDate, String, {
    remote,
    lower: |date| date.to_string(),
    try_lift: |text| Ok(text.parse().map_err(|_| Error::invalid_input("date", "it is not a date such as 2026-01-31"))?),
});
uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});
uniffi::custom_type!(Secret, String, {
    lower: |secret| secret.expose().to_owned(),
    try_lift: |text| Ok(Secret::new(text)),
});

/// The URL as RFC 3986 spells it. The URL standard of browsers, which `Url` follows, leaves characters alone that
/// Foundation's and Java's parsers refuse.
fn strict(url: &Url) -> String {
    let mut text = url[..Position::BeforePath].to_owned();
    for character in url[Position::BeforePath..].chars() {
        if matches!(character, '"' | '<' | '>' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}') {
            text.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text
}

#[uniffi::export]
impl Error {
    /// A stable code for this error, such as `budget_exceeded` or `storage_key_lost`: what an app translates.
    #[uniffi::method(name = "code")]
    pub(crate) fn code_text(&self) -> String {
        self.code().to_owned()
    }

    /// What happened, as an English sentence for developers. It holds no secret.
    pub(crate) fn text(&self) -> String {
        self.to_string()
    }
}

// A host's implementation that throws something else than it may: an error like the others, not a panic.
impl From<UnexpectedUniFFICallbackError> for StoreError {
    fn from(unexpected: UnexpectedUniFFICallbackError) -> Self {
        StoreError::Failed { detail: unexpected.reason }
    }
}

impl From<UnexpectedUniFFICallbackError> for ServerTrustError {
    fn from(unexpected: UnexpectedUniFFICallbackError) -> Self {
        ServerTrustError::Unavailable { detail: unexpected.reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_reach_other_languages_in_a_form_that_their_parsers_read() {
        let url = Url::parse("https://[::1]:8443/a|b[c]?d=^{e}&f=%7C#`g`").unwrap();
        assert_eq!(strict(&url), "https://[::1]:8443/a%7Cb%5Bc%5D?d=%5E%7Be%7D&f=%7C#%60g%60");
    }
}
