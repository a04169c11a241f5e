//! How a request's fields become an HTTP body.

use bytes::Bytes;
use http::{Method, Request, header};
use url::Url;
use url::form_urlencoded::Serializer;

/// A POST with a form body.
pub(super) fn form(url: &Url, fields: &[(&str, &str)]) -> http::Result<Request<Bytes>> {
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    post(url, "application/x-www-form-urlencoded", body)
}

/// A POST with a JSON object.
pub(super) fn json(url: &Url, fields: &[(&str, &str)]) -> http::Result<Request<Bytes>> {
    let object: serde_json::Map<String, serde_json::Value> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    post(url, "application/json", serde_json::Value::Object(object).to_string())
}

fn post(url: &Url, content_type: &str, body: String) -> http::Result<Request<Bytes>> {
    Request::builder()
        .method(Method::POST)
        .uri(url.as_str())
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCEPT, "application/json")
        .body(body.into())
}
