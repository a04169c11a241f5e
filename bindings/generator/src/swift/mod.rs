//! Swift: Apple's spelling, cancellation with the task, documentation for Quick Help, no public plumbing.

mod calls;
mod comments;
mod names;

use crate::api::Api;
use crate::rules::{Rule, Until};
use anyhow::Result;
use uniffi_jni_generator::rewrite::{replace, replace_matches};

/// The changes to UniFFI's Swift, in this order.
pub const RULES: &[Rule] = &[
    Rule {
        what: "documentation uses Swift's names",
        until: Until::Upstream(&[2565]),
        change: comments::use_names_of_swift,
    },
    Rule {
        what: "errors are documented under Throws",
        until: Until::Unreported("writes `- Throws:` instead of a heading"),
        change: comments::list_thrown_errors,
    },
    Rule { what: "the client's class has an example", until: Until::Upstream(&[2565]), change: comments::add_example },
    Rule {
        what: "functions that make a record are internal",
        until: Until::Unreported("writes constructors of records"),
        change: hide_record_constructors,
    },
    Rule { what: "some defaults are Swift's own", until: Until::Ours, change: set_defaults },
    Rule {
        what: "calls are cancelled with their task",
        until: Until::Upstream(&[2771, 2887]),
        change: calls::cancel_with_the_task,
    },
    Rule {
        what: "a renamed error is renamed where it is thrown too",
        until: Until::Unreported("uses the new name of an error in every place"),
        change: names::rename_thrown_errors,
    },
    Rule {
        what: "durations that Rust cannot hold are clamped",
        until: Until::Unreported("does not end the app over a negative or endless TimeInterval"),
        change: calls::clamp_durations,
    },
    Rule {
        what: "cases of errors begin with a small letter",
        until: Until::Upstream(&[2262, 2351]),
        change: names::lower_cases_of_errors,
    },
    Rule {
        what: "native types have their own names",
        until: Until::Unreported("writes the native type instead of a public alias"),
        change: names::replace_aliases,
    },
    Rule {
        what: "renamed types are spelled as configured",
        until: Until::Upstream(&[2782]),
        change: names::spell_renamed_types,
    },
    Rule { what: "acronyms have one case", until: Until::Upstream(&[2276]), change: names::spell_acronyms },
    Rule {
        what: "a first argument that is a record has no label",
        until: Until::Upstream(&[2502]),
        change: names::leave_out_labels,
    },
    Rule {
        what: "methods of errors are properties",
        until: Until::Unreported("can write a computed property"),
        change: calls::make_error_methods_properties,
    },
    Rule {
        what: "an error that Rust cannot hold can still be described",
        until: Until::Upstream(&[2416]),
        change: calls::describe_every_error,
    },
    Rule { what: "plumbing is internal", until: Until::Upstream(&[1425, 2030]), change: hide_plumbing },
    Rule {
        what: "spaces are where Swift has them",
        until: Until::Unreported("formats its Swift without another program"),
        change: format,
    },
];

fn hide_record_constructors(code: &mut String, api: &Api) -> Result<()> {
    for function in api.record_constructors() {
        let name = names::value_before_acronyms(function.name());
        replace(code, &format!("public func {name}("), &format!("func {name}("))?;
    }
    Ok(())
}

fn set_defaults(code: &mut String, api: &Api) -> Result<()> {
    for (argument, default) in &api.naming.defaults {
        let pattern = format!(r"\b(?<argument>{argument}: [\w?]+ = )(?:nil|false|true)");
        replace_matches(code, &pattern, |found| format!("{}{default}", &found["argument"]))?;
    }
    Ok(())
}

/// UniFFI makes public what its modules for other crates need. With that an app could make an object of any address. The
/// classes become final, because a subclass would need the initializer that is hidden.
fn hide_plumbing(code: &mut String, _: &Api) -> Result<()> {
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

fn format(code: &mut String, _: &Api) -> Result<()> {
    replace(code, ")async throws ", ") async throws ")?;
    replace(code, ")throws ", ") throws ")?;
    replace_matches(code, r"public \n(?<indirect>indirect )?enum ", |found| {
        format!("public {}enum ", found.name("indirect").map_or("", |indirect| indirect.as_str()))
    })?;
    replace_matches(code, r"[ \t]+\n", |_| "\n".to_owned())
}
