//! Responses of the token endpoint, and members that are empty or duplicated.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::faults::context::FaultContext;
use crate::lock::lock;
use crate::wire::fault::Alteration;

/// Members that clients use.
const DUPLICATED_MEMBERS: [&str; 4] = ["access_token", "scope", "finish_reason", "arguments"];

pub(super) fn in_response(alteration: Alteration, context: FaultContext<'_>, json: &mut Value) {
    match alteration {
        Alteration::SameAccessToken => {
            let issued = json.get("access_token").and_then(Value::as_str).map(str::to_owned);
            let previous = issued.and_then(|issued| lock(&context.store.grants).restore_previous_access_token(&issued));
            if let Some(previous) = previous {
                json["access_token"] = json!(previous);
            }
        }
        Alteration::NarrowScope if json.get("access_token").is_some() => json["scope"] = json!("api:access"),
        Alteration::EmptyError if json.get("access_token").is_some() => json["error"] = json!(""),
        Alteration::EmptyError if json.is_object() => json["error"] = json!({ "message": "", "code": null }),
        _ => {}
    }
}

/// Done on the text: no JSON library writes a member twice. An escaped quotation mark tells a member's name within a text
/// from a member.
pub(super) fn with_duplicates(body: &[u8]) -> Bytes {
    let mut text = String::from_utf8_lossy(body).into_owned();
    for name in DUPLICATED_MEMBERS {
        let member = format!("\"{name}\":");
        text = text.replace(&member, &format!("{member}\"the first of two\",{member}"));
    }
    Bytes::from(text)
}
