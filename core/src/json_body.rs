//! A request's fields as JSON, with those that are not modelled yet.

use crate::error::{Error, Result};
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The body: the modelled `fields`, and those of the object that the app gave as text.
pub(crate) fn json_body(fields: &impl Serialize, extra_json: Option<&str>) -> Result<Bytes> {
    let unwritable = |error: serde_json::Error| Error::internal(format!("a request cannot be written: {error}"));
    let Some(extra_json) = extra_json else { return Ok(serde_json::to_vec(fields).map_err(unwritable)?.into()) };
    let mut body = match serde_json::to_value(fields).map_err(unwritable)? {
        Value::Object(body) => body,
        _ => return Err(Error::internal("a request's body is no object")),
    };
    for (name, value) in extra_members(extra_json, |name| body.contains_key(name))? {
        body.insert(name, serde_json::to_value(value).map_err(unwritable)?);
    }
    Ok(Value::Object(body).to_string().into())
}

/// The members of the object that the app gave as text, none of which may be `taken`.
pub(crate) fn extra_members(json: &str, taken: impl Fn(&str) -> bool) -> Result<BTreeMap<String, &RawValue>> {
    let refuse = |why: String| Error::invalid_input("extra_json", why);
    let members: BTreeMap<String, &RawValue> =
        serde_json::from_str(json).map_err(|error| refuse(format!("it is not a JSON object: {error}")))?;
    match members.keys().find(|name| taken(name)) {
        Some(name) => Err(refuse(format!("it sets {name:?}, which the request sets itself"))),
        None => Ok(members),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn further_fields_are_added_and_never_replace_modelled_ones() {
        let fields = json!({"model": "m"});
        let body = |extra: &str| json_body(&fields, Some(extra));
        let sent: Value = serde_json::from_slice(&body(r#"{"style": "vivid"}"#).unwrap()).unwrap();
        assert_eq!(sent, json!({"model": "m", "style": "vivid"}));
        for refused in [r#"{"model": "other"}"#, "[]", "{", ""] {
            let error = body(refused).unwrap_err();
            assert!(matches!(error, Error::InvalidInput { input, .. } if input == "extra_json"), "{refused}");
        }
    }
}
