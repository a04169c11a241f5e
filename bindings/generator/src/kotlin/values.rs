//! Records and enums: names of fields, and what is printed.

use crate::api::Api;
use anyhow::Result;
use heck::ToLowerCamelCase;
use uniffi_bindgen::interface::{AsType, Field, Type};
use uniffi_jni_generator::rewrite::{replace, replace_matches, within};

/// The type whose values are not printed at all.
const SECRET: &str = "Secret";

/// A single field without a name in Rust is named after its variant: `Photo.Bytes(bytes)`. UniFFI calls it `v1`.
pub(super) fn name_fields(code: &mut String, api: &Api) -> Result<()> {
    for (owner, variant, field) in nameless_fields(api) {
        within(code, &format!("sealed class {owner} {{"), "\n}\n", |part| {
            within(part, &format!("    data class {variant}("), "companion object", |part| {
                replace(part, "val v1:", &format!("/** The {field}. */\n        val `{field}`:"))
            })
        })?;
        within(code, &format!("object FfiConverterType{owner} "), "\n}\n", |part| {
            replace_matches(part, &format!(r"(?<variant>is {owner}\.{variant} -> \{{[^}}]*?)value\.v1"), |found| {
                format!("{}value.`{field}`", &found["variant"])
            })
        })?;
    }
    Ok(())
}

/// Enum, variant and the field's new name.
fn nameless_fields(api: &Api) -> Vec<(&str, &str, String)> {
    let enums = api.interface.enum_definitions().iter().filter(|found| !api.names.errors.contains(found.name()));
    let variants = enums.flat_map(|found| found.variants().iter().map(move |variant| (found.name(), variant)));
    let nameless = variants.filter(|(_, variant)| matches!(variant.fields(), [field] if field.name().is_empty()));
    nameless.map(|(owner, variant)| (owner, variant.name(), variant.name().to_lower_camel_case())).collect()
}

/// Records with a secret, and records and variants with a hidden field, get a `toString` that leaves it out. `uniffi.toml`
/// lists the hidden fields.
pub(super) fn print_without_secrets(code: &mut String, api: &Api) -> Result<()> {
    let is_hidden = |path: &str| api.naming.hidden.iter().any(|hidden| hidden == path);
    for record in api.interface.record_definitions() {
        let hides = |field: &Field| is_secret(field) || is_hidden(&format!("{}.{}", record.name(), field.name()));
        if record.fields().iter().any(hides) {
            let fields = record.fields().iter().filter(|field| !is_secret(field));
            let shown = fields.map(|field| shown(&field.name().to_lower_camel_case(), field, hides(field)));
            let shown: Vec<_> = shown.collect();
            override_to_string(code, &format!("data class {} (", record.name()), "){\n", record.name(), &shown)?;
        }
    }
    for (owner, variant, field) in nameless_fields(api) {
        if is_hidden(&format!("{owner}.{variant}.")) {
            let shown = [format!("{field}=${{{field}.split('?', '#', ',').first()}}")];
            let head = format!("    data class {variant}(\n        /** The {field}. */");
            override_to_string(code, &head, "    {\n", variant, &shown)?;
        }
    }
    Ok(())
}

fn is_secret(field: &Field) -> bool {
    field.as_type().iter_types().any(|type_| matches!(type_, Type::Custom { name, .. } if name == SECRET))
}

/// `name=value` in a string template. Of a hidden address the query is left out; of bytes only the number is shown.
fn shown(name: &str, field: &Field, is_hidden: bool) -> String {
    let (type_, optional) = match field.as_type() {
        Type::Optional { inner_type } => (*inner_type, "?"),
        type_ => (type_, ""),
    };
    match type_ {
        Type::Bytes => format!("{name}=${{{name}{optional}.size}}"),
        Type::Custom { .. } if is_hidden => {
            format!("{name}=${{{name}{optional}.toString(){optional}.substringBefore('?')}}")
        }
        _ => format!("{name}=${name}"),
    }
}

fn override_to_string(code: &mut String, head: &str, body: &str, class: &str, shown: &[String]) -> Result<()> {
    within(code, head, "companion object", |part| {
        let text = "    /** Without what is not for logs. */\n    override fun toString(): kotlin.String";
        replace(part, body, &format!("{body}{text} =\n        \"{class}({})\"\n", shown.join(", ")))
    })
}

/// Without this, a variant without fields prints its address.
pub(super) fn print_names_of_variants(code: &mut String, _: &Api) -> Result<()> {
    replace_matches(code, r"(?m)^    object (?<rest>\w+ : \w+\(\))", |found| {
        format!("    data object {}", &found["rest"])
    })
}
