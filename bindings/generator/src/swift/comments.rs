//! Documentation comments.

use super::names::Swift;
use crate::api::Api;
use anyhow::Result;
use uniffi_dart_generator::documentation;
use uniffi_jni_generator::rewrite::{append_to_comment, replace_matches};

pub(super) fn use_names_of_swift(code: &mut String, api: &Api) -> Result<()> {
    *code = documentation::translate(code, &api.names, &Swift(api));
    Ok(())
}

/// Quick Help shows what stands under `Throws`, and knows no heading `Errors`.
pub(super) fn list_thrown_errors(code: &mut String, _: &Api) -> Result<()> {
    replace_matches(code, r"(?<margin>\n *\* )# Errors\n(?<lines>(?: *\* .+\n)+)", |found| {
        let lines: Vec<&str> = found["lines"].lines().map(|line| line.trim_start().trim_start_matches("* ")).collect();
        let is_list = lines.iter().any(|line| line.starts_with("- "));
        let mut throws = format!("{}- Throws:", &found["margin"]);
        for (index, line) in lines.into_iter().enumerate() {
            let margin = match (is_list, index) {
                (false, 0) => " ",
                (true, _) if !line.starts_with("- ") => &format!("{}    ", &found["margin"]),
                _ => &format!("{}  ", &found["margin"]),
            };
            throws.push_str(margin);
            throws.push_str(line);
        }
        throws + "\n"
    })
}

/// The example in Rust is left out of the client's documentation. This one takes its place.
const EXAMPLE: &str = "
 *
 * ```swift
 * let ai = try AIPass(clientID: \"client_123\", redirectURI: \"myapp://auth/callback\")
 * try await ai.signIn(presenting: window)
 * let receipt = try await ai.scanReceipt(photo)
 * ```";

pub(super) fn add_example(code: &mut String, _: &Api) -> Result<()> {
    append_to_comment(code, "public protocol AiPassProtocol", EXAMPLE)?;
    append_to_comment(code, "open class AiPass:", EXAMPLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::Naming;

    #[test]
    fn errors_are_listed_in_the_form_that_quick_help_shows() {
        let api = Api::of_nothing(Naming::default());
        let listed = |text: &str| {
            let mut code = format!("/**\n * Reads.\n *\n * # Errors\n{text} */");
            list_thrown_errors(&mut code, &api).unwrap();
            code
        };
        assert_eq!(listed(" * Two\n * lines.\n"), "/**\n * Reads.\n *\n * - Throws: Two\n *   lines.\n */");
        assert_eq!(
            listed(" * - One\n * long.\n * - Two.\n"),
            "/**\n * Reads.\n *\n * - Throws:\n *   - One\n *     long.\n *   - Two.\n */"
        );
    }
}
