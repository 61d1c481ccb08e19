"""Text for people at a terminal. Strangers wrote most of it, so none of it may steer the terminal."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import click

from codex_publisher.model.names import visible

LAST_ASCII: Final = "\x7f"
NARROWEST: Final = 40
WIDEST_TEXT: Final = 100
"""Columns of running text; longer lines are hard to read."""


class Refusal(click.ClickException):
    """The command could not do what it was asked to; its text is a sentence that says what would help.

    It ends with 2, since 1 says that problems were found. What only misuses the options, and so is told with
    how to use them, is a `click.UsageError`, which ends with 2 as well.
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__("\n".join(map(visible, message.split("\n"))))


def say(text: str = "") -> None:
    """Tell a person something that is not the command's answer, so that a program need not read it."""
    click.echo(text, err=True)


def tell(text: str) -> None:
    """Write a line of the answer. What the encoding has no character for becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), color=may_use_colours())


def tell_all(lines: Iterable[str]) -> None:
    """Write many lines of the answer at once: one after the other takes longer than finding what is wrong."""
    tell("\n".join(lines))


def may_use_colours() -> bool:
    """Whether a terminal reads along that shows colours, and nobody has asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def is_interactive() -> bool:
    """Whether a person is there who can answer questions."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def writes_to_terminal() -> bool:
    """Whether a person reads the answer; else a file or a program does."""
    return sys.stdout.isatty()


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks, with commas between."""
    return ", ".join(f"“{visible(name)}”" for name in names)


def either(names: Iterable[str]) -> str:
    """Names in quotation marks, of which one may be meant."""
    return " or ".join(f"“{name}”" for name in names)


def columns() -> int:
    """How wide the terminal is."""
    return max(shutil.get_terminal_size().columns, NARROWEST)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for each wide character, none for marks on others."""
    if text.isascii():
        return len(text)
    return len(text) + sum(cells_of(char) - 1 for char in text if char > LAST_ASCII)


def cells_of(char: str) -> int:
    """How many columns a character takes."""
    if char <= LAST_ASCII:
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fit(text: str, width: int) -> str:
    """A text cut to so many columns, with an ellipsis if something was left out."""
    if cells(text) <= width:
        return text
    room, end = width - 1, 0
    while end < len(text) and (room := room - cells_of(text[end])) >= 0:
        end += 1
    return f"{text[:end].rstrip()}…"


def pad(text: str, width: int) -> str:
    """A text with spaces after it, so that it takes so many columns."""
    return text + " " * (width - cells(text))


def table(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Rows as lines whose columns stand below one another; the last column gives way if all are too wide."""
    if not rows:
        return []
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    used = [index for index, wide in enumerate(widths) if wide]
    *fixed, last = used or [0]
    room = width - sum(widths[index] + 2 for index in fixed)
    return [
        "".join(pad(row[index], widths[index] + 2) for index in fixed) + fit(row[last], max(room, 1))
        for row in rows
    ]


def wrapped(text: str, width: int, indent: str) -> list[str]:
    """A text as lines of so many columns, each begun with `indent`; words too long for one are left whole."""
    room = min(width, WIDEST_TEXT) - len(indent)
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [indent + line for line in lines]
