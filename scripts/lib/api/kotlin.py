"""The public declarations of a Kotlin package, from the pages of its reference.

Dokka has the compiler read the sources. Its pages leave out what is internal, and have what class files lack: which values may be null,
which functions suspend, and the defaults of parameters.
"""

from html.parser import HTMLParser

SNAPSHOT = "bindings/kotlin/api.txt"
PACKAGE = "the Kotlin package for the JVM"


class Page(HTMLParser):
    """What a page is about: its path, such as "Receipt/amount", and its declarations, one for each overload."""

    def __init__(self, text):
        super().__init__()
        self.path, self.declarations = "", []
        # The div elements around the text, by what they are; and whether the page's own declarations are over.
        self.around, self.is_over = [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag != "div":
            return
        classes = dict(attributes).get("class", "").split()
        self.is_over |= "tabbedcontent" in classes  # then come tables with the members, which have pages of their own
        kind = "path" if "breadcrumbs" in classes else "declaration" if "symbol" in classes else ""
        if kind == "declaration" and not self.is_over:
            self.declarations.append("")
        self.around.append(kind)

    def handle_endtag(self, tag):
        if tag != "div":
            return
        self.around.pop()
        # Annotations stand in elements of their own above the declaration.
        self.handle_data(" ")

    def handle_data(self, text):
        if self.is_over:
            return
        if "path" in self.around:
            self.path += text
        elif "declaration" in self.around:
            self.declarations[-1] += text


def pages(root, package):
    """The lines of a package: the path and declaration of each of its pages."""
    folder = root / package / "target/dokka"
    lines = set()
    for file in folder.glob("*/*/**/*.html"):
        page = Page(file.read_text(encoding="utf-8"))
        # "aipass-mobile-jvm/one.aipass.mobile/Receipt/amount": the page of the package itself has no declaration.
        path = ".".join(page.path.split("/")[2:])
        lines |= {f"{path}: {' '.join(declaration.split())}" for declaration in page.declarations}
    if not lines:
        raise LookupError(f"{package} has no reference: run scripts/test {package.split('/')[-1]} first.")
    return lines


def sections(root, target):
    return [("one.aipass.mobile", pages(root, "bindings/kotlin"))]
