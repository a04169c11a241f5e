//! Documentation comments with the names of another language. Other generators can use this too.

use crate::names::Names;
use heck::ToLowerCamelCase;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// How a language spells the names that documentation mentions.
pub trait Spelling {
    /// A type, such as `Error`.
    fn type_name(&self, name: &str) -> String;
    /// A variant of an enum, without the enum.
    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String;
    /// A variant with its enum.
    fn qualified_variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        format!("{}.{}", self.type_name(owner), self.variant(owner, variant, names))
    }
    /// A method, function, field or argument, from snake_case.
    fn value(&self, name: &str) -> String {
        name.to_lower_camel_case()
    }
    /// Rust's `None`, such as `null`.
    fn nothing(&self) -> &'static str;
}

#[allow(clippy::expect_used, reason = "constants, compiled by every test")]
static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)/\*\*.*?\*/").expect("a valid pattern"));
/// A link such as `[`Error::Offline`](crate::Error::Offline)`, or a name such as `` `max_tokens` ``.
#[allow(clippy::expect_used, reason = "constants, compiled by every test")]
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[`(?<link>[^`\]]+)`\](?:\((?<target>[\w:]+)\))?|`(?<code>[A-Za-z_]\w*(?:::\w+)*)(?<call>\(\))?`")
        .expect("a valid pattern")
});
/// An example in Rust, with the empty line before it. An example in another language has a tag after its fence, and stays.
#[allow(clippy::expect_used, reason = "constants, compiled by every test")]
static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\n *\*?[ ]*\n *\*? ?```(?:no_run|rust)?\n.*?\n *\*? ?```").expect("a valid pattern")
});

/// Spells the names in every `/** … */` comment of the code as the language does, and removes examples in Rust.
pub fn translate(code: &str, names: &Names, spelling: &impl Spelling) -> String {
    COMMENT.replace_all(code, |comment: &Captures<'_>| spell_all(&comment[0], names, spelling)).into_owned()
}

/// As [`translate`], for the text of one comment.
pub fn spell_all(text: &str, names: &Names, spelling: &impl Spelling) -> String {
    MENTION
        .replace_all(&EXAMPLE.replace_all(text, ""), |mention: &Captures<'_>| {
            let path = mention.name("link").or(mention.name("code")).map_or("", |found| found.as_str());
            let target = mention.name("target").map_or("", |found| found.as_str());
            let call = mention.name("call").map_or("", |found| found.as_str());
            format!("`{}{call}`", spell(path, target, names, spelling))
        })
        .into_owned()
}

/// Spells one path. `target` is the target of its link.
fn spell(path: &str, target: &str, names: &Names, spelling: &impl Spelling) -> String {
    let (owner, name) = path.rsplit_once("::").unwrap_or(("", path));
    let owner = owner.rsplit("::").next().unwrap_or_default();
    let is_function = |name: &str| names.functions.iter().any(|known| known.rsplit("::").next() == Some(name));
    let is_variant = |owner: &str| names.variants.get(owner).is_some_and(|variants| variants.iter().any(|v| v == name));
    let target_owner = target.rsplit("::").nth(1).unwrap_or_default();
    if owner.is_empty() && is_variant(target_owner) {
        return spelling.variant(target_owner, name, names);
    }
    if is_variant(owner) {
        return spelling.qualified_variant(owner, name, names);
    }
    if owner.is_empty() {
        if name == "None" {
            return spelling.nothing().to_owned();
        }
        if let Some(owner) = names.enum_of(name).filter(|_| !names.types.contains(name)) {
            return spelling.variant(owner, name, names);
        }
        return match name {
            _ if names.types.contains(name) => spelling.type_name(name),
            _ if names.values.contains(name) || is_function(name) => spelling.value(name),
            _ => name.to_owned(),
        };
    }
    let name = spelling.value(name);
    if owner == "Self" { name } else { format!("{}.{name}", spelling.type_name(owner)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain;

    impl Spelling for Plain {
        fn type_name(&self, name: &str) -> String {
            format!("App{name}")
        }
        fn variant(&self, _owner: &str, variant: &str, _names: &Names) -> String {
            variant.to_lower_camel_case()
        }
        fn nothing(&self) -> &'static str {
            "nil"
        }
    }

    #[test]
    fn names_are_spelled_as_the_language_does() {
        let mut names = Names::default();
        names.types.insert("Error".to_owned());
        names.variants.insert("Error".to_owned(), vec!["Offline".to_owned()]);
        names.values.insert("max_tokens".to_owned());
        names.functions.insert("Client::forget_session".to_owned());
        let translated = |text: &str| translate(&format!("/** {text} */"), &names, &Plain);
        assert_eq!(translated("[`Error::Offline`](crate::Error::Offline)"), "/** `AppError.offline` */");
        assert_eq!(translated("[`next`](Self::next), `max_tokens`, `None`"), "/** `next`, `maxTokens`, `nil` */");
        assert_eq!(translated("[`Offline`](crate::Error::Offline)"), "/** `offline` */");
        assert_eq!(translated("`Offline` of [`Error`]"), "/** `offline` of `AppError` */");
        assert_eq!(translated("call `forget_session()`"), "/** call `forgetSession()` */");
        assert_eq!(translated("A client.\n *\n * ```no_run\n * let a = 1;\n * ```\n "), "/** A client.\n  */");
        assert_eq!(translated("`api:access`, `invalid_scope`, `$`"), "/** `api:access`, `invalid_scope`, `$` */");
        assert_eq!(translate("let `max_tokens` = 1", &names, &Plain), "let `max_tokens` = 1");
    }
}
