//! What records and enums lack in UniFFI's Kotlin: names of fields, and what of them is printed.

use crate::rewrite::{replace, replace_matches, within};
use anyhow::Result;

/// A variant whose field has no name in Rust: the variant, the field's name here, and words about it.
type Nameless = (&'static str, &'static str, &'static str);

/// Enums with such variants.
const NAMELESS: [(&str, &[Nameless]); 2] = [
    (
        "Photo",
        &[
            ("Bytes", "bytes", "As the camera or the gallery gave them."),
            ("File", "file", "Its path must be absolute."),
            ("Url", "url", "With `https:` or `data:`."),
        ],
    ),
    ("AudioFile", &[("Bytes", "bytes", "As they were recorded."), ("File", "file", "Its path must be absolute.")]),
];

/// Names these fields.
pub(super) fn name_fields(code: &mut String) -> Result<()> {
    for (owner, fields) in NAMELESS {
        for (variant, field, about) in fields {
            within(code, &format!("sealed class {owner} {{"), "\n}\n", |part| {
                within(part, &format!("    data class {variant}("), "companion object", |part| {
                    replace(part, "val v1:", &format!("/** {about} */\n        val `{field}`:"))
                })
            })?;
            within(code, &format!("object FfiConverterType{owner} "), "\n}\n", |part| {
                replace_matches(part, &format!(r"(?<variant>is {owner}\.{variant} -> \{{[^}}]*?)value\.v1"), |found| {
                    format!("{}value.`{field}`", &found["variant"])
                })
            })?;
        }
    }
    Ok(())
}

/// What printed values show where not all of them belongs into a log: a sign-in's URL has a state and perhaps the user's
/// address, a client's secret is one, and the address of a file may be signed.
const SHOWN: [(&str, &str, &str); 4] = [
    (
        "data class SignInRequest (",
        "){\n",
        "SignInRequest(url=${url.toString().substringBefore('?')}, expiresAt=$expiresAt)",
    ),
    (
        "data class OAuthClient (",
        "){\n",
        "OAuthClient(id=$id, clientId=$clientId, name=$name, clientType=$clientType, redirectUris=$redirectUris, \
         scopes=$scopes, isActive=$isActive)",
    ),
    (
        "data class GeneratedImage (",
        "){\n",
        "GeneratedImage(bytes=${bytes?.size}, url=${url?.toString()?.substringBefore('?')}, revisedPrompt=$revisedPrompt)",
    ),
    ("    data class Url(\n        /** With", "    {\n", "Url(url=${url.split('?', '#', ',').first()})"),
];

/// Says so in the classes.
pub(super) fn print_less(code: &mut String) -> Result<()> {
    for (record, body, shown) in SHOWN {
        within(code, record, "companion object", |part| {
            let text = "    /** Without what is not for logs. */\n    override fun toString(): kotlin.String";
            replace(part, body, &format!("{body}{text} =\n        \"{shown}\"\n"))
        })?;
    }
    Ok(())
}
