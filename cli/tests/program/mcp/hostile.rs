//! Hostile input: what an assistant passes on may come from an attacker.

use super::client::Client;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::cell::RefCell;

/// An argument's value that must not come back.
const SECRET: &str = "canary-4f1b";
/// Port 9 of this machine discards: no call gets further than to its arguments and a refused connection.
const SERVER: [&str; 6] =
    ["--base-url", "http://127.0.0.1:9", "--client-id", "client_123", "--redirect-uri", "myapp://auth/callback"];

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        Just(SECRET.to_owned()),
        Just(format!("myapp://auth/callback?code={SECRET}&state={SECRET}")),
        Just("x".repeat(20_000)),
        Just("\u{1b}[2J\u{202e}\0".to_owned()),
        Just("authorization_code".to_owned()),
        Just("refresh_token".to_owned()),
        Just("myapp://auth/callback".to_owned()),
    ];
    let leaf = prop_oneof![
        text.prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!(1e308)),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..6).prop_map(|members| json!(members)),
        ]
    })
}

/// The tools, each with its arguments.
const TOOLS: [(&str, &str); 5] = [
    ("oauth2_authorize", "client_id redirect_uri scopes login_hint prompt extra_parameters"),
    ("oauth2_exchange_token", "handle grant_type callback_url code state iss include_tokens"),
    ("oauth2_validate_token", "handle token token_type_hint client_id"),
    ("oauth2_revoke_token", "handle token token_type_hint client_id"),
    (
        "oauth2_register_client",
        "redirect_uris client_name client_uri scopes grant_types contacts extra_metadata include_secrets",
    ),
];

/// The parameters of a call: mostly of a tool that exists, with arguments that it knows.
fn call() -> impl Strategy<Value = Value> {
    let call = |tool: Value, arguments: Value| json!({ "name": tool, "arguments": arguments });
    let known = prop::sample::select(&TOOLS[..]).prop_flat_map(|(tool, names)| {
        let name = prop::sample::select(names.split(' ').collect::<Vec<_>>());
        (Just(tool), prop::collection::hash_map(name, value(), 0..5))
    });
    prop_oneof![
        8 => known.prop_map(move |(tool, arguments)| call(tool.into(), json!(arguments))),
        1 => (prop::sample::select(&TOOLS[..]), value()).prop_map(move |((tool, _), value)| call(tool.into(), value)),
        1 => (value(), value()).prop_map(move |(tool, arguments)| call(tool, arguments)),
    ]
}

/// A line of the protocol, more or less.
fn line() -> impl Strategy<Value = String> {
    let message = |id: Value, method: String, params: Value| {
        json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()
    };
    const METHODS: [&str; 6] =
        ["tools/list", "tools/call", "initialize", "ping", "resources/list", "notifications/cancelled"];
    let method = prop_oneof![3 => prop::sample::select(&METHODS[..]).prop_map(str::to_owned), 1 => any::<String>()];
    let call = call().prop_map(move |call| message(json!("hostile"), "tools/call".into(), call)).boxed();
    prop_oneof![
        6 => call.clone(),
        2 => (value(), method, value()).prop_map(move |(id, method, params)| message(id, method, params)),
        1 => (call, any::<prop::sample::Index>()).prop_map(|(line, end)| {
            line.chars().take(end.index(line.len())).collect()
        }),
        1 => any::<String>(),
        1 => value().prop_map(|value| value.to_string()),
    ]
    .prop_map(|line| line.replace(['\n', '\r'], " "))
}

// S1, S3, S10: whatever a line says, the program lives, answers the next one, and repeats no argument's value
#[test]
fn no_line_ends_the_server_or_makes_it_repeat_a_secret() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let start = || runtime.block_on(Client::start(&SERVER)).0;
    let client = RefCell::new(None);
    let outcome = TestRunner::default().run(&prop::collection::vec(line(), 1..6), |lines| {
        // After a case that failed the next one gets a program of its own.
        let mut used = client.take().unwrap_or_else(start);
        let said = runtime.block_on(used.survive(&lines));
        for answer in &said {
            let text = answer.to_string();
            prop_assert!(!text.contains("panicked"), "{}", text);
            // Another id may have the secret itself, and is returned as it came.
            if answer["id"] == "hostile" && (answer.get("error").is_some() || answer["result"]["isError"] == true) {
                prop_assert!(!text.contains(SECRET), "{}", text);
            }
            if answer["result"]["isError"] == true {
                let sentence = answer["result"]["content"][0]["text"].as_str().unwrap();
                prop_assert!(!sentence.contains(|c: char| c.is_control()), "{sentence:?}");
            }
        }
        client.replace(Some(used));
        Ok(())
    });
    outcome.unwrap();
    let (status, said) = runtime.block_on(client.take().unwrap().close());
    assert_eq!((status, said.contains("panicked")), (0, false), "{said}");
}
