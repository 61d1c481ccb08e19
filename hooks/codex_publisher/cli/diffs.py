"""What a change looks like on a terminal."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Final

import click

from codex_publisher.cli.terminal import tell
from codex_publisher.model.names import HIDDEN, REPLACEMENT

_COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


def show_diff(before: str, after: str, path: str, target: str = "") -> None:
    """Print a change as a unified diff that `git apply` takes; nothing when there is none."""
    target = target or path
    for line in diff_lines(before, after, path, target):
        is_head = line.startswith(("---", "+++", "diff ", "rename "))
        tell(click.style(line, fg=None if is_head else _COLOURS.get(line[:1]), bold=is_head))


def diff_lines(before: str, after: str, path: str, target: str) -> Iterator[str]:
    """The lines of a unified diff, safe to be shown."""
    # A tab behind a name is how its end is known when there are spaces in it.
    old, new = (f"{name}\t" if " " in name else name for name in (f"a/{path}", f"b/{target}"))
    if target != path:
        yield from map(
            _safe, (f"diff --git a/{path} b/{target}", f"rename from {path}", f"rename to {target}")
        )
    for line in difflib.unified_diff(_lines(before), _lines(after), old, new, n=2):
        words = line.removesuffix("\n")
        end = "\r" if words.endswith("\r") else ""
        yield "\t".join(_safe(part) for part in words.removesuffix("\r").split("\t")) + end
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _safe(text: str) -> str:
    """A text without what a terminal obeys; all else stays as it is, since `git apply` compares it."""
    return HIDDEN.sub(REPLACEMENT, text)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
