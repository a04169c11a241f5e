//! Token answers, and members that say nothing or stand twice.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{Alteration, Asked};
use crate::state::lock;

/// Members that clients act on.
const TWICE: [&str; 4] = ["access_token", "scope", "finish_reason", "arguments"];

pub(super) fn in_answer(alteration: Alteration, asked: Asked<'_>, json: &mut Value) {
    match alteration {
        Alteration::SameAccessToken => {
            let issued = json.get("access_token").and_then(Value::as_str).map(str::to_owned);
            let kept = issued.and_then(|issued| lock(&asked.shared.grants).keep_former_access_token(&issued));
            if let Some(kept) = kept {
                json["access_token"] = json!(kept);
            }
        }
        Alteration::NarrowScope if json.get("access_token").is_some() => json["scope"] = json!("api:access"),
        Alteration::EmptyError if json.get("access_token").is_some() => json["error"] = json!(""),
        Alteration::EmptyError if json.is_object() => json["error"] = json!({ "message": "", "code": null }),
        _ => {}
    }
}

/// In text: no JSON library writes a member twice. An escaped quotation mark shows a member's name within a text.
pub(super) fn with_duplicates(body: &[u8]) -> Bytes {
    let mut text = String::from_utf8_lossy(body).into_owned();
    for name in TWICE {
        let member = format!("\"{name}\":");
        text = text.replace(&member, &format!("{member}\"the first of two\",{member}"));
    }
    Bytes::from(text)
}
