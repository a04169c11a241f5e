//! What Swift's developers expect and UniFFI does not write: Apple's spelling, cancellation with the task, no aliases for
//! native types.

use crate::documentation::{self, Spelling};
use crate::names::Names;
use crate::rewrite::{replace, replace_matches, within};
use anyhow::Result;
use heck::{ToLowerCamelCase, ToUpperCamelCase};
use regex::{Captures, Regex};

/// Aliases that UniFFI declares for native types, and what they stand for.
const ALIASES: [(&str, &str); 5] =
    [("Decimal", "Decimal"), ("NaiveDate", "DateComponents"), ("PathBuf", "URL"), ("Secret", "String"), ("Url", "URL")];

/// Arguments that need no label, because the method's name says what they are.
const WITHOUT_LABEL: [&str; 9] =
    ["callbackURL", "extraction", "image", "options", "question", "request", "scan", "settings", "url"];

/// What only Rust's documentation may say, and what Swift's says instead.
const TEXTS: [(&str, &str); 8] = [
    (
        "Cheap to clone; all clones are the same client.",
        "Clients of the same account share its session if\n * they share its store.\n *\n \
         * ```swift\n \
         * let ai = try AIPass(clientID: \"client_123\", redirectURI: \"myapp://auth/callback\")\n \
         * try await ai.signIn(presenting: window)\n \
         * let receipt = try await ai.scanReceipt(photo)\n \
         * ```",
    ),
    (
        "the session in memory\n     * until the process ends,",
        "the session in the\n     * Keychain (on Linux in memory),",
    ),
    ("In Rust, dropping a call's future does the same.", "Cancelling a call's task does the same."),
    (
        "Dropping it ends the request and closes\n * its connection.",
        "Leaving the loop over it, or cancelling\n * its task, ends the request and closes its connection.",
    ),
    ("One paid call; dropping the stream ends it.", "One paid call; leaving the loop over it ends it."),
    ("One paid call; dropping the stream ends\n     * it.", "One paid call; leaving the loop over it\n     * ends it."),
    (
        "Dropping it ends the request and closes its connection.",
        "Leaving the loop over it, or cancelling its task, ends the request and\n * closes its connection.",
    ),
    ("is cancelled or is dropped before that", "is cancelled or its loop is left before that"),
];

/// Functions that stand for what Swift writes as initializers and static members, in the package's own part.
const INTERNAL: [&str; 4] = ["aiPassProvider", "aiPassProviderAt", "customProvider", "defaultConfig"];

/// Finishes the generated file.
pub fn finish(code: String, names: &Names) -> Result<String> {
    let mut code = documentation::translate(&code, names, &Swift);
    say_what_is_thrown(&mut code)?;
    for (text, swift) in TEXTS {
        replace(&mut code, text, swift)?;
    }
    for function in INTERNAL {
        replace(&mut code, &format!("public func {function}("), &format!("func {function}("))?;
    }
    replace(&mut code, "store: SessionStore? = nil", "store: SessionStore? = platformStore()")?;
    replace(&mut code, "debugBuild: Bool = false", "debugBuild: Bool = isDebugBuild")?;
    cancel_with_the_task(&mut code)?;
    // UniFFI 0.32.2 renames a thrown enum, but not where it is thrown.
    replace(&mut code, "FfiConverterTypeError_", "FfiConverterTypeAIPassError_")?;
    // UniFFI ends the app over a duration that Rust cannot hold.
    let write_duration = "public static func write(_ value: TimeInterval, into buf: inout [UInt8]) {\n";
    let held = "        let value = value.isNaN ? 0 : min(max(value, 0), 1.0e12)\n";
    replace(&mut code, write_duration, &format!("{write_duration}{held}"))?;
    for error in &names.errors {
        begin_cases_small(&mut code, error)?;
    }
    for (alias, native) in ALIASES {
        replace_matches(&mut code, &format!(r"public typealias {alias} = \w+\n"), |_| String::new())?;
        replace_matches(&mut code, &format!(r"(?<before>[^.\w`]){alias}\b"), |found| {
            format!("{}{native}", &found["before"])
        })?;
    }
    replace_matches(&mut code, r"\bAiPass(?<rest>Error|Protocol)?\b", |found| {
        format!("AIPass{}", found.name("rest").map_or("", |rest| rest.as_str()))
    })?;
    replace_matches(&mut code, r"\b(?:JsonExtraction|ExtractedJson)\b", |name| name[0].replace("Json", "JSON"))?;
    replace_matches(&mut code, r"\b[a-z][A-Za-z0-9]*\b", |name| initialisms(&name[0]))?;
    for argument in WITHOUT_LABEL {
        let only_argument = format!(r"(?<function>func \w+)\({argument}: ");
        replace_matches(&mut code, &only_argument, |found| format!("{}(_ {argument}: ", &found["function"]))?;
    }
    within(&mut code, "enum AIPassError: ", "\nextension AIPassError", |part| {
        replace_matches(part, r"public func (?<name>code|text)\(\) -> String", |found| {
            format!("public var {}: String", &found["name"])
        })
    })?;
    answer_for_every_error(&mut code)?;
    hide_the_plumbing(&mut code)?;
    replace(&mut code, ")async throws ", ") async throws ")?;
    replace(&mut code, ")throws ", ") throws ")?;
    replace_matches(&mut code, r"public \n(?<indirect>indirect )?enum ", |found| {
        format!("public {}enum ", found.name("indirect").map_or("", |indirect| indirect.as_str()))
    })?;
    replace_matches(&mut code, r"[ \t]+\n", |_| "\n".to_owned())?;
    Ok(code)
}

/// UniFFI's Swift never tells Rust that a task was cancelled. Rust's futures can be told: then the call is dropped, which
/// closes its connection, and it completes as cancelled.
fn cancel_with_the_task(code: &mut String) -> Result<()> {
    replace_matches(code, r"            freeFunc: ffi_aipass_rust_future_free_(?<kind>\w+),\n", |found| {
        let kind = &found["kind"];
        format!("            cancelFunc: ffi_aipass_rust_future_cancel_{kind},\n{}", &found[0])
    })?;
    replace(code, "fatalError(\"Cancellation not supported yet\")", "throw CancellationError()")?;
    within(code, "fileprivate func uniffiRustCallAsync<", "// Callback handlers for an async calls.", |function| {
        replace(
            function,
            "    freeFunc: (UInt64) -> (),\n",
            "    cancelFunc: @escaping @Sendable (UInt64) -> (),\n    freeFunc: (UInt64) -> (),\n",
        )?;
        replace(
            function,
            "    var pollResult: Int8;\n    repeat {\n",
            "    // A call that throws nothing could not report its cancellation: it runs to its end.\n    \
             let canBeCancelled = errorHandler != nil\n    \
             await withTaskCancellationHandler {\n    var pollResult: Int8;\n    repeat {\n",
        )?;
        replace(
            function,
            "    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY\n",
            "    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY\n    \
             } onCancel: {\n        if canBeCancelled { cancelFunc(rustFuture) }\n    }\n",
        )
    })
}

/// An app can build an error that Rust cannot hold, such as one with an amount of NaN. Asked about it, Rust says no more
/// than that it cannot read it, over which UniFFI ends the app.
fn answer_for_every_error(code: &mut String) -> Result<()> {
    for (property, answer) in [("code", "other"), ("text", "An error with a value that the library cannot hold.")] {
        within(code, &format!("public var {property}: String  {{\n    return"), "\n}\n", |getter| {
            replace(
                getter,
                "try!  FfiConverterString.lift(try! rustCall()",
                "(try? FfiConverterString.lift(rustCall()",
            )?;
            replace(getter, "\n})", &format!("\n}})) ?? \"{answer}\""))
        })?;
    }
    Ok(())
}

/// UniFFI publishes what other modules of its own might need, with which an app could make an object of any address. The
/// classes are final, because each subclass would need the initializer that is hidden.
fn hide_the_plumbing(code: &mut String) -> Result<()> {
    replace_matches(code, r"open class (?<name>\w+Impl)\b", |found| format!("final class {}", &found["name"]))?;
    replace(code, "open class ", "public final class ")?;
    replace(code, "open func ", "public func ")?;
    replace(code, "required public init(unsafeFromHandle ", "init(unsafeFromHandle ")?;
    replace(code, "public init(noHandle: ", "init(noHandle: ")?;
    for plumbing in ["struct NoHandle", "func uniffi", "struct FfiConverter", "func FfiConverter"] {
        replace(code, &format!("public {plumbing}"), plumbing)?;
    }
    Ok(())
}

/// Quick Help shows what stands under `Throws`, and knows no heading `Errors`.
fn say_what_is_thrown(code: &mut String) -> Result<()> {
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

/// `case Offline(…)` becomes `case offline(…)`, as in every enum that is not an error.
fn begin_cases_small(code: &mut String, error: &str) -> Result<()> {
    let name = Swift.type_name(error);
    let written = name.to_upper_camel_case(); // UniFFI knows no AIPass, only AiPass
    let converter = format!("public func FfiConverterType{name}_lift(");
    within(code, &format!("enum {written}: "), &converter, |part| {
        replace_matches(part, r"(?<before>\n    case |case (?:let )?\.|return \.)(?<case>[A-Z]\w*)", |found| {
            format!("{}{}", &found["before"], found["case"].to_lower_camel_case())
        })
    })
}

/// Apple's guidelines write acronyms in one case: `clientID`, `redirectURI`.
fn initialisms(name: &str) -> String {
    if name.starts_with("uniffi") || name.starts_with("ffi") {
        return name.to_owned();
    }
    ["Api", "Id", "Json", "Ttl", "Uri", "Url"].iter().fold(name.to_owned(), |name, word| {
        match Regex::new(&format!("(?<before>[A-Za-z]){word}(?<after>s?(?:[A-Z]|$))")) {
            Ok(pattern) => {
                let upper =
                    |found: &Captures<'_>| format!("{}{}{}", &found["before"], word.to_uppercase(), &found["after"]);
                pattern.replace_all(&name, upper).into_owned()
            }
            Err(_) => name,
        }
    })
}

struct Swift;

impl Spelling for Swift {
    fn type_name(&self, name: &str) -> String {
        match name {
            "AiPass" => "AIPass".to_owned(),
            "Error" => "AIPassError".to_owned(),
            name => name.to_owned(),
        }
    }

    fn variant(&self, _owner: &str, variant: &str, _names: &Names) -> String {
        initialisms(&variant.to_lower_camel_case())
    }

    fn value(&self, name: &str) -> String {
        initialisms(&name.to_lower_camel_case())
    }

    fn nothing(&self) -> &'static str {
        "nil"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_spelt_in_one_case() {
        for (given, wanted) in [
            ("clientId", "clientID"),
            ("minTtl", "minTTL"),
            ("notAUrl", "notAURL"),
            ("modelApi", "modelAPI"),
            ("imageUrl", "imageURL"),
            ("redirectUri", "redirectURI"),
            ("redirectUris", "redirectURIs"),
            ("idle", "idle"),
            ("jsonSchema", "jsonSchema"),
            ("toolCallIdText", "toolCallIDText"),
            ("uniffiCloneUrl", "uniffiCloneUrl"),
        ] {
            assert_eq!(initialisms(given), wanted);
        }
    }

    #[test]
    fn errors_are_told_in_the_form_that_quick_help_shows() {
        let told = |text: &str| {
            let mut code = format!("/**\n * Reads.\n *\n * # Errors\n{text} */");
            say_what_is_thrown(&mut code).unwrap();
            code
        };
        assert_eq!(told(" * Two\n * lines.\n"), "/**\n * Reads.\n *\n * - Throws: Two\n *   lines.\n */");
        assert_eq!(
            told(" * - One\n * long.\n * - Two.\n"),
            "/**\n * Reads.\n *\n * - Throws:\n *   - One\n *     long.\n *   - Two.\n */"
        );
    }
}
