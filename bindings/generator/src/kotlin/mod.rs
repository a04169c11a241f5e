//! Kotlin: exceptions whose message is a sentence, native types, no public plumbing, large values off the caller's thread.

mod calls;
mod errors;
mod time;
mod values;
mod visibility;

use crate::api::Api;
use crate::rules::{Rule, Until};
use anyhow::Result;
use heck::{ToLowerCamelCase, ToShoutySnakeCase};
use uniffi_dart_generator::Names;
use uniffi_dart_generator::documentation::{self, Spelling};
use uniffi_jni_generator::rewrite::replace_matches;

/// The changes to UniFFI's Kotlin, in this order.
pub const RULES: &[Rule] = &[
    Rule { what: "documentation uses Kotlin's names", until: Until::Upstream(&[2565]), change: use_names_of_kotlin },
    Rule {
        what: "native types have their own names",
        until: Until::Unreported("writes the native type instead of a public alias"),
        change: replace_aliases,
    },
    Rule {
        what: "an exception's message is a sentence",
        until: Until::Upstream(&[1077]),
        change: errors::make_messages_sentences,
    },
    Rule {
        what: "an exception's code is a property",
        until: Until::Unreported("lets a method of an error be a property"),
        change: errors::make_code_a_property,
    },
    Rule {
        what: "a renamed error is renamed where it is thrown too",
        until: Until::Unreported("uses the new name of an error in every place"),
        change: errors::rename_thrown_errors,
    },
    Rule {
        what: "the field of a variant has a name",
        until: Until::Unreported("names the only field of a variant after the variant"),
        change: values::name_fields,
    },
    Rule {
        what: "whatever a host's implementation throws reaches Rust",
        until: Until::Upstream(&[2903, 2945]),
        change: errors::catch_throwables,
    },
    Rule {
        what: "what a host's implementation throws is reported without its stack trace",
        until: Until::Unreported("lets the library choose: uniffi-rs#2710 added the stack trace"),
        change: errors::report_without_stack_trace,
    },
    Rule {
        what: "the result of a cancelled call is freed",
        until: Until::Unreported("frees a result that is ready when the job is cancelled"),
        change: calls::free_results_of_cancelled_calls,
    },
    Rule {
        what: "durations and instants are Kotlin's own, and no value of them fails",
        until: Until::Unreported("can write kotlin.time, and does not fail over a negative Duration"),
        change: time::use_kotlins_time,
    },
    Rule {
        what: "printed values show no secrets",
        until: Until::Unreported("can leave fields out of toString"),
        change: values::print_without_secrets,
    },
    Rule {
        what: "large values are copied on another thread",
        until: Until::Upstream(&[1586]),
        change: calls::copy_on_another_thread,
    },
    Rule { what: "plumbing is internal", until: Until::Upstream(&[1425, 2030]), change: visibility::hide_plumbing },
    Rule {
        what: "functions that make a record are internal",
        until: Until::Unreported("writes constructors of records"),
        change: visibility::hide_record_constructors,
    },
    Rule {
        what: "what UniFFI adds is documented",
        until: Until::Unreported("documents `close`, `destroy` and `message`"),
        change: visibility::document,
    },
    Rule {
        what: "variants without fields print their names",
        until: Until::Unreported("writes `data object`"),
        change: values::print_names_of_variants,
    },
    Rule {
        what: "no line ends in spaces",
        until: Until::Unreported("formats its Kotlin without another program"),
        change: |code, _| replace_matches(code, r"[ \t]+\n", |_| "\n".to_owned()),
    },
];

fn use_names_of_kotlin(code: &mut String, api: &Api) -> Result<()> {
    *code = documentation::translate(code, &api.names, &Kotlin(api));
    Ok(())
}

/// Documentation, and a variant with the name of an alias, stay as they are.
fn replace_aliases(code: &mut String, api: &Api) -> Result<()> {
    for (alias, native) in api.custom_types("kotlin.String") {
        replace_matches(code, &format!(r"public typealias {alias} = [\w.]+\n"), |_| String::new())?;
        let mention =
            format!(r"(?s)/\*\*.*?\*/|data class {alias}\(|(?<before>[^.\w`])(?:one\.aipass\.mobile\.)?{alias}\b");
        replace_matches(code, &mention, |found| {
            found.name("before").map_or_else(|| found[0].to_owned(), |before| format!("{}{native}", before.as_str()))
        })?;
    }
    Ok(())
}

/// A type, as `uniffi.toml` names it. UniFFI writes `Exception` for `Error` at the end of an error's name.
fn type_name(name: &str, api: &Api) -> String {
    let renamed = api.naming.rename.get(name).map_or(name, String::as_str);
    match renamed.strip_suffix("Error") {
        Some(stem) if api.names.errors.contains(name) => format!("{stem}Exception"),
        _ => renamed.to_owned(),
    }
}

/// Names in documentation.
struct Kotlin<'a>(&'a Api);

impl Spelling for Kotlin<'_> {
    fn type_name(&self, name: &str) -> String {
        type_name(name, self.0)
    }

    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        if names.flat_enums.contains(owner) && !names.errors.contains(owner) {
            variant.to_shouty_snake_case()
        } else {
            variant.to_owned()
        }
    }

    fn value(&self, name: &str) -> String {
        name.to_lower_camel_case()
    }

    fn nothing(&self) -> &'static str {
        "null"
    }
}
