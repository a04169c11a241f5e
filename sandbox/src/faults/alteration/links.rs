//! Links in responses.

use axum::http::header;
use serde_json::{Value, json};

use crate::faults::context::FaultContext;
use crate::model_api::video_link;
use crate::wire::fault::Alteration;
use crate::wire::paths::BALANCE;

/// The port of printers.
const PRIVATE: &str = "http://127.0.0.1:631/printers";

pub(super) fn in_response(alteration: Alteration, context: FaultContext<'_>, json: &mut Value) {
    let link = match alteration {
        Alteration::PrivateUrl => PRIVATE.to_owned(),
        Alteration::OwnUrl => {
            let host = context.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            format!("http://{host}{BALANCE}")
        }
        Alteration::VideoUrlInStatus => {
            if json.get("status").is_some_and(|status| status == "completed") {
                let id = context.path.rsplit('/').next().unwrap_or_default();
                json["downloadUrl"] = json!(video_link(context.model_api, context.headers, id));
            }
            return;
        }
        _ => return,
    };
    for image in json.pointer_mut("/data").and_then(Value::as_array_mut).into_iter().flatten() {
        *image = json!({ "url": link });
    }
}
