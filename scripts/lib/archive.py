"""Zips files: the same bytes whenever the files are the same.

As a program: archive.py ZIP FOLDER. The zip has the folder with its name.
"""

import os
import sys
import zipfile
from pathlib import Path


def pack(archive, files):
    """Writes an archive of these files: for each name in it a path, or its bytes."""
    with zipfile.ZipFile(archive, "w") as opened:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            is_program = isinstance(content, Path) and os.access(content, os.X_OK)
            entry.external_attr = (0o100755 if is_program else 0o100644) << 16
            content = content.read_bytes() if isinstance(content, Path) else content
            opened.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def files_below(folder, start):
    """The files below a folder, by their names from `start` on."""
    return {path.relative_to(start).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    folder = Path(sys.argv[2]).resolve()
    pack(sys.argv[1], files_below(folder, folder.parent))
