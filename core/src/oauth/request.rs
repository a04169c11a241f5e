//! How a request's fields become an HTTP body. Fields hold secrets: every buffer that they pass through is wiped (S2).

use crate::json;
use crate::secret;
use bytes::Bytes;
use http::{Method, Request, header};
use std::borrow::Cow;
use url::Url;
use url::form_urlencoded::Serializer;
use zeroize::Zeroizing;

/// A POST with a form body.
pub(super) fn form(url: &Url, fields: &[(&str, &str)]) -> http::Result<Request<Bytes>> {
    // Percent-encoding makes a byte three at most: the buffer never grows, so no copy is left behind.
    let most = fields.iter().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum();
    let mut body = Zeroizing::new(String::with_capacity(most));
    Serializer::new(&mut *body).extend_pairs(fields);
    post(url, "application/x-www-form-urlencoded", body)
}

/// A POST with a JSON object.
pub(super) fn json(url: &Url, fields: &[(&str, &str)]) -> http::Result<Request<Bytes>> {
    let mut pairs = fields.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value)));
    post(url, "application/json", json::object_of_texts(&mut pairs).unwrap_or_default())
}

fn post(url: &Url, content_type: &str, body: Zeroizing<String>) -> http::Result<Request<Bytes>> {
    Request::builder()
        .method(Method::POST)
        .uri(url.as_str())
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCEPT, "application/json")
        .body(secret::wiped(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    // S2: a buffer that grows leaves a copy of the secret behind
    #[test]
    fn bodies_are_written_without_growing() {
        let hostile = "\u{1}\"\\é🦀".repeat(100);
        let fields = [(hostile.as_str(), hostile.as_str()), ("", ""), ("a", hostile.as_str())];
        let mut pairs = fields.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value)));
        let most = json::max_object_bytes(&pairs);
        let object = json::object_of_texts(&mut pairs).unwrap();
        assert_eq!(object.capacity(), most);
        let read: Vec<(String, String)> = serde_json::from_str::<serde_json::Map<_, _>>(&object)
            .unwrap()
            .into_iter()
            .map(|(name, value)| (name, value.as_str().unwrap().to_owned()))
            .collect();
        assert!(read.contains(&("a".to_owned(), hostile.clone())));
        let empty = json::object_of_texts(&mut std::iter::empty()).unwrap();
        assert_eq!(*empty, "{}");
    }
}
