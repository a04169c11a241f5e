"""What the package for Android has beside that for the JVM, whose sources it has too."""

import kotlin

SNAPSHOT = "bindings/android/api.txt"
PACKAGE = "the Kotlin package for Android, beside what bindings/kotlin/api.txt has"


def sections(root, target):
    shared = root / kotlin.SNAPSHOT
    if not shared.exists():
        raise LookupError(f"{kotlin.SNAPSHOT} is not there: run scripts/api --write kotlin first")
    shared = set(shared.read_text(encoding="utf-8").splitlines())
    return [("one.aipass.mobile", kotlin.pages(root, "bindings/android") - shared)]
