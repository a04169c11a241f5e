use super::*;
use crate::client::tests::world::World;
use crate::net::scripted::answer;
use serde_json::{Value, json};

const CHAT: &str = "/oauth2/v1/chat/completions";
/// A photo of one pixel.
const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

// one call, and the hints settle what is ambiguous
#[tokio::test(start_paused = true)]
async fn the_pages_of_a_receipt_are_read_together_in_one_call() {
    let world = World::new();
    let ai = world.signed_in().await;
    let said = r#"{"amount": "1.234", "currency": "$", "date": "03/04/2026", "merchant": "A"}"#;
    let reply = json!({"choices": [{"message": {"content": said}, "finish_reason": "stop"}]}).to_string();
    world.server.set(|state| state.api_answers.push_back(answer(200, reply)));
    let page = || Photo::Url(PHOTO.into());
    let scan = ReceiptScan {
        locale: Some("en-CA".into()),
        model: Some("m-1".into()),
        ..ReceiptScan::pages(vec![page(), page(), page()])
    };
    let receipt = ai.scan_receipt(scan).await.unwrap();
    let read = (receipt.amount.unwrap().to_string(), receipt.currency.as_deref(), receipt.date);
    assert_eq!(read, ("1234".to_owned(), Some("CAD"), None), "in Canada both orders are in use");

    let [body] = &world.transport.bodies(CHAT)[..] else { panic!("not one call") };
    let body: Value = serde_json::from_slice(body).unwrap();
    let content = body["messages"][0]["content"].as_array().unwrap();
    assert_eq!(content.iter().filter(|part| part["type"] == "image_url").count(), 3);
    assert!(content[0]["text"].as_str().unwrap().ends_with(PAGES));
    // P9
    assert_eq!((body.get("temperature"), body.get("max_tokens")), (None, None));
    let without = ai.scan_receipt(ReceiptScan::pages(vec![])).await;
    assert!(matches!(without, Err(Error::InvalidInput { input, .. }) if input == "photo"));
}

// P11
#[tokio::test(start_paused = true)]
async fn a_draft_before_the_cut_is_not_the_receipt() {
    let world = World::new();
    let ai = world.signed_in().await;
    let (length, stop) = ("length", "stop");
    for (said, finish_reason, amount) in [
        (r#"First: {"merchant": "A", "amount": 99}. The total is {"amount""#, length, None),
        (r#"First: {"merchant": "A", "amount": 99}. The total"#, length, None),
        (r#"First: {"merchant": "A", "amount": 99}. The total"#, "content_filter", None),
        (r#"First: {"merchant": "A", "amount": 99}. The total"#, "model_length", None),
        (r#"<think>{"merchant": "A", "amount": 99}"#, length, None),
        (r#"{"merchant": "A", "amount": 12}"#, length, Some("12")),
        (r#"First: {"merchant": "A", "amount": 99}. The total is {"amount""#, stop, None),
        (r#"<think>{"amount": </think>{"merchant": "A", "amount": 12, "items": ["#, stop, None),
        ("```json\n{\"merchant\": \"A\", \"amount\": 9\n```\nThe tax: {\"rate\": 7, \"amount\": 1}", stop, None),
        ("{\"merchant\": \"A\", \"amount\": 9} so ```json\n{\"merchant\":\n```\n{\"note\": 1}", stop, None),
        (r#"<think>{"amount": </think>{"merchant": "A", "amount": 12}"#, stop, Some("12")),
        ("```json\n{\"amount\":\n```\n{\"merchant\": \"A\", \"amount\": 12}", stop, Some("12")),
        (r#"Of the set {a, b I took {"merchant": "A", "amount": 12} (see {that)"#, stop, Some("12")),
    ] {
        let reply = json!({"choices": [{"message": {"content": said}, "finish_reason": finish_reason}]}).to_string();
        world.server.set(|state| state.api_answers.push_back(answer(200, reply)));
        let photos = vec![Photo::Url(PHOTO.into())];
        let scan = ReceiptScan { model: Some("m-1".into()), ..ReceiptScan::pages(photos) };
        match (ai.scan_receipt(scan).await, amount) {
            (Ok(receipt), Some(amount)) => assert_eq!(receipt.amount.unwrap().to_string(), amount),
            (read, _) => assert!(matches!(&read, Err(Error::Truncated { text, .. }) if text == said), "{read:?}"),
        }
    }
}

// P11, P12: a refusal is not lost, and the cost is told
#[tokio::test(start_paused = true)]
async fn what_the_model_thought_is_not_the_receipt() {
    let world = World::new();
    let ai = world.signed_in().await;
    let thought = r#"The total: {"merchant": "A", "amount": 99}"#;
    for (message, said) in [
        (json!({"reasoning_content": thought, "content": "I cannot read it."}), "I cannot read it."),
        (json!({"reasoning": thought, "content": null}), ""),
        (json!({"reasoning_content": thought, "content": null, "refusal": "I will not."}), "I will not."),
        (json!({"content": [{"type": "thinking", "thinking": thought}, {"type": "text", "text": "None."}]}), "None."),
    ] {
        let reply = json!({"choices": [{"message": message, "finish_reason": "stop"}], "usage": {"cost": 0.001}});
        world.server.set(|state| state.api_answers.push_back(answer(200, reply.to_string())));
        let photos = vec![Photo::Url(PHOTO.into())];
        let scan = ReceiptScan { model: Some("m-1".into()), ..ReceiptScan::pages(photos) };
        let receipt = ai.scan_receipt(scan).await.unwrap();
        assert_eq!((receipt.amount, receipt.answer.as_str()), (None, said), "{message}");
        assert_eq!(receipt.cost, Some("0.001".parse().unwrap()));
    }
}

// P8
#[test]
fn misspelt_hints_are_named_before_it_costs_money() {
    let check = |locale: Option<&str>, currency: Option<&str>| {
        let (locale, expected_currency) = (locale.map(Into::into), currency.map(Into::into));
        check_hints(&ReceiptScan { locale, expected_currency, ..ReceiptScan::photo(Vec::new()) })
    };
    for tag in ["de", "en-US", "en_US", "zh-Hant-TW", "es-419"] {
        assert_eq!(check(Some(tag), Some("EUR")), Ok(()), "{tag}");
    }
    assert!(matches!(check(Some("de DE!!"), None), Err(Error::InvalidInput { input, .. }) if input == "locale"));
    for code in ["EURO", "E", "ZZZ", ""] {
        let named = check(None, Some(code));
        assert!(matches!(named, Err(Error::InvalidInput { input, .. }) if input == "expected_currency"), "{code}");
    }
}

/// Asks for a receipt, and gives what was sent; the catalogue says this of the model.
async fn sent(capabilities: &[&str], scan: ReceiptScan) -> (Value, Result<Receipt>) {
    let world = World::new();
    let ai = world.signed_in().await;
    let model = json!({"id": "m-1", "type": "text", "capabilities": capabilities, "methods": ["chat_completions"]});
    let said = r#"{"merchant": "A", "date": "2026-03-04", "amount": 3, "currency": "EUR", "items": [{"total": 3}]}"#;
    let reply = json!({"choices": [{"message": {"content": said}, "finish_reason": "stop"}]}).to_string();
    world.server.set(|state| {
        state.api_answers.push_back(answer(200, json!({"data": [model]}).to_string()));
        state.api_answers.push_back(answer(200, reply));
    });
    let receipt = ai.scan_receipt(scan).await;
    let [body] = &world.transport.bodies(CHAT)[..] else { panic!("not one call") };
    (serde_json::from_slice(body).unwrap(), receipt)
}

fn scan(detail: Option<ReceiptDetail>) -> ReceiptScan {
    ReceiptScan { detail, ..ReceiptScan::pages(vec![Photo::Url(PHOTO.into())]) }
}

// P13: a schema only where the catalogue says that the model takes one
#[tokio::test(start_paused = true)]
async fn the_schema_is_sent_to_models_that_take_one() {
    for (capabilities, detail, is_sent) in [
        (&["vision", "structured_outputs"][..], None, true),
        (&["vision", "JSON_SCHEMA"], Some(ReceiptDetail::Full), true),
        (&["vision", "json_mode"], None, false),
        (&["vision"], None, false),
        (&["vision", "structured_outputs"], Some(ReceiptDetail::Summary), false),
    ] {
        let (body, receipt) = sent(capabilities, scan(detail)).await;
        let format = &body["response_format"];
        assert_eq!(format["type"] == "json_schema", is_sent, "{capabilities:?} {detail:?}");
        if is_sent {
            assert_eq!(format["json_schema"]["schema"].to_string(), {
                let schema: Value = serde_json::from_str(&asking::schema(Asked::Full)).unwrap();
                schema.to_string()
            });
        } else {
            assert_eq!(body.get("response_format"), None);
        }
        assert_eq!(receipt.unwrap().verdict, ReceiptVerdict::Agrees);
    }
}

// seed 001: the plain prompt stays available, byte for byte
#[tokio::test(start_paused = true)]
async fn a_summary_asks_the_seeds_prompt() {
    let (summary, _) = sent(&["vision"], scan(Some(ReceiptDetail::Summary))).await;
    let text = |body: &Value| body["messages"][0]["content"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!(text(&summary), asking::prompt(Asked::Summary));
    let (full, receipt) = sent(&["vision"], scan(None)).await;
    assert_eq!(text(&full), asking::prompt(Asked::Full));
    let receipt = receipt.unwrap();
    assert_eq!((receipt.items.len(), receipt.fingerprint.is_some()), (1, true));
}

// P16: one paid call, whose cost stands on each
#[tokio::test(start_paused = true)]
async fn several_receipts_are_read_in_one_call() {
    let world = World::new();
    let ai = world.signed_in().await;
    let one = |amount| json!({"merchant": "A", "date": "2026-03-04", "amount": amount, "items": [{"total": amount}]});
    let say = |said: &str| {
        let reply =
            json!({"choices": [{"message": {"content": said}, "finish_reason": "stop"}], "usage": {"cost": 0.001}});
        world.server.set(|state| state.api_answers.push_back(answer(200, reply.to_string())));
    };
    let scan = || ReceiptScan {
        model: Some("m-1".into()),
        ..ReceiptScan::pages(vec![Photo::Url(PHOTO.into()), Photo::Url(PHOTO.into())])
    };
    say(&json!({"receipts": [one(1), one(2)]}).to_string());
    let receipts = ai.scan_receipts(scan()).await.unwrap();
    let read = |receipt: &Receipt| (receipt.amount.unwrap().to_string(), receipt.verdict.clone(), receipt.cost);
    let cost = Some("0.001".parse().unwrap());
    assert_eq!(
        receipts.iter().map(read).collect::<Vec<_>>(),
        [("1".to_owned(), ReceiptVerdict::Agrees, cost), ("2".to_owned(), ReceiptVerdict::Agrees, cost)]
    );
    let [body] = &world.transport.bodies(CHAT)[..] else { panic!("not one call") };
    let body: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(body["messages"][0]["content"][0]["text"], asking::prompt(Asked::Several));

    say(r#"{"receipts": []}"#);
    assert_eq!(ai.scan_receipts(scan()).await, Ok(vec![]));
    say("I see a cat.");
    assert!(matches!(ai.scan_receipts(scan()).await, Err(Error::InvalidOutput { text, .. }) if text == "I see a cat."));
    say(r#"{"receipts": [{"amount": 1"#);
    assert!(matches!(ai.scan_receipts(scan()).await, Err(Error::Truncated { .. })));
    assert!(
        matches!(ai.scan_receipts(ReceiptScan::pages(vec![])).await, Err(Error::InvalidInput { input, .. }) if input == "photo")
    );
    assert_eq!(world.transport.count(CHAT), 4);
}
