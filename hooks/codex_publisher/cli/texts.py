"""Texts of strangers as a terminal may be given them, and what a change looks like."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final

import click

from codex_publisher.model.names import HIDDEN

_COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


class CannotError(click.ClickException):
    """What a command could not do, as a sentence. It ends with 2, since 1 says that problems were found."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(safe(message))


def safe(text: str) -> str:
    """A text without the characters that a terminal would obey instead of showing them."""
    return HIDDEN.sub("\ufffd", text)


def show_diff(before: str, after: str, path: str, target: str = "") -> None:
    """Print a change as a unified diff, which `git apply` takes; nothing when there is none."""
    target = target or path
    if target != path:
        click.secho(f"rename from {safe(path)}", bold=True)
        click.secho(f"rename to {safe(target)}", bold=True)
    for line in diff_lines(before, after, path, target):
        is_head = line.startswith(("---", "+++"))
        click.secho(line, fg=None if is_head else _COLOURS.get(line[:1]), bold=is_head)


def diff_lines(before: str, after: str, path: str, target: str) -> Iterator[str]:
    """The lines of a unified diff, safe to be shown."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{target}", n=2, lineterm="")
    for line in lines:
        yield safe(line.removesuffix("\r").replace("\t", "    "))


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if not lines[-1] else lines


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 note`, `2 notes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks, with commas between."""
    return ", ".join(f"“{safe(name)}”" for name in names)
