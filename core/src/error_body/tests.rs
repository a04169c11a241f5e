use super::*;
use proptest::prelude::*;
use serde_json::json;

const LITELLM: &str = "Budget has been exceeded! Current cost: 10.02, Max budget: 10.0";
const DEPLOYED: &str = "ExceededBudget: End User=u1 over budget. Spend=0.00088, Budget=0.0001";

fn read(body: &str) -> ErrorBody {
    ErrorBody::read(body.as_bytes())
}

fn figures(body: &str, status: u16) -> Option<(Option<String>, Option<String>)> {
    let text = |figure: Option<rust_decimal::Decimal>| figure.map(|figure| figure.to_string());
    read(body).budget(status).map(|budget| (text(budget.spent), text(budget.limit)))
}

/// Every wrapping of an error with this message.
fn wrappings(message: &str) -> Vec<String> {
    let error = json!({"error": {"message": message, "type": "t", "param": null, "code": "400"}});
    let page = message.replace('<', "&lt;");
    vec![
        error.to_string(),
        json!([error]).to_string(),
        json!({"detail": error}).to_string(),
        json!({"detail": message}).to_string(),
        json!({"detail": [{"msg": message, "loc": ["body"]}]}).to_string(),
        json!({"errors": [{"message": message}]}).to_string(),
        json!({"message": message}).to_string(),
        json!({"error": message}).to_string(),
        json!({"error": error.to_string()}).to_string(),
        json!({"error": {"message": error.to_string(), "code": null}}).to_string(),
        json!({"message": json!([error]).to_string()}).to_string(),
        json!({"error": "some_code", "error_type": "t", "description": message, "generation_id": "g"}).to_string(),
        json!({"error": "some_code", "error_description": message}).to_string(),
        json!({"success": false, "message": message, "error": "CODE"}).to_string(),
        json!({"type": "error", "error": {"type": "t", "message": message}}).to_string(),
        json!(error.to_string()).to_string(),
        json!(message).to_string(),
        message.to_owned(),
        format!("\u{feff}  {message}\r\n"),
        format!("<!DOCTYPE html><html><head><style>p {{}}</style></head><body>\n<p>{page}</p></body></html>"),
    ]
}

// C7: one reader, every wrapping
#[test]
fn the_words_are_found_in_every_wrapping() {
    for message in ["no such model", LITELLM, DEPLOYED, "Ihr Guthaben ist erschöpft"] {
        for body in wrappings(message) {
            assert_eq!(read(&body).text, message, "{body}");
        }
    }
}

// wire: budget
#[test]
fn a_budget_is_recognised_with_its_figures_in_every_wrapping_and_with_any_status() {
    for (message, spent, limit) in [
        (LITELLM, "10.02", "10.0"),
        (DEPLOYED, "0.00088", "0.0001"),
        ("ExceededTokenBudget: Current spend for token: 2.5; Max Budget for Token: 2", "2.5", "2"),
        ("Budget has been exceeded! Current cost: $1,234.50, Max budget: $1,000", "1234.50", "1000"),
        ("budget has been exceeded! current cost: 8.8e-05, max budget: 1e-05.", "0.000088", "0.00001"),
    ] {
        for body in wrappings(message) {
            for status in [200, 400, 401, 402, 422, 429, 500] {
                let expected = Some((Some(spent.to_owned()), Some(limit.to_owned())));
                assert_eq!(figures(&body, status), expected, "{status} {body}");
            }
        }
    }
    for named in ["budget_exceeded", "BudgetExceeded", "ExceededBudget", "BUDGET_EXCEEDED"] {
        for body in [
            json!({"error": {"type": named}}),
            json!({"error": {"code": named, "message": "x", "type": "auth_error"}}),
            json!({"error": named}),
            json!({"error": "x", "error_type": named}),
            json!([{"error": {"code": named}}]),
        ] {
            assert_eq!(figures(&body.to_string(), 400), Some((None, None)), "{body}");
        }
    }
    assert_eq!(figures("", 402), Some((None, None)));
    // A body that was cut off still says it.
    assert_eq!(figures(&format!("{{\"error\":{{\"message\":\"{LITELLM}"), 400).unwrap().0.as_deref(), Some("10.02"));
}

#[test]
fn other_errors_are_no_budget_errors_and_unclear_figures_are_unknown() {
    for message in
        ["bad model", "the thinking budget is larger than max_tokens", "budget must be a number", "quota exceeded"]
    {
        assert!(wrappings(message).iter().all(|body| read(body).budget(400).is_none()), "{message}");
    }
    for unclear in ["Current cost: 1,5, Max budget: 2,50", "Current cost: , Max budget: unlimited", "Current cost: 1-2"]
    {
        assert_eq!(figures(&format!("Budget has been exceeded! {unclear}"), 400), Some((None, None)), "{unclear}");
    }
}

// M1
#[test]
fn the_refused_parameter_is_named() {
    let message = |text: &str| json!({"error": {"message": text, "param": null, "code": "400"}}).to_string();
    for (body, expected) in [
        (json!({"error": {"message": "x", "param": "temperature"}}).to_string(), Some("temperature")),
        (json!({"detail": [{"msg": "x", "loc": ["body", "max_tokens"]}]}).to_string(), Some("max_tokens")),
        (
            message(
                "litellm.UnsupportedParamsError: gpt-5 models (including gpt-5-codex) don't support temperature=0.0. Only temperature=1 is supported.",
            ),
            Some("temperature"),
        ),
        (
            message("litellm.UnsupportedParamsError: openai does not support parameters: ['top_k'], for model=x"),
            Some("top_k"),
        ),
        (
            message("litellm.UnsupportedParamsError: vertex_ai does not support parameters: {'logit_bias': 1}"),
            Some("logit_bias"),
        ),
        (message("Unsupported value: 'temperature' does not support 0 with this model."), Some("temperature")),
        (
            message(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            ),
            Some("max_tokens"),
        ),
        (message("OpenAIException - {\"error\": {\"message\": \"no\", \"param\": \"stop\"}}"), Some("stop")),
        (message("Unrecognized request argument supplied: foo"), Some("foo")),
        (message("this model does not support images"), None),
        (message("bad request"), None),
        (json!({"error": {"message": "x", "param": "None"}}).to_string(), None),
    ] {
        assert_eq!(read(&body).parameter.as_deref(), expected, "{body}");
    }
}

#[test]
fn ids_codes_and_statuses_are_read() {
    let stats =
        read(r#"{"error":"insufficient_funds","error_type":"billing","description":"no","generation_id":"gen-1"}"#);
    assert_eq!((stats.best_code(), stats.request_id.as_deref()), (Some("insufficient_funds"), Some("gen-1")));
    let google = read(r#"[{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}]"#);
    assert_eq!((google.best_code(), google.status), (Some("RESOURCE_EXHAUSTED"), Some(429)));
    let problem = read(r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"not yours"}"#);
    assert_eq!((problem.text.as_str(), problem.best_code(), problem.status), ("not yours", None, Some(403)));
    // The server's own code, and not the one that it quotes.
    let quoted = read(
        r#"{"error":{"message":"{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"bad key\"}}","type":"bad_gateway"}}"#,
    );
    assert_eq!((quoted.text.as_str(), quoted.best_code()), ("bad key", Some("bad_gateway")));
    let twice = read(r#"{"error":{"message":"first","message":"last","code":"a","code":"b"}}"#);
    assert_eq!((twice.text.as_str(), twice.best_code()), ("last", Some("b")));
}

// K2, P10: an error says something
#[test]
fn errors_that_say_nothing_are_none() {
    for nothing in [
        "null",
        "\"\"",
        "false",
        "{}",
        "[]",
        r#"{"message":"","code":null}"#,
        "\" \"",
        "0",
        r#"{"code":0}"#,
        "\"none\"",
    ] {
        for body in [
            format!(r#"{{"choices":[],"error":{nothing}}}"#),
            format!(r#"{{"error":{nothing}}}"#),
            format!(r#"{{"error":{{"message":"old"}},"error":{nothing},"success":true}}"#), // the last one counts
        ] {
            assert_eq!(ErrorBody::in_success(body.as_bytes()), None, "{body}");
        }
    }
    for (body, text) in [
        (r#"{"error":{"message":"boom"}}"#, "boom"),
        (r#"{"choices":[{}],"error":{"message":"boom","code":502}}"#, "boom"),
        (r#"{"error":null,"err\u006fr":"boom boom"}"#, "boom boom"),
        (r#"{"error":true,"message":"boom"}"#, "boom"),
        (r#"{"success":false,"message":"boom"}"#, "boom"),
        (r#"{"success":"false","message":"boom"}"#, "boom"),
        (r#"[{"error":{"message":"boom"}}]"#, "boom"),
        (r#"{"detail":"boom"}"#, "boom"),
        (r#"{"type":"about:blank","title":"t","status":500,"detail":"boom","instance":"/x"}"#, "boom"),
        (r#"{"errors":[{"message":"boom"}]}"#, "boom"),
        (r#"{"type":"error","error":{"type":"overloaded_error","message":"boom"}}"#, "boom"),
    ] {
        assert_eq!(ErrorBody::in_success(body.as_bytes()).map(|read| read.text).as_deref(), Some(text), "{body}");
    }
    for answer in [
        r#"["m-1"]"#,
        r#"[{"id":"m"}]"#,
        r#"{"id":"v","detail":"fine"}"#,
        r#"{"data":[],"errors":["one"]}"#,
        r#"{"sub":"u1","detail":"x","email":"y"}"#,
        "1",
        "<html>",
        "",
    ] {
        assert_eq!(ErrorBody::in_success(answer.as_bytes()), None, "{answer}");
    }
}

// C7: odd members and encodings hide no words
#[test]
fn every_encoding_and_odd_members_are_read() {
    let json = r#"{"error":{"message":"no such model","code":"model_not_found"}}"#;
    let utf16: Vec<u8> = json.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies: Vec<Vec<u8>> = vec![
        json.into(),
        utf16,
        format!("{json}\n<!-- 3 ms -->").into_bytes(),
        br#"{"took":1e999,"error":{"message":"no such model","code":"model_not_found","odd":"\ud800"}}"#.to_vec(),
        b"error=model_not_found&error_description=no+such+model".to_vec(),
        br#"{"status":404,"error":"Not Found","code":"model_not_found","message":"no such model","path":"/v1"}"#
            .to_vec(),
        br#"{"data":{"errorDescription":"no such model","code":"model_not_found"}}"#.to_vec(),
        br#"{"status":"error","code":"model_not_found","errmsg":"no such model"}"#.to_vec(),
    ];
    for body in bodies {
        let read = ErrorBody::read(&body);
        let shown = String::from_utf8_lossy(&body);
        assert_eq!((read.text.as_str(), read.best_code()), ("no such model", Some("model_not_found")), "{shown}");
    }
    assert_eq!(read("{\"error\":\"Bad Request\",\"status\":400}").text, "Bad Request"); // better than nothing
    assert_eq!(read("\"gpt-9\" is no model").text, "\"gpt-9\" is no model");
    assert_eq!(read("\u{fffd}PNG").text, "");
    assert_eq!(
        read(r#"{"error":"x","error_uri":"https://id.example/x"}"#).uri.as_deref(),
        Some("https://id.example/x")
    );
}

// T6, L4: who says it
#[test]
fn a_code_in_quoted_json_is_marked() {
    for quoted in [
        r#"{"message":"{\"error\":\"invalid_grant\"}"}"#,
        r#"{"error":"{\"error\":\"invalid_grant\"}"}"#,
        r#"{"error":{"message":"{\"error\":{\"code\":\"invalid_grant\"}}"}}"#,
        r#"{"detail":[{"msg":"[{\"error\":\"invalid_grant\"}]"}]}"#,
    ] {
        let read = read(quoted);
        assert_eq!((read.best_code(), read.code_is_quoted), (Some("invalid_grant"), true), "{quoted}");
    }
    for own in [
        r#"{"error":"invalid_grant","error_description":"{\"error\":\"x\"}"}"#,
        r#"{"error":{"code":"invalid_grant","message":"{\"error\":\"x\"}"}}"#,
        r#""{\"error\":\"invalid_grant\"}""#,
        r#"{"detail":{"error":"invalid_grant"}}"#,
        r#"{"type":"invalid_grant","code":400,"message":"{\"error\":{\"type\":\"x\"}}"}"#,
    ] {
        let read = read(own);
        assert_eq!((read.best_code(), read.code_is_quoted), (Some("invalid_grant"), false), "{own}");
    }
}

// S8: a large member of a success is not taken apart
#[test]
fn a_large_error_in_a_success_is_an_error() {
    let large = format!(r#"{{"error":{{"message":"boom","more":[{}0]}}}}"#, "0,".repeat(200_000));
    let read = ErrorBody::in_success(large.as_bytes()).unwrap();
    assert!(read.text.starts_with(r#"{"message":"boom""#) && read.text.len() <= MAX_TEXT);
}

// L4
#[test]
fn an_upstreams_401_is_told_from_the_users() {
    for upstream in [
        r#"{"error":{"message":"Incorrect API key provided: sk-1","type":"invalid_request_error","code":"invalid_api_key"}}"#,
        r#"{"error":{"message":"litellm.AuthenticationError: AnthropicException - {\"error\":\"invalid_token\"}","type":null,"code":"401"}}"#,
        r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
        r#"{"error":{"message":"upstream said: invalid_token"}}"#,
        r#"{"detail":"the provider answered {\"error\":\"invalid_token\"}"}"#,
    ] {
        assert!(read(upstream).is_of_upstream(), "{upstream}");
    }
    for own in [
        "",
        r#"{"error":"invalid_token"}"#,
        r#"{"error":"invalid_token","error_description":"The access token expired"}"#,
        r#"{"error":{"message":"token expired","code":"invalid_token"}}"#,
        r#"{"error":{"message":"Authentication Error, Invalid proxy server token passed. Received API Key = sk-1","type":"auth_error","code":"401"}}"#,
        r#"{"success":false,"message":"Unauthorized"}"#,
        r#"{"success":false,"message":"invalid_token: it expired"}"#,
        r#"{"status":401,"error":"Unauthorized","message":"InvalidBearerTokenException: Jwt expired","path":"/v1"}"#,
    ] {
        assert!(!read(own).is_of_upstream(), "{own}");
    }
    assert_eq!(read(r#"{"error":"invalid_token"}"#).oauth_code.as_deref(), Some("invalid_token"));
    for quoted in [
        r#"{"detail":{"error":"invalid_token"}}"#,
        r#"{"error":"{\"error\":\"invalid_token\"}"}"#,
        r#"{"message":"invalid_token"}"#,
    ] {
        assert_eq!(read(quoted).oauth_code, None, "{quoted}");
    }
}

#[test]
fn pages_are_read_as_a_person_reads_them() {
    for (page, text) in [
        (
            "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>",
            "502 Bad Gateway nginx",
        ),
        ("<script>var x = '<p>';</script>It&#39;s &lt;busy&gt; &amp; slow", "It's <busy> & slow"),
        ("<!-- <p>hidden</p> -->shown", "shown"),
        ("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "AccessDenied"),
        ("<html", ""),
        ("<p>ok</p", "ok"),
    ] {
        assert_eq!(read(page).text, text, "{page}");
    }
    assert_eq!(read("\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}").text, "");
}

proptest! {
    // S3
    #[test]
    fn hostile_bodies_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), body in "\\PC{0,100}",
        pieces in "[<>/&!a-z\"{}:\\[\\],\\\\ -]{0,80}", status in 200_u16..600)
    {
        for body in [bytes, body.clone().into(), pieces.into_bytes(), json!({"error": {"message": body}}).to_string().into()] {
            let read = ErrorBody::read(&body);
            let _ = (read.budget(status), read.best_code(), read.is_of_upstream(), ErrorBody::in_success(&body));
        }
    }

    // C7: figures are exactly those that stand there
    #[test]
    fn figures_are_exact(spent in 0_u32..10_000_000, limit in 0_u32..10_000_000, which in 0_usize..20) {
        let (spent, limit) = (f64::from(spent) / 100.0, f64::from(limit) / 100.0);
        let body = &wrappings(&format!("ExceededBudget: User=42 over budget. Spend={spent:.2}, Budget={limit:.2}"))[which];
        prop_assert_eq!(figures(body, 429), Some((Some(format!("{spent:.2}")), Some(format!("{limit:.2}")))));
    }
}
