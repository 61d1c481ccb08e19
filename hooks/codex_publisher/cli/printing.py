"""Printing what strangers wrote: nothing of it is obeyed by a terminal, and no character ends the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from codex_publisher.model.names import HIDDEN, tame


def printable(text: str) -> str:
    """A text without anything that a terminal would obey instead of showing it."""
    return tame(HIDDEN.sub("\ufffd", text.replace("\t", " ")))


def may_use_colours() -> bool:
    """Whether a terminal reads along that shows colours, and nobody has asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_lines(lines: Iterable[str]) -> None:
    """Print lines; what the terminal's encoding has no character for becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    # All at once: one line each takes longer than finding what is wrong.
    text = "\n".join(lines)
    # Colours are in the text only where they may be, so none are to be taken out.
    click.echo(text.encode(encoding, "replace").decode(encoding), color=True)
