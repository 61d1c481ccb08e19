"""Writing data so that every reader can read it: valid UTF-8, one form, the same bytes each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

_UNPAIRED: Final = re.compile(r"[\ud800-\udfff]")
_BYTES: Final = range(0xDC80, 0xDD00)
"""How Python tells a byte of a file's name that is not UTF-8."""


def written(text: str, slash: str = "\\") -> str:
    r"""A text that can be written as UTF-8: a byte of a file's name that is none becomes `\xe9`."""

    def seen(character: re.Match[str]) -> str:
        code = ord(character[0])
        return f"{slash}x{code - 0xDC00:02x}" if code in _BYTES else "\ufffd"

    return text if text.isascii() else _UNPAIRED.sub(seen, text)


def to_json(value: object) -> str:
    """Compact JSON in the order in which `value` was made."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    # In JSON a backslash is itself written with one.
    return written(text, "\\\\")


def write_json(path: Path, value: object) -> None:
    """Write a JSON file, with its folder if need be."""
    write_text(path, to_json(value))


def write_text(path: Path, text: str) -> None:
    """Write a text file, with its folder if need be; a line feed stays one on every machine."""
    data = text.encode("utf-8")
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
