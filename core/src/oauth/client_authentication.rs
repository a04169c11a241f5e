//! How a client names itself to the provider, with its secret if it has one ([RFC 6749 2.3](https://www.rfc-editor.org/rfc/rfc6749#section-2.3)). All endpoints that take a form share this.

use super::{Client, request};
use crate::provider::{ClientAuthentication, Provider};
use crate::secret::{self, Secret};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderValue, Request, header};
use url::Url;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

/// A POST of a form with the client's name: `client_id` always, and the secret as the provider takes it.
pub(crate) fn form(
    endpoint: &Url,
    provider: &Provider,
    client: &Client,
    fields: &[(&str, &str)],
) -> http::Result<Request<Bytes>> {
    let mut fields = fields.to_vec();
    fields.push(("client_id", &client.id));
    match (&client.secret, provider.client_authentication) {
        (None, _) => request::form(endpoint, &fields),
        (Some(secret), ClientAuthentication::Post) => {
            fields.push(("client_secret", secret.expose()));
            request::form(endpoint, &fields)
        }
        (Some(secret), ClientAuthentication::Basic) => {
            let mut request = request::form(endpoint, &fields)?;
            request.headers_mut().insert(header::AUTHORIZATION, basic(&client.id, secret)?);
            Ok(request)
        }
    }
}

/// HTTP Basic ([RFC 6749 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)): both halves are form-encoded before they are joined.
fn basic(client_id: &str, client_secret: &Secret) -> http::Result<HeaderValue> {
    let mut joined = Zeroizing::new(String::with_capacity(3 * (client_id.len() + client_secret.expose().len()) + 1));
    joined.extend(byte_serialize(client_id.as_bytes()));
    joined.push(':');
    joined.extend(byte_serialize(client_secret.expose().as_bytes()));
    secret::authorization("Basic", &Zeroizing::new(STANDARD.encode(&*joined)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sent(authentication: ClientAuthentication, id: &str, secret: Option<&str>) -> Request<Bytes> {
        let mut provider =
            Provider::custom("https://id.example", "https://id.example/a", "https://id.example/t").unwrap();
        provider.client_authentication = authentication;
        let client = Client { id: id.to_owned(), secret: secret.map(Secret::new) };
        form(&provider.token_endpoint, &provider, &client, &[("grant_type", "client_credentials")]).unwrap()
    }

    fn fields(request: &Request<Bytes>) -> Vec<(String, String)> {
        url::form_urlencoded::parse(request.body()).into_owned().collect()
    }

    /// What a server reads of the header: RFC 7617 2, then RFC 6749 2.3.1.
    fn basic_of(request: &Request<Bytes>) -> (String, String) {
        let value = request.headers()[header::AUTHORIZATION].to_str().unwrap().strip_prefix("Basic ").unwrap();
        let joined = String::from_utf8(STANDARD.decode(value).unwrap()).unwrap();
        let (id, secret) = joined.split_once(':').unwrap();
        let decode = |half: &str| {
            let pair = format!("v={half}");
            url::form_urlencoded::parse(pair.as_bytes()).next().unwrap().1.into_owned()
        };
        (decode(id), decode(secret))
    }

    // RFC 6749 2.3.1: its own example, and the halves that Basic alone would confuse
    #[test]
    fn both_halves_are_form_encoded_before_they_are_joined() {
        for (id, secret, header) in [
            ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw", "s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw"),
            ("s6BhdRkqt3", "gX1fBat3bV", "s6BhdRkqt3:gX1fBat3bV"),
            ("a:b", "c:d", "a%3Ab:c%3Ad"),
            ("a b", "c+d", "a+b:c%2Bd"),
            ("https://app.example/", "p&q=r%", "https%3A%2F%2Fapp.example%2F:p%26q%3Dr%25"),
            ("é", "ü\u{1f511}", "%C3%A9:%C3%BC%F0%9F%94%91"),
            ("*-._~", "", "*-._%7E:"),
        ] {
            let request = sent(ClientAuthentication::Basic, id, Some(secret));
            let value = request.headers()[header::AUTHORIZATION].to_str().unwrap();
            assert_eq!(value, format!("Basic {}", STANDARD.encode(header)), "{id} {secret}");
            assert_eq!(basic_of(&request), (id.to_owned(), secret.to_owned()));
            assert!(request.headers()[header::AUTHORIZATION].is_sensitive());
            assert!(!fields(&request).iter().any(|(name, _)| name == "client_secret"));
        }
    }

    // RFC 6749 2.3.1: in the form, and then in no header
    #[test]
    fn a_secret_in_the_form_stands_in_no_header() {
        let request = sent(ClientAuthentication::Post, "s6BhdRkqt3", Some("p&q=r% +é"));
        assert!(!request.headers().contains_key(header::AUTHORIZATION));
        let expected =
            [("grant_type", "client_credentials"), ("client_id", "s6BhdRkqt3"), ("client_secret", "p&q=r% +é")];
        assert_eq!(fields(&request), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    // RFC 6749 3.2.1: a client without a secret names itself in the form
    #[test]
    fn a_client_without_a_secret_sends_its_id_only() {
        for authentication in [ClientAuthentication::Basic, ClientAuthentication::Post] {
            let request = sent(authentication, "a&b", None);
            assert!(!request.headers().contains_key(header::AUTHORIZATION));
            assert_eq!(request.body(), "grant_type=client_credentials&client_id=a%26b");
        }
    }

    proptest! {
        // whatever a secret is, the server reads it as it is
        #[test]
        fn any_secret_survives_the_journey(id in "[ -~]{1,40}", secret in "\\PC{0,60}") {
            let basic = sent(ClientAuthentication::Basic, &id, Some(&secret));
            prop_assert_eq!(basic_of(&basic), (id.clone(), secret.clone()));
            let post = sent(ClientAuthentication::Post, &id, Some(&secret));
            prop_assert!(fields(&post).contains(&("client_secret".to_owned(), secret)));
        }
    }
}
