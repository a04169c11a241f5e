//! Pushed authorization requests: the parameters go to the provider first, and the browser carries only a reference to them
//! ([RFC 9126 2](https://www.rfc-editor.org/rfc/rfc9126#section-2), [RFC 9126 4](https://www.rfc-editor.org/rfc/rfc9126#section-4)).

use super::failure::{EndpointResponse, OAuthFailure};
use super::token::seconds;
use super::{Client, client_authentication};
use crate::json::{self, Object};
use crate::provider::Provider;
use bytes::Bytes;
use http::Request;
use std::time::Duration;
use url::Url;

/// A reference is a short URN. Some servers put the whole request into it, encrypted.
const MAX_REQUEST_URI: usize = 4096;

/// What the provider took.
#[derive(Debug, PartialEq)]
pub(crate) struct PushedRequest {
    /// Names the request in the authorization URL.
    request_uri: String,
    /// For how long the URL can be opened; `None` if the provider does not say.
    pub expires_in: Option<Duration>,
}

/// The request with all parameters of the authorization request ([RFC 9126 2.1](https://www.rfc-editor.org/rfc/rfc9126#section-2.1)). The client names itself as at the token endpoint.
pub(crate) fn request(
    endpoint: &Url,
    provider: &Provider,
    client: &Client,
    parameters: &[(String, String)],
) -> http::Result<Request<Bytes>> {
    let fields: Vec<_> = parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client_authentication::form(endpoint, provider, client, &fields)
}

/// Reads the response ([RFC 9126 2.2](https://www.rfc-editor.org/rfc/rfc9126#section-2.2)): 201 with `request_uri` and `expires_in`. Any other 2xx counts, too.
///
/// # Errors
/// [`OAuthFailure`] if the provider refused the request ([RFC 9126 2.3](https://www.rfc-editor.org/rfc/rfc9126#section-2.3)), or the response has no `request_uri` that can be used.
pub(crate) fn read(response: &EndpointResponse<'_>) -> Result<PushedRequest, OAuthFailure> {
    let refuse = |expected| Err(OAuthFailure::read(response, expected));
    if !(200..300).contains(&response.status) {
        return refuse("the endpoint of pushed requests redirects");
    }
    let text = json::json_text(response.body);
    let Some(object) = Object::at_start(&text) else {
        return refuse("the response to the pushed request is not a JSON object");
    };
    if object.get("error").is_some_and(json::says_failure) {
        return refuse("the response to the pushed request has an error");
    }
    let is_usable = |uri: &String| {
        !uri.is_empty() && uri.len() <= MAX_REQUEST_URI && uri.bytes().all(|byte| byte.is_ascii_graphic())
    };
    let request_uri = object.get("request_uri").and_then(|value| serde_json::from_str(value.get()).ok());
    let Some(request_uri) = request_uri.filter(is_usable) else {
        return refuse("the response to the pushed request has no request_uri that can be used");
    };
    let stated = object.get("expires_in").and_then(|value| json::text(value)?.trim().parse::<f64>().ok());
    if stated.is_some_and(|seconds| seconds < 1.0) {
        return refuse("the pushed request has expired already");
    }
    let expires_in = object.get("expires_in").and_then(|value| seconds(value.get()));
    Ok(PushedRequest { request_uri, expires_in })
}

impl PushedRequest {
    /// The URL to open: nothing but the client's id and the reference ([RFC 9126 4](https://www.rfc-editor.org/rfc/rfc9126#section-4)).
    pub fn url(&self, provider: &Provider, client_id: &str) -> Url {
        let mut url = provider.authorization_endpoint.clone();
        url.query_pairs_mut().append_pair("client_id", client_id).append_pair("request_uri", &self.request_uri);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ProviderErrorKind};
    use crate::secret::Secret;
    use proptest::prelude::*;

    const URN: &str = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c";

    fn provider() -> Provider {
        let at = |path: &str| format!("https://as.example.com{path}");
        Provider::custom(&at(""), &at("/authorize"), &at("/token")).unwrap()
    }

    fn read_body(status: u16, body: &str) -> Result<PushedRequest, OAuthFailure> {
        let scrub = |text: &str, _: &[&Secret]| text.to_owned();
        read(&EndpointResponse { status, retry_after: None, body: body.as_bytes(), scrub: &scrub })
    }

    // RFC 9126 2.1: the request of the standard, with the standard's client
    #[test]
    fn the_request_is_the_standards() {
        let endpoint = Url::parse("https://as.example.com/as/par").unwrap();
        let client = Client { id: "s6BhdRkqt3".into(), secret: Some(Secret::new("7Fjfp0ZBr1KtDRbnfVdmIw")) };
        let parameters = [
            ("response_type", "code"),
            ("state", "af0ifjsldkj"),
            ("redirect_uri", "https://client.example.org/cb"),
            ("code_challenge", "K2-ltc83acc4h0c9w6ESC_rEMTJ3bww-uCHaoeK1t8U"),
            ("code_challenge_method", "S256"),
            ("scope", "account-information"),
        ];
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let request = request(&endpoint, &provider(), &client, &parameters).unwrap();
        assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/as/par"));
        assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(request.headers()["authorization"], "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
        let expected = "response_type=code&state=af0ifjsldkj&redirect_uri=https%3A%2F%2Fclient.example.org%2Fcb\
                        &code_challenge=K2-ltc83acc4h0c9w6ESC_rEMTJ3bww-uCHaoeK1t8U&code_challenge_method=S256\
                        &scope=account-information&client_id=s6BhdRkqt3";
        assert_eq!(request.body(), expected);
    }

    // RFC 9126 2.2, 4: the response and the URL of the standard
    #[test]
    fn the_url_has_the_client_and_the_reference_only() {
        let pushed = read_body(201, &format!(r#"{{"request_uri":"{URN}","expires_in":60}}"#)).unwrap();
        assert_eq!(pushed.expires_in, Some(Duration::from_secs(60)));
        let expected = "https://as.example.com/authorize?client_id=s6BhdRkqt3\
                        &request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A6esc_11ACC5bwc014ltc14eY22c";
        assert_eq!(pushed.url(&provider(), "s6BhdRkqt3").as_str(), expected);
    }

    // P6, T1: a life in odd forms is read, or unknown
    #[test]
    fn an_odd_life_spoils_nothing() {
        for (life, expected) in [
            ("60", Some(60)),
            ("\"60\"", Some(60)),
            ("59.9", Some(59)),
            ("1e300", Some(u64::MAX)),
            ("null", None),
            ("\"soon\"", None),
            ("{}", None),
        ] {
            let pushed =
                read_body(200, &format!(r#"{{"expires_in":{life},"request_uri":"urn:x","more":[]}}"#)).unwrap();
            assert_eq!(pushed.expires_in, expected.map(Duration::from_secs), "{life}");
        }
        assert_eq!(read_body(201, r#"{"request_uri":"urn:x"}"#).unwrap().expires_in, None);
    }

    // T5, P4: no URL is made of what cannot be a reference
    #[test]
    fn what_is_no_reference_is_a_typed_error() {
        let long = format!(r#"{{"request_uri":"urn:{}"}}"#, "a".repeat(MAX_REQUEST_URI));
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"request_uri":""}"#,
            r#"{"request_uri":null}"#,
            r#"{"request_uri":7}"#,
            r#"{"request_uri":["urn:x"]}"#,
            r#"{"request_uri":"urn:x y"}"#,
            r#"{"request_uri":"urn:x\n"}"#,
            r#"{"request_uri":"urn:é"}"#,
            r#"{"request_uri":"urn:x","expires_in":0}"#,
            r#"{"request_uri":"urn:x","expires_in":-60}"#,
            r#"{"request_uri":"urn:x","expires_in":"0"}"#,
            r#"{"data":{"request_uri":"urn:x"}}"#,
            r#"{"request_uri":"urn:x"#,
            &long,
        ] {
            let error: Error = read_body(201, body).unwrap_err().into();
            assert_eq!(error.code(), "provider_invalid_response", "{body:.80}");
        }
        assert_eq!(Error::from(read_body(302, "").unwrap_err()).code(), "provider_unexpected_redirect");
    }

    // RFC 9126 2.3
    #[test]
    fn a_refusal_keeps_the_servers_code() {
        let body =
            r#"{"error":"invalid_request","error_description":"The redirect_uri is not valid for the given client"}"#;
        let error: Error = read_body(400, body).unwrap_err().into();
        let kind = ProviderErrorKind::RedirectUriRefused;
        assert!(
            matches!(error, Error::Provider { kind: it, provider_code: Some(code), .. } if it == kind && code == "invalid_request")
        );
        for (status, body, code) in [
            (401, r#"{"error":"invalid_client"}"#, "provider_sign_in_refused"),
            (405, "", "provider_sign_in_refused"),
            (413, "", "provider_sign_in_refused"),
            (429, "", "rate_limited"),
            (503, "", "provider_unavailable"),
            (200, r#"{"error":"invalid_scope","request_uri":"urn:x"}"#, "provider_sign_in_refused"),
        ] {
            assert_eq!(Error::from(read_body(status, body).unwrap_err()).code(), code, "{status} {body}");
        }
    }

    proptest! {
        // S3
        #[test]
        fn hostile_bytes_never_panic(status in 100_u16..600, body in "\\PC{0,200}", value in "[\\[\\]{}\":,a0 -]{0,60}") {
            let _ = read_body(status, &body);
            for body in [format!(r#"{{"request_uri":{value}}}"#), format!(r#"{{"request_uri":"urn:x","expires_in":{value}}}"#)] {
                if let Ok(pushed) = read_body(201, &body) {
                    let url = pushed.url(&provider(), "c");
                    prop_assert_eq!(url.query_pairs().count(), 2);
                }
            }
        }
    }
}
