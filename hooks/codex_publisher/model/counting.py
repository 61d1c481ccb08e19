"""Numbers in sentences."""

from __future__ import annotations


def count_of(number: int, singular: str, plural: str = "") -> str:
    """`1 note`, `1,229 notes`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
