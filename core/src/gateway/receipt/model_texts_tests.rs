//! What models write around a receipt: friendly words do no harm, and a draft is never the receipt (P11).
//!
//! In the place of `{}` stands the receipt.

use crate::gateway::json_in_text;
use crate::gateway::receipt::place::Place;
use crate::gateway::receipt::reading::read_receipt;
use chrono::NaiveDate;

fn amount(answer: &str) -> Option<String> {
    let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    let receipt = read_receipt(json_in_text::find(answer), &place).ok()?;
    receipt.amount.map(|amount| amount.to_string())
}

const FRIENDLY: &[&str] = &[
    "Here is the receipt in the format you asked for:\n{}",
    "In the format that you specified:\n```json\n{}\n```",
    "The date might be off, here is the receipt: {}",
    "The second digit could be a 7, so the date could be wrong: {}",
    "The merchant's name may be wrong: {}",
    "I read fields such as the merchant and the total: {}",
    "Fields such as the tip were left out: {}",
    "Perhaps the photo is rotated, but the total is clear: {}",
    "Vielleicht ist das Datum unscharf, aber hier ist der Beleg: {}",
    "Peut-être que la date est floue, mais voici le reçu : {}",
    "Quizá la fecha no es exacta, pero aquí está: {}",
    "Possibly the date is a day off, but here is what I read:\n{}",
    "Following the example you gave:\n{}",
    "I used your template:\n{}",
    "I used null instead of guessing: {}",
    "The data of the sample receipt: {}",
    "I was supposed to read the receipt, and did: {}",
    "I attempted to read all fields:\n{}",
    "I extracted the merchant, the date, the total and the tax:\n{}",
    "The total including VAT is: {}",
    "Here are the shop, the date and the items: {}",
    "Der Gesamtbetrag inkl. MwSt und Tip: {}",
    "{}\nPlease double-check the date.",
    "{}\nThis should be all that you need.",
    "{}\nThe fields follow your template.",
    "Here is the data:\n```json\n{}\n```",
    "Sure! Here's the extracted receipt:\n\n```json\n{}\n```\n\nLet me know if you need anything else!",
    "{}\n\nLet me know if anything looks wrong or incorrect.",
    "```json\n{}\n```\nNote: the tax of 2.00 is included.",
    "```\n{}\n```\nThe VAT (19%) amounts to 2.00 EUR, the subtotal is 10.50 EUR.",
    "Voici les données :\n```json\n{}\n```\nN'hésitez pas à me demander autre chose.",
    "Hier sind die Daten:\n{}\nBitte prüfen Sie den Betrag.",
    "{}\n\n**Notes:**\n- Merchant: read from the header\n- Date: printed at the bottom",
    "Based on the image, I extracted:\n{}\nI am 95% confident.",
    "{}\nConfidence: 0.95",
    "{}\n\nIs there anything else I can help you with?",
    "Résultat :\n{}",
    "以下是提取的结果：\n```json\n{}\n```\n如果需要其他帮助，请告诉我。",
    "抽出結果は以下の通りです。\n```json\n{}\n```\nご確認ください。",
    "Aquí está:\n{}\nSi necesita algo más, dígame.",
    "<answer>{}</answer>",
    "<receipt_data>{}</receipt_data> Let me know!",
    "<output>\n{}\n</output>",
    "Final answer: {}",
    "**Final answer:**\n```json\n{}\n```",
    "The total is 12.50 EUR.\n{}",
    "{}\nThe total is 12.50 EUR.",
    "{}\nThe total paid was 12,50 €.",
    "## Result\n{}\n## Notes\nThe photo is a little blurred.",
    "1. I looked at the photo.\n2. I read the total.\n3. Result:\n{}",
    "Step 1: read\nStep 2: answer\n{}",
    "<tool_call>{\"name\": \"record_receipt\", \"arguments\": {}}</tool_call>",
    "{\"function\": \"extract_receipt\", \"arguments\": {}}",
    "{}\nHope this helps :)",
    "{}\nHave a nice day",
    "{} 👍",
    "```json\n{}\n```\n\nThe receipt has 3 items: coffee 4.50 each, cake 3.50 each.",
    "Das Ergebnis lautet:\n\n```json\n{}\n```\n\nDie MwSt. beträgt 2,00 EUR.",
    "Ich habe den Beleg gelesen. Hier das JSON:\n{}\n\nFalls Sie Fragen haben, sagen Sie Bescheid.",
    "{}\n(I used the printed total.)",
    "{}\nDate format: YYYY-MM-DD. Currency: EUR.",
    "I've analyzed the receipt image. Here's the JSON:\n\n{}\n\nThe total amount of 12.50 EUR includes a service charge of 1.20.",
    "Assuming the currency is EUR, here is the data:\n{}",
    "{}\nI ignored the handwritten note.",
    "{}\nI'll be happy to help with more receipts.",
    "{}\nI'm not sure about the date, which is blurred.",
    "As in the previous message, here is the JSON:\n{}",
    "{}\nI should note that the date is unclear.",
    "1. I looked.\n2. I read.\n{}\n1. The date is clear.\n2. The total is printed.\n3. Done.",
    "{}\n**Result:** 12.50 EUR at Cafe Nord",
    "`{}`",
    "json\n{}",
    "JSON:\n{}\n---\nEnd",
    "Respuesta: {}",
    "Ответ: {}\nСпасибо!",
    "النتيجة: {}",
    "결과입니다: {}\n확인해 주세요.",
    "Result (JSON) →\n{}",
    "{}\n\nThank you for using our service. Total tokens: 350.",
    "{}\nIf you want, I can also list the items.",
    "The merchant's name is hard to read, but the total is clear:\n{}",
    "Rezultat:\n{}",
    "Kết quả:\n{}",
    "ผลลัพธ์:\n{}\nขอบคุณ",
    "Oto wynik:\n{}\nMiłego dnia!",
    "İşte sonuç:\n{}",
    "Tulos:\n{}",
    "Her er resultatet:\n{}",
    "<think>the draft {\"amount\": 99}</think>{}",
    "<thought_process>{\"amount\": 99, \"merchant\":\"A\"}</thought_process>\n{}",
];

const DRAFTS: &[&str] = &[
    "Answers have fields such as {}",
    "An answer in the format {}",
    "In this format: {}",
    "It might be {}",
    "The answer could be the following: {}",
    "Something like {}",
    "It is clear, but maybe {}",
    "Here is a receipt, but it is only an example: {}",
    "As an example, here is a receipt: {}",
    "An example, but a good one: {}",
    "{}\nI must double-check that.",
    "The VAT: {}",
    "The discount is: {}",
    "Vermutung: {}",
    "Erster Versuch: {}\nDas muss ich noch prüfen.",
    "Ébauche : {}",
    "Intento provisional: {}",
    "Possibly: {}",
    "A rough reading: {}",
    "Preliminary: {}",
    "My estimate: {}",
    "Arvaus: {}",
    "Ehkä {}",
    "Talán: {}",
    "Belki: {}",
    "Ίσως: {}",
    "אולי {}",
    "شاید {}",
    "शायद {}",
    "可能是 {}",
    "也许 {}",
    "おそらく {}",
    "たぶん {}",
    "아마 {}",
    "อาจจะ {}",
    "Có lẽ {}",
    "Mungkin {}",
    "Labda {}",
    "Może {}",
    "Можливо {}",
    "Предположительно: {}",
    "Tal vez {}",
    "Forse: {}",
    "Talvez: {}",
    "Misschien: {}",
    "Kanske: {}",
    "{}\nLet me check the total again.",
    "{}\nI need to look at the bottom line.",
    "{}\nHmm. That is the subtotal.",
    "Reading the top: {}\nNow I look at the bottom:",
    "{}\nThe total, however, is",
    "{}\nThe real total is 18.50 EUR.",
    "{}\nWait—the total line says 12.50.",
    "{}\n实际的总额是：",
    "{}\nもう一度確認します。",
    "{}\n让我再看一下。",
    "{}\nLass mich noch einmal nachsehen.",
    "{}\nDéjame revisar otra vez.",
    "| attempt | {} |\n| final | unreadable |",
    "| A | {} | B |",
    "Step 1: {}\nStep 2: check the total at the bottom.",
    "Schritt 1: {}\nSchritt 2: die Summe lesen.",
    "## Étape 1\n{}\n## Étape 2\nJe ne peux pas lire le total.",
    "1. {}\n2. The total cannot be read.",
    "(1) {} (2) no total",
    "Input: a photo\nOutput: {}\n\nInput: this photo\nOutput: I cannot read it.",
    "Q: first receipt\nA: {}\nQ: this one\nA: unreadable",
    "<cot>{}</cot>I cannot read the total.",
    "<rationale>{}</rationale>No total.",
    "<my_notes>{}</my_notes>\nThe total is not visible.",
    "<examples>{}</examples>",
    "<antThinking>{}</antThinking> unreadable",
    "<inner_monologue>{}</inner_monologue>unreadable",
    "{}\n\nAnswer: I cannot read the receipt.",
    "{}\n**Final answer:** unreadable",
    "{}\nConclusion: the total is not visible.",
    "{\"name\":\"calculator\",\"arguments\":{}}",
    "{\"tool\":\"convert_currency\",\"parameters\":{}}",
    "{\"thought\": {}}",
    "{\"draft\": {}, \"answer\": null}",
    "{\"example\": {}}",
    "{\"steps\":[{}]}",
    "{\"items\":[{}]}",
    "{\"payments\":[{}]}",
    "{\"taxes\": {}}",
    "{\"tendered\": {}}",
    "{\"bounding_boxes\":[{}]}",
    "{\"previous\": {}}",
    "Imagine a receipt: {}",
    "Let's say {}. Then…",
    "Earlier: {}. Now: nothing.",
    "In a previous photo I read {}",
    "a dummy value: {}",
    "{}\nI will now verify it.",
    "{}\nNot sure about this.",
    "{}\nThat's the old receipt; discard it.",
    "```python\nexample = {}\n```",
    "// e.g.\n{}",
    "<think>a<think>b</think>{}",
    "[THINK]{}",
    "<|channel|>analysis<|message|>{}",
    "◁think▷{}",
    "&lt;think&gt;{}&lt;/think&gt; unreadable",
    "**Thinking:** {}\n**Answer:** unreadable",
    "> {}\n\nAnswer: none",
    "Demo output:\n{}",
    "Schätzung: {}",
    "Notiz: {}",
    "{} ← this is wrong",
    "{} (wrong!)",
    "~~{}~~",
    "Not final: {}",
    "{}\n\nOn reflection, the shop charged 18.00 €.",
    "{}\nActually it's 18.50",
    "{}\n更正：合計は1,850円です。",
];

const OTHERS: &[(&str, Option<&str>)] = &[
    ("{\"amount\":20,\"change\":7.5}", None),
    ("{\"amount\":12.5,\"total_paid\":20,\"change\":7.5}", Some("12.5")),
    ("{\"merchant\":\"A\",\"amount\":20,\"cash\":20,\"change\":7.5}", None),
    ("{\"merchant\":\"A\",\"amount\":12.5,\"cash\":20,\"change\":7.5}", Some("12.5")),
    ("{\"merchant\":\"A\",\"amount\":20,\"total\":12.5,\"change\":7.5}", Some("12.5")),
    ("{\"merchant\":\"A\",\"amount\":20,\"change\":0}", Some("20")),
    ("{\"merchant\":\"A\",\"amount\":\"20.00\",\"payment\":{\"tendered\":\"20.00\",\"change\":\"7.50\"}}", None),
    ("{\"merchant\":\"A\",\"amount\":20,\"payments\":[{\"tendered\":20,\"change\":7.5}]}", None),
    ("{\"merchant\":\"A\",\"amount\":20,\"change\":null}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"change\":0}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"change\":\"0.00\"}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"cash\":20,\"change_due\":\"0,00 €\"}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"payment\":\"card\"}", Some("20")),
    ("{\"merchant\":\"A\",\"amount_paid\":20,\"payment\":\"Visa **** 4242\"}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"cash\":true}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"payment\":{\"method\":\"card\",\"change\":0}}", Some("20")),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"change\":0,\"cashback\":5}", None),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"change\":7.5}", None),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"payment\":{\"change\":\"7.50\"}}", None),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"cash\":\"20 EUR\"}", None),
    ("{\"merchant\":\"A\",\"total_paid\":20,\"payment\":\"cash 20.00\"}", None),
    ("{\"merchant\":\"A\",\"total\":20,\"cash\":\"20 EUR\",\"change\":\"7,50 EUR\"}", None),
    ("{\"merchant\":\"A\",\"amount\":{\"value\":99,\"bbox\":[1,2,3,4]}}", None),
    ("[{\"label\":\"total\",\"amount\":99}]", None),
    ("{\"item\":\"Coffee\",\"amount\":2}\n{\"item\":\"Tea\",\"amount\":3}", None),
    ("{\"merchant\":\"A\",\"amount\":2}\n{\"merchant\":\"B\",\"amount\":3}", None),
    ("{\"merchant\":\"A\",\"amount\":[2,3]}", None),
    ("{\"merchant\":\"A\",\"amount\":\"2 x 3.50\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12.50 or 15.20\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"approx. 12\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"~12\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12.50 - 15.20\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12.50/15.20\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"1.2.3\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12.50 (crossed out)\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"7% of 99\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"subtotal 12.50\"}", None),
    ("{\"merchant\":\"A\",\"amount\":true}", None),
    ("{\"merchant\":\"A\",\"amount\":\"twelve\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12 kg\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\">12\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12+3\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"tax: 2.00\"}", None),
    ("{\"merchant\":\"A\",\"amount\":\"12.50?\"}", None),
];

/// Two receipts of one shop and day, the first of 99 and the second of 12.50, or two readings that nothing tells apart.
const TWO: &[&str] = &[
    "Left receipt: {1}\nRight receipt: {2}",
    "Left: {1}. Right: {2}",
    "The upper one:\n```json\n{1}\n```\nThe one below it:\n```json\n{2}\n```",
    "Receipt A: {1}\nReceipt B: {2}",
    "Receipt:\n{1}\nReceipt:\n{2}",
    "Result: {1}\nResult: {2}",
    "**Final answer:** {1}\n**Final answer:** {2}",
    "1. {1}\n2. {2}",
    "Bon 1: {1}\nBon 2: {2}",
    "## Photo 1\n{1}\n## Photo 2\n{2}",
    "Links: {1}\nRechts: {2}",
    "En haut : {1}\nEn bas : {2}",
    "Der eine Beleg: {1}\nDer andere Beleg: {2}",
    "From the lunch: {1}\nFrom the coffee afterwards: {2}",
    "{1}\nThe other receipt, with its corrected total:\n{2}",
    "Left receipt: {1}\nRight receipt: {1}\nFinal answer: {2}",
    "{1} or {2}",
    "{1}\n{2}",
];

/// The first answer is revised by the second.
const REVISED: &[&str] = &[
    "{1}\nCorrection: the total is at the bottom.\n{2}",
    "{1}\nCorrected:\n```json\n{2}\n```",
    "First reading: {1}\nFinal answer: {2}",
    "Draft: {1}\nHere is the JSON: {2}",
    "I first read {1} as the subtotal. The receipt says: {2}",
    "{1}\nWait, that is the subtotal. The total is: {2}",
    "{1}\nLet me look at the bottom again.\n{2}",
    "{1}\nKorrigiert: {2}",
    "{1}\nRéponse : {2}",
    "{1}\nИсправлено: {2}",
    "{1}\n訂正：{2}",
    "{1}\n更正：{2}",
];

// R2 of P11's rule: two answers that do not revise each other are two readings
#[test]
fn of_two_receipts_none_is_taken_for_the_one() {
    let of =
        |amount| format!(r#"{{"merchant": "Cafe Nord", "date": "2026-03-04", "amount": {amount}, "currency": "EUR"}}"#);
    let fill = |around: &str| around.replace("{1}", &of("99")).replace("{2}", &of("12.50"));
    for around in TWO {
        assert_eq!(amount(&fill(around)), None, "{around}");
    }
    for around in REVISED {
        assert_eq!(amount(&fill(around)).as_deref(), Some("12.50"), "{around}");
    }
    for around in TWO.iter().chain(REVISED).filter(|around| !around.contains("raft") && !around.contains("irst")) {
        let twice = around.replace("{1}", &of("12.50")).replace("{2}", &of("12.50"));
        assert_eq!(amount(&twice).as_deref(), Some("12.50"), "{around}");
    }
}

// P11
#[test]
fn a_receipt_among_friendly_words_is_read() {
    let receipt = r#"{"merchant": "Cafe Nord", "date": "2026-03-04", "amount": 12.50, "currency": "EUR"}"#;
    for around in FRIENDLY {
        assert_eq!(amount(&around.replace("{}", receipt)).as_deref(), Some("12.50"), "{around}");
    }
}

// P11
#[test]
fn a_receipt_that_is_a_draft_is_not_read() {
    let receipt = r#"{"merchant": "Cafe Nord", "amount": 99, "currency": "EUR"}"#;
    for around in DRAFTS {
        assert_eq!(amount(&around.replace("{}", receipt)), None, "{around}");
    }
}

// P7, P11
#[test]
fn an_amount_that_may_be_another_is_not_read() {
    for (answer, expected) in OTHERS {
        assert_eq!(amount(answer).as_deref(), *expected, "{answer}");
    }
}
