//! The dresses that models give their answers: how JSON is written, what stands around it, and how keys are spelled.

use crate::receipts::random::Random;

/// A value of JSON, whose numbers keep the digits that they are written with.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    /// A number or `true`, as it is.
    Raw(String),
    Text(String),
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As JSON; `indent` is that of this value, `None` in one line.
    pub(super) fn json(&self, indent: Option<usize>) -> String {
        let inner = indent.map(|indent| indent + 2);
        let line = |indent: Option<usize>| indent.map_or(String::new(), |indent| format!("\n{}", " ".repeat(indent)));
        let separator = if indent.is_some() { "," } else { ", " };
        let joined = |parts: Vec<String>, open: char, close: char| {
            if parts.is_empty() {
                return format!("{open}{close}");
            }
            let parts: Vec<String> = parts.into_iter().map(|part| line(inner) + &part).collect();
            format!("{open}{}{}{close}", parts.join(separator), line(indent))
        };
        match self {
            Self::Null => "null".to_owned(),
            Self::Raw(raw) => raw.clone(),
            Self::Text(text) => escaped(text),
            Self::Object(members) => {
                let member = |(key, value): &(String, Self)| format!("{}: {}", escaped(key), value.json(inner));
                joined(members.iter().map(member).collect(), '{', '}')
            }
            Self::List(values) => joined(values.iter().map(|value| value.json(inner)).collect(), '[', ']'),
        }
    }
}

/// A JSON string.
fn escaped(text: &str) -> String {
    let mut escaped = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => escaped.extend(['\\', char]),
            '\n' => escaped.push_str("\\n"),
            char => escaped.push(char),
        }
    }
    escaped.push('"');
    escaped
}

/// How keys are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// As they were asked for.
    Asked,
    /// `merchantTaxId`
    Camel,
    /// `Merchant Tax Id`
    Title,
    /// Other words: `vendor`, `grand_total`.
    Others,
}

impl Keys {
    pub(super) const ALL: [Self; 6] = [Self::Asked, Self::Asked, Self::Asked, Self::Camel, Self::Title, Self::Others];

    /// How the keys of items, taxes and payments are spelled.
    pub(super) fn inside(self) -> Self {
        if self == Self::Others { Self::Asked } else { self }
    }

    pub(super) fn spelled(self, name: &str, random: &mut Random) -> String {
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        match self {
            Self::Asked => name.to_owned(),
            Self::Camel => {
                let mut words = name.split('_');
                let first = words.next().unwrap_or_default().to_owned();
                words.fold(first, |key, word| key + &capital(word))
            }
            Self::Title => name.split('_').map(capital).collect::<Vec<_>>().join(" "),
            Self::Others => (*random.pick(match name {
                "merchant" => &["vendor", "store_name", "merchantName", "shop"],
                "date" => &["transaction_date", "purchase_date", "Date of purchase"],
                "amount" => &["total", "grand_total", "totalAmount", "amount_due"],
                "currency" => &["currency_code", "currencyCode", "CURRENCY"],
                _ => return name.to_owned(),
            }))
            .to_owned(),
        }
    }
}

/// What stands around the JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Envelope {
    Bare,
    Pretty,
    Fence,
    PlainFence,
    ProseBefore,
    ProseAround,
    Wrapped,
    Listed,
    Thought,
    Draft,
    AsText,
    NearJson,
    Schema,
    CorrectedAfter,
}

impl Envelope {
    /// The likelier ones several times.
    pub(super) const ALL: [Self; 34] = [
        Self::Bare,
        Self::Bare,
        Self::Bare,
        Self::Bare,
        Self::Pretty,
        Self::Pretty,
        Self::Pretty,
        Self::Pretty,
        Self::Fence,
        Self::Fence,
        Self::Fence,
        Self::Fence,
        Self::Fence,
        Self::Fence,
        Self::PlainFence,
        Self::PlainFence,
        Self::ProseBefore,
        Self::ProseBefore,
        Self::ProseBefore,
        Self::ProseAround,
        Self::ProseAround,
        Self::ProseAround,
        Self::Wrapped,
        Self::Wrapped,
        Self::Listed,
        Self::Thought,
        Self::Thought,
        Self::Draft,
        Self::Draft,
        Self::AsText,
        Self::NearJson,
        Self::NearJson,
        Self::Schema,
        Self::CorrectedAfter,
    ];

    /// The answer. `draft` is the same receipt with another total; `other_total` a total that it is corrected to.
    pub(super) fn around(self, value: &Value, draft: &Value, other_total: &str, random: &mut Random) -> String {
        let (compact, pretty) = (value.json(None), value.json(Some(0)));
        let before = *random.pick(&[
            "Here is the extracted data:",
            "Sure! This is what I can read on the receipt:",
            "Hier sind die Daten des Belegs:",
            "Voici les données du ticket :",
            "Aquí están los datos del recibo:",
            "レシートの内容は次のとおりです。",
        ]);
        let after = *random.pick(&[
            "Let me know if you need anything else!",
            "All other fields are not visible on the receipt.",
            "The photo is a little blurred, so please check the merchant's name.",
            "Bitte prüfen Sie die Angaben.",
        ]);
        match self {
            Self::Bare => compact,
            Self::Pretty => pretty,
            Self::Fence => format!("```json\n{pretty}\n```"),
            Self::PlainFence => format!("```\n{compact}\n```"),
            Self::ProseBefore => format!("{before}\n\n{pretty}"),
            Self::ProseAround => format!("{before}\n\n```json\n{pretty}\n```\n\n{after}"),
            Self::Wrapped => {
                let key = *random.pick(&["receipt", "data", "result", "receipt_data"]);
                Value::Object(vec![(key.to_owned(), value.clone())]).json(Some(0))
            }
            Self::Listed => Value::List(vec![value.clone()]).json(None),
            Self::Thought => {
                format!("<think>The total might be this: {}. No, look again.</think>\n{pretty}", draft.json(None))
            }
            Self::Draft => format!(
                "First reading:\n```json\n{}\n```\nI misread the total. Corrected:\n```json\n{pretty}\n```",
                draft.json(Some(0))
            ),
            Self::AsText => Value::text(compact).json(None),
            Self::NearJson => {
                let end = pretty.rfind('}').unwrap_or(pretty.len());
                let body = pretty[..end].trim_end();
                format!("{{ // as printed\n{},\n}}", body.trim_start_matches('{').trim_start_matches('\n'))
            }
            Self::Schema => format!(
                "The format is {{\"merchant\": \"string\", \"date\": \"YYYY-MM-DD\", \"amount\": \"number\"}}.\n\n{pretty}"
            ),
            Self::CorrectedAfter => format!("{pretty}\n\nCorrection: the total is {other_total}."),
        }
    }
}
