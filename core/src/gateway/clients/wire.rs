//! Clients as the account API writes them.

use super::{ClientSettings, ClientUsage, OAuthClient};
use crate::error::{Error, Result};
use crate::gateway::json_body::json_body;
use crate::gateway::{envelope, lenient};
use crate::secret::Secret;
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub(super) fn encode(settings: &ClientSettings) -> Result<Bytes> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        client_name: Option<&'a str>,
        /// The seed's form, for the one URI that most have.
        #[serde(skip_serializing_if = "Option::is_none")]
        redirect_uri: Option<&'a str>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        redirect_uris: &'a [String],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        requested_scopes: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        require_consent: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        access_token_ttl_seconds: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        refresh_token_ttl_seconds: Option<u64>,
    }
    for (name, ttl) in
        [("access_token_ttl", settings.access_token_ttl), ("refresh_token_ttl", settings.refresh_token_ttl)]
    {
        if ttl.is_some_and(|ttl| ttl.as_secs() == 0) {
            return Err(Error::invalid_input(name, "it is shorter than a second"));
        }
    }
    let (redirect_uri, redirect_uris) = match settings.redirect_uris.as_slice() {
        [only] => (Some(only.as_str()), [].as_slice()),
        several => (None, several),
    };
    let body = Body {
        client_name: settings.name.as_deref(),
        redirect_uri,
        redirect_uris,
        requested_scopes: &settings.scopes,
        require_consent: settings.require_consent,
        access_token_ttl_seconds: settings.access_token_ttl.map(|ttl| ttl.as_secs()),
        refresh_token_ttl_seconds: settings.refresh_token_ttl.map(|ttl| ttl.as_secs()),
    };
    json_body(&body, None)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    #[serde(default, deserialize_with = "lenient::text")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    client_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    client_secret: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    client_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    client_type: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional")]
    redirect_uris: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::text")]
    redirect_uri: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional")]
    scopes: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::boolean")]
    is_active: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    created_at: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    updated_at: Option<String>,
}

impl Described {
    fn client(self) -> Option<OAuthClient> {
        let described = self;
        let client_id = described.client_id?;
        Some(OAuthClient {
            // A server that has no other name for it takes its client id.
            id: described.id.unwrap_or_else(|| client_id.clone()),
            client_id,
            client_secret: described.client_secret.filter(|secret| !secret.is_empty()).map(Secret::new),
            name: described.client_name.unwrap_or_default(),
            client_type: described.client_type,
            redirect_uris: described
                .redirect_uris
                .filter(|uris| !uris.is_empty())
                .unwrap_or_else(|| described.redirect_uri.into_iter().collect()),
            scopes: described.scopes.unwrap_or_default(),
            is_active: described.is_active.unwrap_or(true),
            created_at: described.created_at,
            updated_at: described.updated_at,
        })
    }
}

pub(super) fn read_client(body: &[u8]) -> Result<OAuthClient> {
    let client = envelope::open::<Described>(body, "client")?.client();
    client.ok_or_else(|| Error::unreadable(200, "the answer's client has no clientId"))
}

pub(super) fn read_clients(body: &[u8]) -> Result<Vec<OAuthClient>> {
    let described: Vec<Described> = envelope::open(body, "list of clients")?;
    Ok(described.into_iter().filter_map(Described::client).collect())
}

pub(super) fn read_usage(body: &[u8]) -> Result<ClientUsage> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Used {
        #[serde(default, deserialize_with = "lenient::count")]
        total_requests: Option<u64>,
        #[serde(default, deserialize_with = "lenient::count")]
        requests: Option<u64>,
        #[serde(default, deserialize_with = "lenient::decimal")]
        total_cost: Option<Decimal>,
        #[serde(default, deserialize_with = "lenient::decimal")]
        cost: Option<Decimal>,
    }
    let used: Used = envelope::open(body, "usage")?;
    Ok(ClientUsage { requests: used.total_requests.or(used.requests), cost: used.total_cost.or(used.cost) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::time::Duration;

    fn sent(settings: &ClientSettings) -> Value {
        serde_json::from_slice(&encode(settings).unwrap()).unwrap()
    }

    // wire: clients
    #[test]
    fn one_redirect_uri_is_sent_as_the_provider_documents_and_several_as_a_list() {
        let one = ClientSettings {
            name: Some("Receipts".into()),
            redirect_uris: vec!["myapp://auth/callback".into()],
            scopes: vec!["api:access".into()],
            require_consent: Some(true),
            access_token_ttl: Some(Duration::from_secs(3600)),
            ..ClientSettings::default()
        };
        let expected = json!({
            "clientName": "Receipts", "redirectUri": "myapp://auth/callback", "requestedScopes": ["api:access"],
            "requireConsent": true, "accessTokenTtlSeconds": 3600,
        });
        assert_eq!(sent(&one), expected);
        let several =
            ClientSettings { redirect_uris: vec!["a://b".into(), "c://d".into()], ..ClientSettings::default() };
        assert_eq!(sent(&several), json!({"redirectUris": ["a://b", "c://d"]}));
    }

    // wire: clients; S1
    #[test]
    fn a_new_client_is_read_and_its_secret_does_not_show() {
        let body = br#"{"success":true,"data":{"id":7,"clientId":"client_9","clientSecret":"canary","clientName":"Receipts",
            "clientType":"CONFIDENTIAL","redirectUris":["a://b"],"scopes":["api:access"],"requirePkce":true,"isActive":true,
            "createdAt":"2026-01-31T10:00:00Z","updatedAt":null}}"#;
        let client = read_client(body).unwrap();
        assert_eq!(
            (client.id.as_str(), client.client_id.as_str(), client.name.as_str()),
            ("7", "client_9", "Receipts")
        );
        assert_eq!(client.client_secret.as_ref().unwrap().expose(), "canary");
        assert!(!format!("{client:?}").contains("canary"));
        assert_eq!(client.redirect_uris, ["a://b"]);
        assert_eq!(
            read_client(br#"{"data":{"clientId":7,"redirectUri":"a://b","isActive":"false"}}"#).unwrap().redirect_uris,
            ["a://b"]
        );
    }

    // P7
    #[test]
    fn usage_is_exact() {
        let usage = read_usage(
            br#"{"success":true,"data":{"clientId":"c","totalRequests":"3","requests":3,"totalCost":0.10}}"#,
        )
        .unwrap();
        assert_eq!((usage.requests, usage.cost.unwrap().to_string()), (Some(3), "0.10".to_owned()));
    }

    #[test]
    fn what_is_no_client_is_a_typed_error() {
        for body in ["", "{}", r#"{"data":null}"#, r#"{"data":{}}"#] {
            assert_eq!(read_client(body.as_bytes()).unwrap_err().code(), "provider_invalid_response", "{body}");
        }
        assert!(read_client(br#"{"success":false,"message":"no"}"#).is_err());
    }

    // P8
    #[test]
    fn a_lifetime_of_nothing_is_refused() {
        let settings =
            ClientSettings { access_token_ttl: Some(Duration::from_millis(10)), ..ClientSettings::default() };
        assert!(encode(&settings).is_err());
    }
}
