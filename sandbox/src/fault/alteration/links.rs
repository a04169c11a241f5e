//! Links in answers.

use axum::http::header;
use serde_json::{Value, json};

use super::{Alteration, Asked};
use crate::model_api::video;

/// Where printers listen.
const PRIVATE: &str = "http://127.0.0.1:631/printers";

pub(super) async fn in_answer(alteration: Alteration, asked: Asked<'_>, json: &mut Value) {
    let link = match alteration {
        Alteration::PrivateUrl => PRIVATE.to_owned(),
        Alteration::OwnUrl => {
            let host = asked.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            format!("http://{host}/api/v1/usage/me/summary")
        }
        Alteration::VideoUrlInStatus => {
            if json.get("status").is_some_and(|status| status == "completed") {
                let id = asked.path.rsplit('/').next().unwrap_or_default();
                json["downloadUrl"] = json!(video::link(asked.shared, asked.headers, id).await);
            }
            return;
        }
        _ => return,
    };
    for image in json.pointer_mut("/data").and_then(Value::as_array_mut).into_iter().flatten() {
        *image = json!({ "url": link });
    }
}
