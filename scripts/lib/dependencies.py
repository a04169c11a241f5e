"""The packages that are part of what this repository releases, as cargo knows them."""

import json
import re
import subprocess

# For what it is released.
TARGETS = [
    "aarch64-linux-android",
    "armv7-linux-androideabi",
    "x86_64-linux-android",
    "aarch64-apple-ios",
    "aarch64-apple-ios-sim",
    "x86_64-apple-ios",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
]

# "3bytes v1.12.1", and after that where it is if it is ours, or that it was shown before.
LINE = re.compile(r"(\d+)(\S+) v(\S+)")


def cargo(root, *arguments):
    said = subprocess.run(["cargo", *arguments, "--locked"], cwd=root, capture_output=True, encoding="utf-8", check=False)
    if said.returncode != 0:
        raise LookupError(f"cargo {arguments[0]} failed: {said.stderr.strip()}")
    return said.stdout


class Dependencies:
    """What a package is built from: without what runs at build time only, such as procedural macros, and without tests."""

    def __init__(self, root, name):
        described = json.loads(cargo(root, "metadata", "--format-version", "1"))["packages"]
        known = {(package["name"], package["version"]): package for package in described}
        targets = [option for target in TARGETS for option in ("--target", target)]
        tree = cargo(root, "tree", "--package", name, "--edges", "normal,no-proc-macro", "--prefix", "depth", *targets)
        # For each package by name and version those that it needs. There is a tree for each target, with a blank line after it.
        self.needs = {}
        above = []
        for line in filter(None, tree.splitlines()):
            depth, *key = LINE.match(line).groups()
            key = tuple(key)
            self.needs.setdefault(key, set())
            del above[int(depth) :]
            if above:
                self.needs[above[-1]].add(key)
            above.append(key)
        own = next(iter(self.needs))
        self.package = known[own]
        self.others = [known[key] for key in sorted(self.needs) if key != own]


def licence(package):
    """Its SPDX expression; older packages part alternatives with a slash."""
    return " OR ".join(part.strip() for part in (package["license"] or "").split("/"))
