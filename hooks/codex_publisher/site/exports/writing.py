"""Writing data so that every reader can read it: valid UTF-8, one form, the same bytes each time."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

_UNPAIRED: Final = re.compile(r"[\ud800-\udfff]")
_BYTES: Final = range(0xDC80, 0xDD00)
"""How Python tells a byte of a file's name that is not UTF-8."""
AT_ONCE: Final = 1_000
"""So many items of a list are written at once."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def to_json(value: object) -> str:
    """Compact JSON in the order in which `value` was made. Write it with `write_json_text`."""
    return _ENCODER.encode(value)


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Write a JSON file, with its folder if need be."""
    for _ in writing_json_pieces(path, _pieces(value)):
        pass


def writing_json_pieces(path: Path, pieces: Iterable[str]) -> Iterator[None]:
    """Write pieces of a text that is JSON, one at a time: together they may not fit into memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(in_utf8(piece, "\\\\"))
            yield


def _pieces(value: Mapping[str, object]) -> Iterator[str]:
    """The same as `to_json`, with long lists a part at a time."""
    before = "{"
    for name, member in value.items():
        yield f"{before}{to_json(name)}:"
        if isinstance(member, list) and len(member) > AT_ONCE:
            opening = "["
            for start in range(0, len(member), AT_ONCE):
                yield f"{opening}{to_json(member[start : start + AT_ONCE])[1:-1]}"
                opening = ","
            yield "]"
        else:
            yield to_json(member)
        before = ","
    yield "}" if value else "{}"


def write_json_text(path: Path, text: str) -> None:
    """Write a text that is JSON already."""
    # In JSON a backslash is itself written with one.
    _write(path, in_utf8(text, "\\\\"))


def write_text(path: Path, text: str) -> None:
    """Write a text file, with its folder if need be; a line feed stays one on every machine."""
    _write(path, in_utf8(text))


def in_utf8(text: str, slash: str = "\\") -> bytes:
    r"""Any text as UTF-8: a byte of a file's name that is none becomes `\xe9`."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _UNPAIRED.sub(lambda found: _shown(found[0], slash), text).encode()


def _shown(character: str, slash: str) -> str:
    code = ord(character)
    return f"{slash}x{code - 0xDC00:02x}" if code in _BYTES else "\ufffd"


def _write(path: Path, data: bytes) -> None:
    # Without the layers above it: there are thousands of small files.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, flags, 0o666)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
