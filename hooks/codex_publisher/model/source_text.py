"""From the bytes of a file to clean text: whatever the bytes are, a text comes out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.problems import Fault

REPLACEMENT: Final = "\ufffd"

_WIDE_ENCODINGS: Final = (
    # UTF-32 comes first, because its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_BYTE_ORDER_MARK: Final = "\ufeff"
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_BYTES: Final = bytes((*range(9), 11, 12, *range(14, 32)))
"""The same characters in UTF-8. Bytes are looked through in a third of the time."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SAVE_AS_UTF8: Final = "save the file as UTF-8"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that is safe to work on, and what had to be done to make it so.

    It has no control characters but tab and line feed, and no lone surrogates; only line feeds end lines.
    """

    text: str
    faults: tuple[Fault, ...]


def decode(raw: bytes) -> SourceText:
    """Read the bytes of a file as text.

    Takes any bytes and gives text whose lines end with a line feed, each unreadable byte or control character
    being U+FFFD, together with one fault for each kind of damage. Never raises.
    """
    faults: list[Fault] = []
    text = _decode_wide(raw, faults)
    is_sound = False
    if text is None:
        try:
            text = raw.decode("utf-8")
            # Nearly all files are, and need not be looked through for what would have to be replaced.
            is_sound = len(raw.translate(None, _CONTROL_BYTES)) == len(raw)
        except UnicodeDecodeError:
            # Bad bytes travel as surrogates until line ends are settled, so that lines can be counted.
            text = raw.decode("utf-8", "surrogateescape")
    text = text.lstrip(_BYTE_ORDER_MARK)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_sound:
        return SourceText(text, ())
    if first := _SURROGATE.search(text):
        what = f"Byte 0x{ord(first.group()) - 0xDC00:02X} is not valid UTF-8"
        text = _replace_all(first, text, what, _SAVE_AS_UTF8, faults)
    if first := _CONTROL.search(text):
        what = f"U+{ord(first.group()):04X} is a control character"
        text = _replace_all(first, text, what, "delete what is not text", faults)
    return SourceText(text, tuple(faults))


def _decode_wide(raw: bytes, faults: list[Fault]) -> str | None:
    """Decode UTF-16 and UTF-32, which are known by their byte order mark; None for other bytes."""
    for mark, codec, name in _WIDE_ENCODINGS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(codec, "replace")
            message = f"This file is in {name}; notes are in UTF-8."
            if damaged := text.count(REPLACEMENT):
                message += f" Parts that could not be read: {damaged:,}."
            faults.append(Fault(rules.ENCODING, 1, 1, message, _SAVE_AS_UTF8))
            return text
    return None


def _replace_all(first: re.Match[str], text: str, what: str, hint: str, faults: list[Fault]) -> str:
    """Replace all that `first` is the first match of by U+FFFD, and report it with their number."""
    clean, number = first.re.subn(REPLACEMENT, text)
    message = f"{what}; it is shown as {REPLACEMENT}."
    if number > 1:
        message += f" This file has {number:,} of the kind."
    faults.append(Fault(rules.ENCODING, *place_of(text, first.start()), message, hint))
    return clean


def place_of(text: str, index: int) -> tuple[int, int]:
    """Give the line and column, both counted from 1, of the character at `index` of `text`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
