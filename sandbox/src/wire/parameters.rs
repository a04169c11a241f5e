//! Parameters of a query or a form (`application/x-www-form-urlencoded`).

use crate::wire::errors::RequestError;

/// Decoded parameters, in the order sent.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The value of `name`. RFC 6749 §3.1: an empty value counts as none, and a parameter must not be sent twice.
    pub(crate) fn once(&self, name: &str) -> Result<Option<&str>, RequestError> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let value = values.next().filter(|value| !value.is_empty());
        if values.next().is_some() {
            return Err(RequestError::bad_request("invalid_request", format!("{name} was sent twice")));
        }
        Ok(value)
    }

    /// The same without these names.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(key, _)| !names.contains(&key.as_str()));
        self
    }

    /// The same with one parameter more.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}
