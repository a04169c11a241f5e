//! The documentation of the Rust code, told in another language's names.

use crate::names::Names;
use heck::ToLowerCamelCase;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// How a language spells what the documentation mentions.
pub trait Spelling {
    /// A type, such as `Error`.
    fn type_name(&self, name: &str) -> String;
    /// A variant of an enum.
    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String;
    /// A variant with its enum.
    fn qualified_variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        format!("{}.{}", self.type_name(owner), self.variant(owner, variant, names))
    }
    /// A method, function, field or argument, from snake_case.
    fn value(&self, name: &str) -> String {
        name.to_lower_camel_case()
    }
    /// No value.
    fn nothing(&self) -> &'static str;
}

#[allow(clippy::expect_used, reason = "constants, compiled by every test")]
static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)/\*\*.*?\*/").expect("a valid pattern"));
/// `[`Error::Offline`](crate::Error::Offline)`, or only `` `max_tokens` ``.
#[allow(clippy::expect_used, reason = "constants, compiled by every test")]
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[`(?<link>[^`\]]+)`\](?:\((?<target>[\w:]+)\))?|`(?<code>[A-Za-z_]\w*(?:::\w+)*)(?<call>\(\))?`")
        .expect("a valid pattern")
});
/// An example in Rust, with the empty line before it.
#[allow(clippy::expect_used, reason = "constants, compiled by every test")]
static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\n *\*?[ ]*\n *\*? ?```(?:no_run|rust)?\n.*?\n *\*? ?```").expect("a valid pattern")
});

/// Rewrites every documentation comment of the generated code, and leaves out the examples in Rust.
pub fn translate(code: &str, names: &Names, spelling: &impl Spelling) -> String {
    COMMENT.replace_all(code, |comment: &Captures<'_>| tell(&comment[0], names, spelling)).into_owned()
}

/// Rewrites one piece of documentation.
pub fn tell(text: &str, names: &Names, spelling: &impl Spelling) -> String {
    MENTION
        .replace_all(&EXAMPLE.replace_all(text, ""), |mention: &Captures<'_>| {
            let path = mention.name("link").or(mention.name("code")).map_or("", |found| found.as_str());
            let target = mention.name("target").map_or("", |found| found.as_str());
            let call = mention.name("call").map_or("", |found| found.as_str());
            format!("`{}{call}`", spell(path, target, names, spelling))
        })
        .into_owned()
}

/// Spells `path`, whose link leads to `target`.
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
            format!("AIPass{name}")
        }
        fn variant(&self, _owner: &str, variant: &str, _names: &Names) -> String {
            variant.to_lower_camel_case()
        }
        fn nothing(&self) -> &'static str {
            "nil"
        }
    }

    #[test]
    fn documentation_speaks_the_names_of_the_language() {
        let mut names = Names::default();
        names.types.insert("Error".to_owned());
        names.variants.insert("Error".to_owned(), vec!["Offline".to_owned()]);
        names.values.insert("max_tokens".to_owned());
        names.functions.insert("AiPass::forget_session".to_owned());
        let told = |text: &str| translate(&format!("/** {text} */"), &names, &Plain);
        assert_eq!(told("[`Error::Offline`](crate::Error::Offline)"), "/** `AIPassError.offline` */");
        assert_eq!(told("[`next`](Self::next), `max_tokens`, `None`"), "/** `next`, `maxTokens`, `nil` */");
        assert_eq!(told("[`Offline`](crate::Error::Offline)"), "/** `offline` */");
        assert_eq!(told("`Offline` of [`Error`]"), "/** `offline` of `AIPassError` */");
        assert_eq!(told("call `forget_session()`"), "/** call `forgetSession()` */");
        assert_eq!(told("A client.\n *\n * ```no_run\n * let a = 1;\n * ```\n "), "/** A client.\n  */");
        assert_eq!(told("`api:access`, `invalid_scope`, `$`"), "/** `api:access`, `invalid_scope`, `$` */");
        assert_eq!(translate("let `max_tokens` = 1", &names, &Plain), "let `max_tokens` = 1");
    }
}
