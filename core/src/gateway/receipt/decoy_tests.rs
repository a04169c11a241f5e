//! An answer in which only a draft, an example or an inner object names an amount never yields that amount (P11).

use super::model_texts_tests::amount;
use proptest::prelude::*;
use proptest::sample::select;

/// Receipts that name the amount 99.
const RECEIPTS: &[&str] = &[
    r#"{"amount": 99}"#,
    r#"{"merchant": "A", "amount": 99, "currency": "EUR"}"#,
    r#"{'total': '99.00', 'merchant': 'A'}"#,
    "{\n  \"merchant\": \"A\",\n  \"date\": \"2026-03-04\",\n  \"amount\": 99\n}",
    r#"{"receipt": {"merchant": "A", "amount": 99}}"#,
    r#"[{"merchant": "A", "amount": "EUR 99,00", "date": "2026-03-04"}]"#,
];

/// Where a receipt is none, with the receipt in the place of `{}`: thoughts, by their tags.
const THOUGHTS: &[&str] = &[
    "<think>Maybe {}? No.</think>",
    "I see {}, or not.\n</think>\n",
    "<reasoning>{}\n{\"amount\": 9</reasoning>",
    "<think>One <think>two</think> {}</think>",
    "<thinking><reflection>{}</reflection></thinking>",
    "<antThinking>{}</antThinking>",
    "<inner_monologue>{}</inner_monologue>",
    "<thought_process>\n{}\n</thought_process>\n",
    "<chain_of_thought>{}</chain_of_thought>",
    "[THINK]{}[/THINK]",
    "◁think▷{}◁/think▷",
    "&lt;think&gt;{}&lt;/think&gt;",
    "<|begin_of_thought|>{}<|end_of_thought|>",
    "<|channel|>analysis<|message|>{}<|end|><|start|>assistant<|channel|>final<|message|>",
];

/// Before a receipt: it is a draft, a guess, an example, or a part.
const BEFORE: &[&str] = &[
    "For example, {} would be an answer. ",
    "Draft:\n```json\n{}\n```\n",
    "A rough reading:\n```\n{}\n```\n",
    "My first attempt is {}. ",
    "Preliminary:\n~~~json\n{}\n~~~\n",
    "// e.g.\n{}\n",
    "Vermutung: {}\n",
    "Erster Versuch: {}\n",
    "Supposons {}. ",
    "Ébauche :\n```json\n{}\n```\n",
    "Tal vez {}. ",
    "Ipotesi: {}\n",
    "Talvez: {}\n",
    "Misschien {}.\n",
    "Kanske: {}\n",
    "Ehkä {}.\n",
    "Może: {}\n",
    "Возможно, {}.\n",
    "Можливо: {}\n",
    "Talán {}.\n",
    "Belki {}.\n",
    "Ίσως {}.\n",
    "ربما {}.\n",
    "אולי {}.\n",
    "शायद {}\n",
    "อาจจะเป็น {}\n",
    "Có lẽ {}.\n",
    "Mungkin {}.\n",
    "たぶん {} です。\n",
    "可能是 {}。\n",
    "아마 {} 입니다.\n",
    "Input: a receipt\nOutput: {}\n\nInput: the photo\nOutput: unreadable\n",
    "Q: the first photo\nA: {}\n\nQ: this photo\nA: unreadable\n",
    "The tax is {}.\n",
    "Subtotal: {}\n",
];

/// After a receipt: it is taken back, or the model goes on.
const AFTER: &[&str] = &[
    "I first took {} as the subtotal. ",
    "{}\nWait, the total is below. ",
    "{}\nLet me check the bottom line again. ",
    "{}\nLass mich noch einmal nachsehen.\n",
    "{}\nDéjame revisar.\n",
    "{}\n让我再看一下。\n",
    "{}\nもう一度確認します。\n",
    "{}\n\nAnswer: I cannot read the total.\n",
    "{}\n**Final answer:** unreadable\n",
    "{}\nThat is the old receipt. Disregard it.\n",
    "~~{}~~ ",
    "Step 1: {}\nStep 2: look at the bottom.\n",
    "## Schritt 1\n{}\n## Schritt 2\nDie Summe fehlt.\n",
    "1. {}\n2. The total is not visible.\n",
    "| first | {} |\n| second | unreadable |\n",
    "<my_notes>{}</my_notes> The total is not visible. ",
    "<rationale>{}</rationale> The total is not visible. ",
];

/// Around a receipt: it is a part of something else.
const AROUND: &[&str] = &[
    r#"{"items": [{}]} "#,
    r#"{"vat": {}} "#,
    r#"{"taxes": [{}, {}]} "#,
    r#"{"payments": [{}]} "#,
    r#"{"tendered": {}, "change": {}} "#,
    r#"{"draft": {}, "answer": null} "#,
    r#"{"steps": [{"number": 1, "found": {}}]} "#,
    r#"{"bounding_boxes": [{"box": [1, 2, 3, 4], "value": {}}]} "#,
    r#"{"type": "object", "properties": {"amount": 99}, "example": {}} "#,
    r#"{"name": "calculator", "arguments": {}} "#,
    r#"<tool_call>{"name": "convert_currency", "parameters": {}}</tool_call> "#,
    "{\"item\": \"Tea\", \"amount\": 99}\n{\"item\": \"Cake\", \"amount\": 99}\n",
    "{\"description\": \"Cash\", \"amount\": 99}\n",
    r#"{"text": "TOTAL 99.00", "box": [0, 0, 9, 9]} "#,
    r#"{"amount": 99, "change": 7.5} "#,
    r#"{"amount": 99, "tendered": 99, "change": 7.5} "#,
];

fn decoy() -> impl Strategy<Value = String> {
    let ways = prop_oneof![select(THOUGHTS), select(BEFORE), select(AFTER), select(AROUND)];
    (select(RECEIPTS), ways).prop_map(|(receipt, way)| way.replace("{}", receipt))
}

/// What a model says besides, which names no amount.
const BESIDES: &[&str] = &[
    "",
    "I cannot read the total.",
    r#"{"merchant": "A", "date": "2026-03-04"}"#,
    r#"{"amount": null, "merchant": "A", "currency": "EUR", "date": null}"#,
    r#"{"amount": "number", "merchant": "string"}"#,
    r#"{"amount": "<decimal>"}"#,
    r#"The answer: {"merchant": "A", "tax": {"amount": 99}}"#,
    "La photo est floue.",
    "合計は読めません。",
];

proptest! {
    // P11
    #[test]
    fn a_decoy_is_never_the_amount(decoys in prop::collection::vec(decoy(), 1..4), besides in select(BESIDES)) {
        let answer = format!("{}\n{besides}", decoys.join("\n"));
        prop_assert_eq!(amount(&answer), None, "{}", answer);
    }
}
