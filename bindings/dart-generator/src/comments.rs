//! Documentation comments, with the names of Dart.

use crate::config::Config;
use crate::documentation::{self, Spelling};
use crate::names::Names;
use crate::spelling::{case_type, error_case_type, error_type, value};
use regex::{Captures, Regex};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The longest line, without the indentation and `/// `.
const WIDTH: usize = 112;

#[allow(clippy::expect_used, reason = "a constant, compiled by every test")]
static MENTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`(\w+)`").expect("a valid pattern"));

/// What comments are written with.
pub struct Documentation<'a> {
    pub names: &'a Names,
    /// The types that Dart has. Comments link to them.
    pub types: BTreeSet<String>,
    pub config: &'a Config,
}

impl Documentation<'_> {
    /// The comment before a declaration. `fallback` is used if the Rust code has no documentation.
    pub fn comment(&self, text: Option<&str>, fallback: &str) -> String {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let spelled = text.map_or_else(|| fallback.to_owned(), |text| documentation::spell_all(text, self.names, self));
        let spelled = spelled.replace("# Errors\n-", "Throws:\n-").replace("# Errors\n", "Throws: ");
        let spelled = MENTION.replace_all(spelled.trim(), |mention: &Captures<'_>| {
            if self.types.contains(&mention[1]) { format!("[{}]", &mention[1]) } else { mention[0].to_owned() }
        });
        wrapped(&spelled).iter().map(|line| format!("/// {line}").trim_end().to_owned() + "\n").collect()
    }

    fn renamed(&self, name: &str) -> String {
        self.config.rename.get(name).and_then(|renamed| renamed.as_str()).unwrap_or(name).to_owned()
    }
}

impl Spelling for Documentation<'_> {
    fn type_name(&self, name: &str) -> String {
        let renamed = self.renamed(name);
        if self.names.errors.contains(name) { error_type(&renamed) } else { renamed }
    }

    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        let owner_type = self.type_name(owner);
        if names.errors.contains(owner) {
            return error_case_type(&owner_type, variant);
        }
        if names.flat_enums.contains(owner) { value(variant) } else { case_type(&owner_type, variant) }
    }

    fn qualified_variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        let spelt = self.variant(owner, variant, names);
        if names.flat_enums.contains(owner) && !names.errors.contains(owner) {
            format!("{}.{spelt}", self.type_name(owner))
        } else {
            spelt
        }
    }

    fn value(&self, name: &str) -> String {
        if let Some(constructor) = self.config.constructors.get(name) {
            return constructor.clone();
        }
        let is_method = |path: &str| path.rsplit_once('.').is_some_and(|(_, method)| method == name);
        let renamed =
            self.config.rename.iter().find(|(path, _)| is_method(path)).and_then(|(_, renamed)| renamed.as_str());
        value(renamed.unwrap_or(name))
    }

    fn nothing(&self) -> &'static str {
        "null"
    }
}

/// Fills the lines again, because names are longer or shorter in Dart than in Rust. Each paragraph and each item of a list
/// is filled by itself.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_new = true;
    let mut margin = "";
    for line in text.lines() {
        let words = line.trim();
        let is_item = words.starts_with("- ");
        if words.is_empty() {
            lines.push(String::new());
            (is_new, margin) = (true, "");
            continue;
        }
        if is_item {
            margin = "  ";
        }
        for (index, word) in words.split(' ').enumerate() {
            let begins = index == 0 && (is_new || is_item);
            match lines.last_mut().filter(|last| !begins && last.len() + 1 + word.len() <= WIDTH) {
                Some(last) => {
                    last.push(' ');
                    last.push_str(word);
                }
                None => lines.push(if begins { word.to_owned() } else { format!("{margin}{word}") }),
            }
        }
        is_new = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_use_the_names_of_dart_and_link_to_its_types() {
        let mut names = Names::default();
        names.types.extend(["Error".to_owned(), "Kind".to_owned(), "Client".to_owned()]);
        names.errors.insert("Error".to_owned());
        names.flat_enums.insert("Kind".to_owned());
        names.variants.insert("Error".to_owned(), vec!["Offline".to_owned()]);
        names.variants.insert("Kind".to_owned(), vec!["KeyLost".to_owned()]);
        names.functions.extend(["Client::with".to_owned(), "default_config".to_owned()]);
        let config: Config = toml::from_str(
            "rename = { Error = 'ClientError', 'Client.with' = 'with_options' }\n\
             constructors = { default_config = 'Config.standard' }",
        )
        .unwrap();
        let types = BTreeSet::from(["ClientOfflineException".to_owned()]);
        let documentation = Documentation { names: &names, types, config: &config };
        let comment = |text: &str| documentation.comment(Some(text), "");
        assert_eq!(comment("[`Error::Offline`](crate::Error::Offline)"), "/// [ClientOfflineException]\n");
        assert_eq!(comment("`Kind::KeyLost`, `None`"), "/// `Kind.keyLost`, `null`\n");
        assert_eq!(comment("[`Client::with`], `default_config`"), "/// `Client.withOptions`, `Config.standard`\n");
        assert_eq!(comment("Reads.\n\n# Errors\nIf not."), "/// Reads.\n///\n/// Throws: If not.\n");
        assert_eq!(documentation.comment(None, "Fallback."), "/// Fallback.\n");
    }

    #[test]
    fn each_paragraph_and_list_item_is_filled_by_itself() {
        let long = "word ".repeat(30);
        let lines = wrapped(&format!("One\ntwo.\n\n- {long}\n- item\n  goes on"));
        assert_eq!(lines[..2], ["One two.", ""]);
        assert!(lines[2].starts_with("- word") && lines[2].len() <= WIDTH, "{lines:?}");
        assert!(lines[3].starts_with("  word"), "{lines:?}");
        assert_eq!(lines[4], "- item goes on");
    }
}
