//! A tool's arguments, read one by one: of the right kind, of bounded length, and none that the tool does not know. Errors
//! name an argument and never repeat its value, which may be a secret.

use super::tool_error::ToolError;
use aipass::{Secret, TokenKind};
use serde_json::{Map, Value};

/// Longer than any token, callback or name.
const MAX_TEXT: usize = 16 * 1024;
const MAX_ITEMS: usize = 64;

type Read<T> = Result<T, ToolError>;

pub struct Arguments(Map<String, Value>);

impl Arguments {
    /// The arguments, if the tool knows all of them.
    pub fn new(given: Option<Map<String, Value>>, known: &[&str]) -> Read<Self> {
        let given = given.unwrap_or_default();
        match given.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => {
                let name: String = name.chars().take(64).collect();
                Err(ToolError::argument(&name, &format!("the tool has none of this name, only {}", known.join(", "))))
            }
            None => Ok(Self(given)),
        }
    }

    /// A value; `null` is none.
    fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text that says something.
    pub fn text(&self, name: &str) -> Read<Option<String>> {
        self.value(name).map(|value| text(name, value)).transpose()
    }

    pub fn required(&self, name: &str) -> Read<String> {
        self.text(name)?.ok_or_else(|| ToolError::argument(name, "it is missing"))
    }

    pub fn secret(&self, name: &str) -> Read<Option<Secret>> {
        Ok(self.text(name)?.map(Secret::new))
    }

    pub fn boolean(&self, name: &str) -> Read<bool> {
        match self.value(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| ToolError::argument(name, "it must be true or false")),
        }
    }

    /// A list of texts; empty if it is not given.
    pub fn texts(&self, name: &str) -> Read<Vec<String>> {
        let refuse = |why: &str| ToolError::argument(name, why);
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| refuse("it must be a list of texts"))?;
        if items.len() > MAX_ITEMS {
            return Err(refuse("it has more than 64 items"));
        }
        items.iter().map(|item| text(name, item)).collect()
    }

    /// An object, as it stands.
    pub fn object(&self, name: &str) -> Read<Option<&Map<String, Value>>> {
        let refuse = || ToolError::argument(name, "it must be an object");
        self.value(name).map(|value| value.as_object().ok_or_else(refuse)).transpose()
    }

    /// What kind of token is meant, in RFC 7009's words.
    pub fn token_kind(&self) -> Read<Option<TokenKind>> {
        match self.text("token_type_hint")?.as_deref() {
            None => Ok(None),
            Some("access_token") => Ok(Some(TokenKind::AccessToken)),
            Some("refresh_token") => Ok(Some(TokenKind::RefreshToken)),
            Some(_) => Err(ToolError::argument("token_type_hint", "it must be access_token or refresh_token")),
        }
    }
}

fn text(name: &str, value: &Value) -> Read<String> {
    let refuse = |why: &str| ToolError::argument(name, why);
    let text = value.as_str().ok_or_else(|| refuse("it must be a text"))?;
    match text.trim() {
        "" => Err(refuse("it is empty")),
        text if text.len() > MAX_TEXT => Err(refuse("it has more than 16 KB")),
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn arguments(value: Value) -> Arguments {
        Arguments::new(value.as_object().cloned(), &["a", "token_type_hint"])
            .unwrap_or_else(|error| panic!("{error:?}"))
    }

    #[test]
    fn what_is_of_the_wrong_kind_is_named_and_not_repeated() {
        for value in [json!(5), json!({}), json!(["secret"]), json!(true), json!(""), json!("x".repeat(20_000))] {
            let error = format!("{:?}", arguments(json!({ "a": value })).text("a").unwrap_err());
            assert!(error.contains("\\\"a\\\"") && !error.contains("secret") && error.len() < 200, "{error}");
        }
        assert!(arguments(json!({ "a": "secret" })).boolean("a").is_err());
        assert!(arguments(json!({ "a": "secret" })).texts("a").is_err());
        assert!(arguments(json!({ "a": vec!["x"; 65] })).texts("a").is_err());
        assert!(arguments(json!({ "a": [1] })).texts("a").is_err());
        assert!(arguments(json!({ "a": [] })).object("a").is_err());
        assert!(arguments(json!({ "token_type_hint": "id_token" })).token_kind().is_err());
        assert!(arguments(json!({})).required("a").is_err());
    }

    #[test]
    fn an_argument_that_is_null_is_not_given() {
        let none = arguments(json!({ "a": null }));
        assert!(
            none.text("a").unwrap().is_none() && !none.boolean("a").unwrap() && none.texts("a").unwrap().is_empty()
        );
        assert!(none.object("a").unwrap().is_none() && none.token_kind().unwrap().is_none());
    }

    #[test]
    fn an_unknown_argument_is_refused() {
        let given = json!({ "server": "https://evil.example" });
        let error = Arguments::new(given.as_object().cloned(), &["a"]).err().unwrap();
        assert!(format!("{error:?}").contains("none of this name, only a"), "{error:?}");
    }
}
