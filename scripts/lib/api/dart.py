"""The public declarations of the Dart package, from its sources.

Dart's documentation tool takes Flutter's, which Debian lacks, to read a package for Flutter. So this reads what `dart format` wrote: each
declaration up to its body, of every library that an app can import. What a class inherits from a private one counts as its own; members
with @override are those of a supertype.
"""

import re

SNAPSHOT = "bindings/dart/api.txt"
PACKAGE = "the Dart package"
# In the order in which they build on each other: a library that exports another one of these names it.
LIBRARIES = ["aipass.dart", "parts.dart", "widgets.dart"]

DIRECTIVE = re.compile(r"(?:import|export|library|part)\b")
URI = re.compile(r"'([^']*)'")
TYPE = re.compile(r"(?:(?:abstract|base|final|interface|sealed|mixin) )*(?:class|enum|extension(?: type)?|mixin) (?:const )?(\w+)")
PRIVATE_SUPERCLASS = re.compile(r" extends (_\w+)(?:<[^{]*?>)?")
ANNOTATION = re.compile(r"@[\w.]+")
SPACE = re.compile(r"\s*")
WORD = re.compile(r"\w+")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"r?['\"]")
PAIRS = {"(": ")", "[": "]", "{": "}"}


def string_end(text, start):
    """Where the string ends that begins there, with what is interpolated in it."""
    is_raw = text[start] == "r"
    start += is_raw
    quote = text[start : start + 3] if text[start : start + 3] in ("'''", '"""') else text[start]
    at = start + len(quote)
    while not text.startswith(quote, at):
        if text[at] == "\\" and not is_raw:
            at += 2
        elif text.startswith("${", at) and not is_raw:
            depth, at = 1, at + 2
            while depth:
                if text[at] in "'\"":
                    at = string_end(text, at)
                    continue
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
        else:
            at += 1
    return at + len(quote)


def plain(text):
    """The source without comments, and the same with its strings blanked out, so that no bracket in them counts."""
    code, mask, at = "", "", 0
    while at < len(text):
        comment = COMMENT.match(text, at)
        if comment:
            at = comment.end()
        elif STRING.match(text, at) and not WORD.match(code[-1:]):
            end = string_end(text, at)
            code += text[at:end]
            mask += "_" * (end - at)
            at = end
        else:
            code += text[at]
            mask += text[at]
            at += 1
    return code, mask


def closing(mask, at):
    """Where the bracket closes that opens there."""
    depth = 0
    while True:
        depth += (mask[at] in PAIRS) - (mask[at] in PAIRS.values())
        if depth == 0:
            return at
        at += 1


def end_of_head(mask, at):
    """Where a declaration's body, initializer or end is."""
    start = at
    while mask[at] not in "{;":
        # "operator ==" has no body yet.
        is_operator = re.search(r"\boperator\s*[^\w\s(]*$", mask[start:at])
        if mask[at] in "=:" and not is_operator:
            break
        at = closing(mask, at) + 1 if mask[at] in PAIRS else at + 1
    return at


def end_of_body(mask, at):
    """Where a declaration ends whose head ends there."""
    start = mask[at]
    while mask[at] != ";":
        # After "=" or "=>" a brace is a value. Among a constructor's initializers it may be one, or the body.
        is_body = start == "{" or start == ":" and mask[:at].rstrip()[-1:] not in tuple("=,:?>")
        opened, at = mask[at], closing(mask, at) + 1 if mask[at] in PAIRS else at + 1
        if opened == "{" and is_body:
            return at
    return at + 1


def tidy(head):
    """A head in one line, however it was broken."""
    head = re.sub(r"\s+", " ", head).strip()
    head = re.sub(r"\b(?:async|sync)\*?$", "", head).strip()
    return re.sub(r",? ?([)\]}])", r"\1", re.sub(r"([(\[{]) ", r"\1", head))


def annotations(mask, at):
    """Where each annotation before a declaration begins and ends, and where the declaration begins."""
    found = []
    while mask[at] == "@":
        end = ANNOTATION.match(mask, at).end()
        end = closing(mask, end) + 1 if mask[end] == "(" else end
        found.append(slice(at, end))
        at = start_of_next(mask, end)
    return found, at


def start_of_next(mask, at):
    return SPACE.match(mask, at).end()


class Declaration:
    """A head, the annotations before it, and the source between the braces after it."""

    def __init__(self, code, mask, start):
        found, at = annotations(mask, start)
        self.annotations = [tidy(code[annotation]) for annotation in found]
        head = end_of_head(mask, at)
        # A directive's and a type alias's "=" and what follows belong to it.
        self.is_directive = bool(DIRECTIVE.match(mask, at))
        is_whole = self.is_directive or mask.startswith("typedef ", at)
        self.end = end_of_body(mask, head)
        self.head = tidy(code[at : self.end - 1 if is_whole else head])
        self.type = TYPE.match(self.head)
        inside = slice(head + 1, self.end - 1) if self.type and mask[head] == "{" else slice(0, 0)
        self.code, self.mask = code[inside], mask[inside]

    @property
    def name(self):
        if self.type:
            return self.type[1] if self.type[1] != "on" else "_"  # an extension without a name is seen in its file only
        if self.head.startswith("typedef "):
            return re.match(r"typedef (\w+)", self.head)[1]
        head = self.head
        if head.endswith(")"):  # what takes parameters; a getter and a variable end with their name
            depth, at = 0, len(head)
            while True:
                at -= 1
                depth += (head[at] == ")") - (head[at] == "(")
                if depth == 0:
                    break
            head = re.sub(r"<[^<>]*(?:<[^<>]*>[^<>]*)*>$", "", head[:at])  # `extract<T>`
        return re.search(r"(operator\s*\S+|[\w.$]+)$", head)[1]

    @property
    def is_public(self):
        return not any(part.startswith("_") for part in self.name.split("."))

    def __str__(self):
        return " ".join([annotation for annotation in self.annotations if annotation != "@override"] + [self.head])


def declarations(code, mask):
    at = start_of_next(mask, 0)
    while at < len(mask):
        found = Declaration(code, mask, at)
        yield found
        at = start_of_next(mask, found.end)


def enum_values(mask):
    """The values of an enum, and where the other members begin."""
    values, at = [], start_of_next(mask, 0)
    while at < len(mask) and mask[at] != ";":
        _, at = annotations(mask, at)
        values.append(WORD.match(mask, at)[0])
        while at < len(mask) and mask[at] not in ",;":
            at = closing(mask, at) + 1 if mask[at] in PAIRS else at + 1
        at = start_of_next(mask, at + 1) if mask[at : at + 1] == "," else at
    return values, at + 1


class Library:
    """The declarations of a file with its parts, and the files that it exports."""

    def __init__(self, file):
        self.file, self.types, self.others, self.exports = file, {}, [], []
        self.read(file)

    def read(self, file):
        for found in declarations(*plain(file.read_text(encoding="utf-8"))):
            if not found.is_directive:
                if found.type:
                    self.types[found.name] = found
                else:
                    self.others.append(found)
            elif re.match(r"part '", found.head):
                self.read(file.parent / URI.search(found.head)[1])
            elif found.head.startswith("export "):
                self.exports.append(found.head)

    def members(self, declaration):
        """The lines of a type's public members, without its name before them."""
        start = 0
        if declaration.head.startswith("enum "):
            values, start = enum_values(declaration.mask)
            yield from ((value, "") for value in values)
        for member in declarations(declaration.code[start:], declaration.mask[start:]):
            if "@override" in member.annotations or not member.is_public:
                continue
            # A constructor is named as its type is.
            yield member.name.removeprefix(f"{declaration.name}."), str(member)
        superclass = PRIVATE_SUPERCLASS.search(declaration.head)
        if superclass and superclass[1] in self.types:
            inherited = self.types[superclass[1]]
            yield from ((name, text) for name, text in self.members(inherited) if name != inherited.name)

    def lines(self, shown):
        """What it declares, by name, as far as `shown` says so."""
        for declaration in self.others:
            if declaration.is_public and shown(declaration.name):
                yield f"{declaration.name}: {declaration}"
        for name, declaration in self.types.items():
            if not declaration.is_public or not shown(name):
                continue
            yield f"{name}: {PRIVATE_SUPERCLASS.sub('', str(declaration))}"
            for member, text in self.members(declaration):
                yield f"{name}.{member}: {text}" if text else f"{name}.{member}"


def lines_of(file, shown=lambda name: True):
    """What an app can use that imports the file."""
    library = Library(file)
    lines = set(library.lines(shown))
    for export in library.exports:
        target = file.parent / URI.search(export)[1]
        if target.parent == file.parent and target.name in LIBRARIES:
            lines.add(export)
            continue
        names = re.search(r" (show|hide) ([\w, ]+)$", export)
        listed = set(names[2].split(", ")) if names else set()
        is_kept = bool(names) and names[1] == "show"
        lines |= lines_of(target, lambda name: shown(name) and (name in listed) == is_kept)
    return lines


def sections(root, target):
    folder = root / "bindings/dart/lib"
    return [(f"package:aipass/{library}", lines_of(folder / library)) for library in LIBRARIES]
