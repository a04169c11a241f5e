//! Answers of models in all dresses, whose truth is what they say.

use std::collections::BTreeMap;

use aipass::{AiPass, Photo, Receipt, ReceiptScan, ReceiptVerdict};
use aipass_photo_tests::truth::Answer;
use aipass_sandbox::{Endpoint, Fault, Sandbox};
use serde_json::json;

use super::table::Table;
use super::{fields, setting, world};

/// A photo of one pixel.
const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";
/// Read right, of all that the answers say.
const MIN_RIGHT: f64 = 0.95;

/// A client whose next answer is to be told.
struct Reader {
    sandbox: Sandbox,
    ai: AiPass,
}

impl Reader {
    async fn new() -> Self {
        let sandbox = Sandbox::builder().budget(1_000_000.into()).start().await.expect("the sandbox starts");
        let ai = world::signed_in(&sandbox).await;
        Self { sandbox, ai }
    }

    /// What the library makes of this answer.
    async fn read(&self, answer: &Answer) -> Receipt {
        let body = json!({
            "id": "chatcmpl-1", "object": "chat.completion", "model": "m-1",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": answer.text}, "finish_reason": "stop"}],
        });
        let fault = Fault::Status { status: 200, headers: BTreeMap::new(), body: body.to_string() };
        self.sandbox.add_fault(Endpoint::Chat, fault, Some(1)).expect("a response");
        let mut scan = ReceiptScan::photo(Photo::Url(PHOTO.to_owned()));
        scan.locale = answer.locale.map(str::to_owned);
        scan.expected_currency = answer.expected_currency.map(str::to_owned);
        scan.model = Some("m-1".to_owned());
        self.ai.scan_receipt(scan).await.unwrap_or_else(|error| panic!("{error}\n{}", answer.text))
    }
}

// P7, P11: a wrong value is worse than none, and none is worse than the right one
#[tokio::test]
async fn answers_in_every_dress_are_read_right_or_not_at_all() {
    let (count, seed) = (setting("RECEIPTS_ANSWERS", 88), setting("RECEIPTS_SEED", 1));
    let reader = Reader::new().await;
    let mut table = Table::default();
    let (mut complete, mut agree, mut accused) = (0, 0, Vec::new());
    for seed in seed..seed + count {
        let answer = Answer::random(seed);
        let receipt = reader.read(&answer).await;
        let read = fields::of(&receipt);
        for expected in &answer.expected {
            let field = expected.field.as_str();
            let value = expected.value.as_deref().map(|value| fields::plain(field, value));
            let at = format!("answer {seed}");
            table.take(field, value.as_deref(), read.get(field).map(String::as_str), expected.may_be_unread, &at);
        }
        if std::env::var_os("RECEIPTS_SHOW").is_some() {
            println!("answer {seed}, {:?} {:?}:", answer.locale, answer.expected_currency);
            println!("{}\n{read:?}\n{:?} {:?}\n", answer.text, receipt.verdict, receipt.unread);
        }
        complete += usize::from(answer.is_complete);
        agree += usize::from(answer.is_complete && receipt.verdict == ReceiptVerdict::Agrees);
        if answer.is_complete && matches!(receipt.verdict, ReceiptVerdict::Off { .. }) {
            accused.push(format!("answer {seed}: {:?}", receipt.verdict));
        }
    }
    println!("{count} answers from seed {seed}\n{table}");
    println!(
        "of {complete} complete receipts that add up, {agree} agree, {} are said to be off {accused:?}",
        accused.len()
    );
    assert!(table.wrong.is_empty() && table.right() >= MIN_RIGHT, "{table}");
    assert!(accused.is_empty(), "{accused:?}");
}

// P14: a misread amount does not stand beside the verdict that all agrees
#[tokio::test]
async fn a_misread_amount_never_agrees() {
    let (count, seed) = (setting("RECEIPTS_ANSWERS", 88), setting("RECEIPTS_SEED", 1));
    let reader = Reader::new().await;
    let (mut off, mut agree) = (0, Vec::new());
    for seed in seed..seed + count {
        let (answer, misread) = Answer::misread(seed);
        let said =
            |path: &str| answer.expected.iter().any(|expected| expected.field == path && expected.value.is_some());
        // An amount that the answer does not have was not misread.
        if !said(misread.split(' ').next().unwrap_or_default()) {
            continue;
        }
        let receipt = reader.read(&answer).await;
        off += usize::from(matches!(receipt.verdict, ReceiptVerdict::Off { .. }));
        if receipt.verdict == ReceiptVerdict::Agrees {
            agree.push(format!("answer {seed}: {misread}\n{}", answer.text));
        }
    }
    println!("{count} answers from seed {seed} with a misread amount: {off} are off, {} agree", agree.len());
    assert!(agree.is_empty(), "{}", agree.join("\n"));
    assert!(off > 0, "none was noticed");
}
