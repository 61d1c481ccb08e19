"""Words in a row of a table that has more cells than the table's head, which Markdown does not show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import POS, Element
from codex_publisher.model.document import Remark

MOST = 20
"""How many rows of one note are told of."""


def surplus_cells(body: Element, source: Source) -> Iterator[Remark]:
    """Take a tree fresh from the engine; give a remark for each row with words behind its last cell."""
    return islice(_rows(body, source), MOST)


def _rows(body: Element, source: Source) -> Iterator[Remark]:
    for row in body.iter("tr"):
        last = row[-1].get(POS) if len(row) else None
        behind = source.behind(last)
        end = source.end(row.get(POS))
        if behind is None or end is None:
            continue
        rest = source.text[behind:end].strip().strip("|").strip()
        if rest:
            yield Remark(
                source.place(behind).line,
                "This row has more cells than the head of its table, and what is in them is not shown: "
                f"“{_shortened(rest)}”.",
                r"give the head a cell for each column, or write a bar inside a cell as \|",
                source.place(source.text.index(rest, behind)).column,
            )


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
