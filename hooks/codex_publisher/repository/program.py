"""What this program is, as far as what it makes depends on it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from codex_publisher.repository.store import digest_of

PACKAGE: Final = Path(__file__).resolve().parents[1]
NOTE_ROOMS: Final = ("markdown", "model")
"""The parts of this package that make something of a single note."""
NOTE_LIBRARIES: Final = ("comrak", "lxml", "nh3", "pygments", "python-frontmatter", "pyyaml", "rapidfuzz")
"""The libraries that have a part in it."""


def program_digest(rooms: Iterable[str], libraries: Iterable[str]) -> bytes:
    """A digest of these rooms of the package, of Python and of these libraries' versions."""
    return digest_of(sys.version, *_versions(libraries), *(part for room in rooms for part in _files(room)))


def _files(room: str) -> Iterator[str | bytes]:
    for path in sorted((PACKAGE / room).rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            yield path.relative_to(PACKAGE).as_posix()
            yield path.read_bytes()


def _versions(libraries: Iterable[str]) -> Iterator[str]:
    for library in libraries:
        try:
            yield f"{library} {version(library)}"
        except PackageNotFoundError:
            yield library
