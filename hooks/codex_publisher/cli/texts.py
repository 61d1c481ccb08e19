"""Texts of strangers as a terminal may be given them, and what a change looks like."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Final

import click

from codex_publisher.model.names import HIDDEN

_COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


class CannotError(click.ClickException):
    """What a command could not do, as a sentence. It ends with 2, since 1 says that problems were found."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__("\n".join(safe(line) for line in message.split("\n")))


def safe(text: str) -> str:
    """A text without the characters that a terminal would obey instead of showing them."""
    return HIDDEN.sub("\ufffd", text)


def show_diff(before: str, after: str, path: str, target: str = "") -> None:
    """Print a change as a unified diff that `git apply` takes; nothing when there is none."""
    target = target or path
    for line in diff_lines(before, after, path, target):
        is_head = line.startswith(("---", "+++", "diff ", "rename "))
        click.secho(line, fg=None if is_head else _COLOURS.get(line[:1]), bold=is_head)


def diff_lines(before: str, after: str, path: str, target: str) -> Iterator[str]:
    """The lines of a unified diff, safe to be shown."""
    # A tab behind a name is how its end is known when there are spaces in it.
    old, new = (f"{name}\t" if " " in name else name for name in (f"a/{path}", f"b/{target}"))
    if target != path:
        yield from map(
            safe, (f"diff --git a/{path} b/{target}", f"rename from {path}", f"rename to {target}")
        )
    for line in difflib.unified_diff(_lines(before), _lines(after), old, new, n=2):
        words = line.removesuffix("\n")
        end = "\r" if words.endswith("\r") else ""
        yield "\t".join(safe(part) for part in words.removesuffix("\r").split("\t")) + end
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 note`, `2 notes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks, with commas between."""
    return ", ".join(f"“{safe(name)}”" for name in names)
