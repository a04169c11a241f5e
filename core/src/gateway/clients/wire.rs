//! Clients as the account API writes them.

use super::client::{ClientSettings, ClientType, ClientUsage, OAuthClient};
use crate::error::{Error, Result};
use crate::gateway::envelope;
use crate::gateway::members::{self, Members};
use crate::json_body::json_body;
use crate::secret::Secret;
use bytes::Bytes;
use serde::Serialize;

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
        client_type: Option<&'a str>,
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
        client_type: settings.client_type.map(|kind| match kind {
            ClientType::Public => "PUBLIC",
            ClientType::Confidential => "CONFIDENTIAL",
        }),
        require_consent: settings.require_consent,
        access_token_ttl_seconds: settings.access_token_ttl.map(|ttl| ttl.as_secs()),
        refresh_token_ttl_seconds: settings.refresh_token_ttl.map(|ttl| ttl.as_secs()),
    };
    json_body(&body, None)
}

/// No answer lists more clients than this.
const MAX_CLIENTS: usize = 1_000;

/// The members of a client.
const CLIENT: [&str; 12] = [
    "id",
    "clientId",
    "clientSecret",
    "clientName",
    "clientType",
    "redirectUris",
    "redirectUri",
    "scopes",
    "requestedScopes",
    "isActive",
    "createdAt",
    "updatedAt",
];

fn client(json: &[u8]) -> Option<OAuthClient> {
    let described = Members::read(json, &CLIENT)?;
    let client_id = described.text("clientId")?;
    let first = |names: [&str; 2]| names.map(|name| described.words(name)).into_iter().find(|words| !words.is_empty());
    Some(OAuthClient {
        // A server that has no other name for it takes its client id.
        id: described.text("id").unwrap_or_else(|| client_id.clone()),
        client_id,
        client_secret: described.text("clientSecret").map(Secret::new),
        name: described.text("clientName").unwrap_or_default(),
        client_type: described.text("clientType"),
        redirect_uris: first(["redirectUris", "redirectUri"]).unwrap_or_default(),
        scopes: scopes(first(["scopes", "requestedScopes"]).unwrap_or_default()),
        is_active: described.boolean("isActive").unwrap_or(true),
        created_at: described.text("createdAt"),
        updated_at: described.text("updatedAt"),
    })
}

/// Scopes, which OAuth writes with spaces between them.
fn scopes(listed: Vec<String>) -> Vec<String> {
    listed.iter().flat_map(|scope| scope.split_whitespace()).map(str::to_owned).collect()
}

pub(super) fn read_client(body: &[u8]) -> Result<OAuthClient> {
    let unreadable = || Error::unreadable(200, "the answer's client has no clientId");
    let data = envelope::data(body, None)?.ok_or_else(unreadable)?;
    let wrapped = || client(Members::read(data, &["client"])?.raw("client")?);
    client(data).or_else(wrapped).ok_or_else(unreadable)
}

pub(super) fn read_clients(body: &[u8]) -> Result<Vec<OAuthClient>> {
    const LISTS: [&str; 4] = ["clients", "content", "items", "data"];
    let unreadable = || Error::unreadable(200, "the response has no readable list of clients");
    let data = envelope::data(body, None)?.ok_or_else(unreadable)?;
    let list = |json| members::items(json, MAX_CLIENTS, client);
    if let Some(clients) = list(data) {
        return Ok(clients);
    }
    // A page of a list, or a list that is null.
    let page = Members::read(data, &LISTS).ok_or_else(unreadable)?;
    match LISTS.iter().find_map(|name| list(page.raw(name)?)) {
        Some(clients) => Ok(clients),
        None if LISTS.iter().any(|name| page.is_null(name)) => Ok(Vec::new()),
        None => Err(unreadable()),
    }
}

pub(super) fn read_usage(body: &[u8]) -> Result<ClientUsage> {
    let used = envelope::members(body, "usage", &["totalRequests", "requests", "totalCost", "cost"])?;
    let requests = used.count("totalRequests").or_else(|| used.count("requests"));
    Ok(ClientUsage { requests, cost: used.decimal("totalCost").or_else(|| used.decimal("cost")) })
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
            client_type: Some(ClientType::Confidential),
            require_consent: Some(true),
            access_token_ttl: Some(Duration::from_secs(3600)),
            ..ClientSettings::default()
        };
        let expected = json!({
            "clientName": "Receipts", "redirectUri": "myapp://auth/callback", "requestedScopes": ["api:access"],
            "clientType": "CONFIDENTIAL", "requireConsent": true, "accessTokenTtlSeconds": 3600,
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

    // P6, K4
    #[test]
    fn clients_are_read_in_every_form_and_an_odd_one_costs_only_itself() {
        for body in [
            r#"{"success":true,"data":[{"clientId":"a"},{"clientId":null},7,{"id":9,"clientId":"b"}]}"#,
            r#"{"success":"true","error":"","data":{"content":[{"clientId":"a"},{"clientId":"b"}],"totalPages":1}}"#,
            r#"{"data":{"clients":[{"clientId":"x","clientId":"a"},{"clientId":"b","redirectUris":7}]}}"#,
            r#"[{"clientId":"a"},{"clientId":"b"}]"#,
        ] {
            let clients = read_clients(body.as_bytes()).unwrap();
            let ids: Vec<_> = clients.iter().map(|client| client.client_id.as_str()).collect();
            assert_eq!(ids, ["a", "b"], "{body}");
        }
        assert!(read_clients(br#"{"success":true,"data":null}"#).unwrap().is_empty());
        assert!(read_clients(br#"{"data":[]}"#).unwrap().is_empty());
        for body in ["", "<html>", "{}", r#"{"data":7}"#, r#"{"data":{"total":0}}"#] {
            assert_eq!(read_clients(body.as_bytes()).unwrap_err().code(), "provider_invalid_response", "{body}");
        }
        let client = read_client(
            br#"{"data":{"client":{"clientId":"a","redirectUris":"x://y","scopes":"api:access profile:read","isActive":0}}}"#,
        )
        .unwrap();
        assert_eq!(client.redirect_uris, ["x://y"]);
        assert_eq!(
            (client.scopes.as_slice(), client.is_active),
            (["api:access".into(), "profile:read".into()].as_slice(), false)
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
