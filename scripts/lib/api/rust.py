"""The public items of the crate `aipass`, from what rustdoc says of it as JSON.

That output is not stable yet: RUSTC_BOOTSTRAP=1 has the pinned rustdoc write it, and FORMAT is the version that this reads. Another Rust
in rust-toolchain.toml may need another.
"""

import json
import os
import subprocess

SNAPSHOT = "core/api.txt"
PACKAGE = "the Rust crate, with all features but uniffi"
FORMAT = 57
FEATURES = "device-authorization,dpop,introspection,loopback,openid,registration"
# Of what the compiler implements by itself, what callers rely on.
AUTOMATIC = {"Send", "Sync"}


def variant(found):
    """The name and the content of what rustdoc writes as {name: content}."""
    return next(iter(found.items()))


def joined(parts, before="", after="", separator=", "):
    """The parts between these words; nothing if there is none."""
    text = separator.join(parts)
    return f"{before}{text}{after}" if text else ""


# Types. Each function renders what rustdoc-types calls so.


def path(found):
    arguments = found["args"] or {}
    name = found["path"].split("::")[-1]
    if "parenthesized" in arguments:
        within = arguments["parenthesized"]
        return f"{name}({joined(map(kind, within['inputs']))}){output(within['output'])}"
    within = arguments.get("angle_bracketed", {"args": [], "constraints": []})
    return name + joined([*map(argument, within["args"]), *map(constraint, within["constraints"])], "<", ">")


def argument(found):
    if found == "infer":
        return "_"
    form, value = variant(found)
    return {"lifetime": lambda: value, "type": lambda: kind(value), "const": lambda: value["expr"]}[form]()


def constraint(found):
    form, value = variant(found["binding"])
    if form == "constraint":
        return f"{found['name']}: {bounds(value)}"
    return f"{found['name']} = {kind(value['type'])}"


def kind(found):
    """A type."""
    if found == "infer":
        return "_"
    form, value = variant(found)
    if form in ("primitive", "generic"):
        return value
    if form == "resolved_path":
        return path(value)
    if form == "borrowed_ref":
        lifetime = f"{value['lifetime']} " if value["lifetime"] else ""
        return f"&{lifetime}{'mut ' if value['is_mutable'] else ''}{grouped(value['type'])}"
    if form == "raw_pointer":
        return f"*{'mut' if value['is_mutable'] else 'const'} {grouped(value['type'])}"
    if form == "tuple":
        return f"({', '.join(map(kind, value))}{',' if len(value) == 1 else ''})"
    if form == "slice":
        return f"[{kind(value)}]"
    if form == "array":
        return f"[{kind(value['type'])}; {value['len']}]"
    if form == "impl_trait":
        return f"impl {bounds(value)}"
    if form == "dyn_trait":
        lifetime = [value["lifetime"]] if value["lifetime"] else []
        return f"dyn {joined([*map(trait, value['traits']), *lifetime], separator=' + ')}"
    if form == "qualified_path":
        named = f" as {path(value['trait'])}" if value["trait"] and value["trait"]["path"] else ""
        of = f"<{kind(value['self_type'])}{named}>" if named else kind(value["self_type"])
        return f"{of}::{value['name']}"
    if form == "function_pointer":
        signature = value["sig"]
        types = ", ".join(kind(of) for _, of in signature["inputs"])
        return f"{quantified(value['generic_params'])}{qualifiers(value['header'])}fn({types}){output(signature['output'])}"
    raise LookupError(f"scripts/lib/api/rust.py does not know the type {form}")


def grouped(found):
    """A type behind & or *."""
    text = kind(found)
    return f"({text})" if text.startswith(("dyn ", "impl ")) and " + " in text else text


def output(found):
    return f" -> {kind(found)}" if found else ""


def trait(found):
    return quantified(found["generic_params"]) + path(found["trait"])


def bounds(found):
    parts = []
    for bound in found:
        form, value = variant(bound)
        if form == "trait_bound":
            parts.append(("?" if value["modifier"] == "maybe" else "") + trait(value))
        elif form == "outlives":
            parts.append(value)
        # "use": which lifetimes an `impl Trait` captures, which follows from the edition
    return " + ".join(parts)


def quantified(parameters):
    return joined([parameter["name"] for parameter in parameters], "for<", "> ")


# Items.


def parameters(generics):
    parts = []
    for parameter in generics["params"]:
        form, value = variant(parameter["kind"])
        if form == "lifetime":
            parts.append(parameter["name"] + joined(value["outlives"], ": ", separator=" + "))
        elif form == "const":
            parts.append(f"const {parameter['name']}: {kind(value['type'])}")
        elif not value["is_synthetic"]:  # that of an `impl Trait` has no name
            default = f" = {kind(value['default'])}" if value["default"] else ""
            parts.append(parameter["name"] + joined([bounds(value["bounds"])], ": ") + default)
    return joined(parts, "<", ">")


def predicates(generics):
    parts = []
    for predicate in generics["where_predicates"]:
        form, value = variant(predicate)
        if form == "bound_predicate":
            parts.append(f"{quantified(value['generic_params'])}{kind(value['type'])}: {bounds(value['bounds'])}")
        elif form == "lifetime_predicate":
            parts.append(f"{value['lifetime']}: {' + '.join(value['outlives'])}")
        else:
            parts.append(f"{kind(value['lhs'])} == {kind(value['rhs']['type'])}")
    return joined(parts, " where ")


def qualifiers(header):
    return "".join(f"{word} " for word in ("const", "async", "unsafe") if header[f"is_{word}"])


def receiver(name, of):
    """A parameter; `self` as it is written."""
    text = f"{name}: {kind(of)}"
    return {"self: Self": "self", "self: &Self": "&self", "self: &mut Self": "&mut self"}.get(text, text)


def function(name, item):
    inputs = ", ".join(receiver(*parameter) for parameter in item["sig"]["inputs"])
    generics = item["generics"]
    head = f"{qualifiers(item['header'])}fn {name}{parameters(generics)}({inputs})"
    return head + output(item["sig"]["output"]) + predicates(generics)


class Crate:
    def __init__(self, described):
        if described["format_version"] != FORMAT:
            raise LookupError(f"rustdoc writes version {described['format_version']}, and scripts/lib/api/rust.py reads {FORMAT}")
        self.items = described["index"]
        self.lines = set()
        self.module("", self.items[str(described["root"])])

    def present(self, numbers):
        """The items of these numbers, but for those that are hidden from the documentation."""
        return [self.items[str(number)] for number in numbers if str(number) in self.items]

    def module(self, prefix, module):
        for item in self.present(module["inner"]["module"]["items"]):
            self.item(prefix, item)

    def item(self, prefix, item, name=None):
        """The lines of an item of a module, and of all that belongs to it."""
        form, value = variant(item["inner"])
        name = name or item["name"]
        here = f"{prefix}{name}"
        if form == "use":
            self.use(prefix, value)
        elif form == "module":
            self.module(f"{here}::", item)
        elif form == "macro":
            self.add(here, item, " ".join(value.split()))
        elif form == "function":
            self.add(here, item, function(name, value))
        elif form in ("constant", "static"):
            of = kind(value["type"])
            self.add(here, item, f"const {name}: {of}" if form == "constant" else f"static {name}: {of}")
        elif form == "type_alias":
            self.add(here, item, f"type {name}{parameters(value['generics'])} = {kind(value['type'])}{predicates(value['generics'])}")
        elif form == "trait":
            generics = value["generics"]
            supertraits = joined([bounds(value["bounds"])], ": ")
            self.add(here, item, f"trait {name}{parameters(generics)}{supertraits}{predicates(generics)}")
            self.members(here, value["items"])
        elif form in ("struct", "enum"):
            shown, inside = self.shape(value["kind"]) if form == "struct" else ("", value["variants"])
            generics = value["generics"]
            self.add(here, item, f"{form} {name}{parameters(generics)}{shown}{predicates(generics)}")
            self.members(here, inside)
            self.implementations(here, value["impls"])
        else:
            raise LookupError(f"scripts/lib/api/rust.py does not know the item {form}")

    def use(self, prefix, value):
        target = self.items.get(str(value["id"]))
        if target is None:  # of another crate
            self.lines.add(f"{prefix}{value['name']}: use {value['source']}")
        elif value["is_glob"]:
            self.module(prefix, target)
        else:
            self.item(prefix, target, value["name"])

    def add(self, here, item, declaration):
        present = {attribute if isinstance(attribute, str) else variant(attribute)[0] for attribute in item["attrs"]}
        attributes = "".join(f"#[{name}] " for name in ("must_use", "non_exhaustive") if name in present)
        deprecated = "#[deprecated] " if item["deprecation"] else ""
        self.lines.add(f"{here}: {deprecated}{attributes}{declaration}")

    def shape(self, form):
        """What is shown of a struct or variant behind its name, and its named fields."""
        if form in ("unit", "plain"):
            return "", []
        if "tuple" in form:
            fields = [self.items.get(str(number)) for number in form["tuple"]]  # a private one is null
            return f"({', '.join(kind(field['inner']['struct_field']) if field else '_' for field in fields)})", []
        form = form.get("plain") or form["struct"]
        return " { .. }" if form["has_stripped_fields"] else " {}", form["fields"]

    def members(self, here, numbers):
        """Fields, variants, and the items of a trait or an implementation."""
        for item in self.present(numbers):
            form, value = variant(item["inner"])
            name = item["name"]
            inside = f"{here}::{name}"
            if form == "function":
                provided = " { .. }" if item["visibility"] == "default" and value["has_body"] else ""
                self.add(inside, item, function(name, value) + provided)
            elif form == "struct_field":
                self.add(inside, item, f"{name}: {kind(value)}")
            elif form == "variant":
                shown, fields = self.shape(value["kind"])
                self.add(inside, item, name + shown)
                self.members(inside, fields)
            elif form == "assoc_const":
                self.add(inside, item, f"const {name}: {kind(value['type'])}")
            elif form == "assoc_type":
                given = f" = {kind(value['type'])}" if value["type"] else ""
                self.add(inside, item, f"type {name}{joined([bounds(value['bounds'])], ': ')}{given}")

    def implementations(self, here, numbers):
        for item in self.present(numbers):
            value = item["inner"]["impl"]
            if value["trait"] is None:
                self.members(here, value["items"])
                continue
            implemented = path(value["trait"])
            if value["blanket_impl"] or value["is_synthetic"] and implemented not in AUTOMATIC:
                continue
            generics = value["generics"]
            sign = "!" if value["is_negative"] else ""
            types = [member for member in self.present(value["items"]) if "assoc_type" in member["inner"]]
            with_types = joined([f"{of['name']} = {kind(of['inner']['assoc_type']['type'])}" for of in types], " with ")
            self.lines.add(f"{here}: impl{parameters(generics)} {sign}{implemented}{with_types}{predicates(generics)}")


def sections(root, target):
    # Only rustdoc gets RUSTC_BOOTSTRAP: with it cargo would build some dependencies anew.
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "RUSTDOC": str(root / "scripts/lib/api/rustdoc")}
    rustdoc = ["cargo", "rustdoc", "--quiet", "--locked", "--package", "aipass", "--lib", "--features", FEATURES]
    written = ["--", "-Zunstable-options", "--output-format", "json"]
    if subprocess.run(rustdoc + written, cwd=root, env=environment).returncode != 0:
        raise LookupError("rustdoc does not describe the crate: see above")
    crate = json.loads((target / "doc/aipass.json").read_text(encoding="utf-8"))
    return [("aipass", Crate(crate).lines)]
