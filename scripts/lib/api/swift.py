"""The public symbols of the Swift package's modules, as the compiler describes them.

They are the modules that the suite `swift` built against the declarations of Apple's calls, so that what is guarded by `canImport` is
there, except for SwiftUI's views.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

SNAPSHOT = "bindings/swift/api.txt"
PACKAGE = "the Swift package, without SwiftUI's views"
MODULES = ["AIPassMobile", "AIPassTesting", "AIPassUI"]
# Conformances that the compiler adds by itself to most types.
IMPLIED = {"Copyable", "Escapable", "BitwiseCopyable", "SendableMetatype"}


def extract(root, target, module, modules, folder):
    """Has the compiler describe a module's public symbols."""
    script = f"""
        source {root}/scripts/lib/swift.sh
        has_swift || {{ echo "$missing" >&2; exit 1; }}
        triple=$(run_swift {root} -print-target-info | sed -nE 's/.*"triple": "([^"]+)".*/\\1/p')
        run_swift {root} symbolgraph-extract -module-name {module} -I {modules} -output-dir {folder} \\
            -target "$triple" -minimum-access-level public -skip-synthesized-members \\
            -Xcc -fmodule-map-file={root}/bindings/swift/Sources/AIPassFFI/module.modulemap"""
    lacks = 'lacks() { missing="$1"; return 1; };'
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    run = subprocess.run(["bash", "-c", lacks + script], capture_output=True, text=True, env=environment)
    if run.returncode != 0:
        raise LookupError(f"the compiler does not describe {module}: {(run.stderr or run.stdout).strip()}")


def described(module, folder):
    """The lines of a module: each symbol's path and declaration, and what its types conform to."""
    lines = set()
    for file in Path(folder).glob(f"{module}*.symbols.json"):
        graph = json.loads(file.read_text())
        names = {}
        for symbol in graph["symbols"]:
            path = ".".join(symbol["pathComponents"])
            names[symbol["identifier"]["precise"]] = path
            declaration = "".join(part["spelling"] for part in symbol["declarationFragments"])
            lines.add(f"{path}: {' '.join(declaration.split())}")
        for relation in graph["relationships"]:
            protocol = relation.get("targetFallback", "").split(".")[-1] or names.get(relation["target"], "")
            if relation["kind"] == "conformsTo" and relation["source"] in names and protocol not in IMPLIED | {""}:
                lines.add(f"{names[relation['source']]}: conforms to {protocol}")
    return lines


def sections(root, target):
    modules = next(iter(sorted(target.glob("swift-stubs/debug/Modules"))), None)
    if modules is None:
        raise LookupError("the package is not built against the declarations of Apple's calls: run scripts/test swift first.")
    # Below the target folder, which the Swift in a chroot sees too.
    with tempfile.TemporaryDirectory(dir=target) as folder:
        for module in MODULES:
            extract(root, target, module, modules, folder)
        return [(module, described(module, folder)) for module in MODULES]
