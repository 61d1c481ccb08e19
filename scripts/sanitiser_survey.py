"""Counts what the way from Markdown to a page keeps and takes away, tag by tag, with the reason for each.

    .venv/bin/python scripts/sanitiser_survey.py ../some-codex

It looks at every note of a codex at the three places where something goes: raw HTML that is settled before
it is parsed, the scrubber behind the parser, and the sanitiser at the very end. It ends with status 1 if
anything was taken away for which this file has no reason.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from unittest.mock import patch

from lxml import etree

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "hooks"))

from codex_publisher.markdown.engine import to_html  # noqa: E402
from codex_publisher.markdown.guards import tables_are_safe  # noqa: E402
from codex_publisher.markdown.raw import settle  # noqa: E402
from codex_publisher.markdown.sanitise import sanitise  # noqa: E402
from codex_publisher.markdown.scrub import scrub  # noqa: E402
from codex_publisher.markdown.source import clean, unify_newlines  # noqa: E402
from codex_publisher.markdown.tree import Element, parse  # noqa: E402
from codex_publisher.markdown.vocabulary import DOCUMENT, FORBIDDEN, KNOWN, LITERAL, OTHER  # noqa: E402
from codex_publisher.model.note import Note  # noqa: E402
from codex_publisher.repository.loading import load_codex  # noqa: E402

NO_REASON: Final = "NO REASON IS KNOWN"
STAGES: Final = ("raw HTML", "scrubber", "sanitiser")

_OURS: Final = {
    "data-sourcepos": "where it stands in the note; was read by then",
    "data-wikilink": "the engine's mark of a wiki link; was read by then",
    "data-footnotes": "the engine's mark; the class says the same",
    "data-footnote-ref": "the engine's mark; the class says the same",
    "data-footnote-backref": "the engine's mark; the class says the same",
    "data-footnote-backref-idx": "the engine's mark; the label says the same",
    "data-codex-form": "our own mark of a link; was read by then",
    "data-codex-claim": "our own mark of a proposed claim; was read by then",
    "data-at": "our own mark of a link; was read by then",
    "data-target": "our own mark of a link; was read by then",
    "data-fragment": "our own mark of a link; was read by then",
}
"""Marks by which the steps tell each other something, and which no reader needs."""


@dataclass
class Survey:
    """How often each tag, and each attribute as `tag attribute`, stood before and behind each stage."""

    notes: int = 0
    plain: list[str] = field(default_factory=list)
    """Notes that are shown as plain text."""
    before: dict[str, Counter[str]] = field(default_factory=lambda: {stage: Counter() for stage in STAGES})
    behind: dict[str, Counter[str]] = field(default_factory=lambda: {stage: Counter() for stage in STAGES})

    def add(self, stage: str, before: Counter[str], behind: Counter[str]) -> None:
        """Count what one note had before and behind one stage."""
        self.before[stage] += before
        self.behind[stage] += behind

    def removed(self, stage: str) -> Counter[str]:
        """What there was less of behind the stage than before it."""
        return self.before[stage] - self.behind[stage]


class _Counting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag."""
        self.found.update(_tag(tag, attrs))

    def handle_comment(self, data: str) -> None:
        """Count a comment."""
        self.found["comment"] += 1


def _counted(html: str) -> Counter[str]:
    parser = _Counting()
    parser.feed(html)
    parser.close()
    return parser.found


def _counted_in(body: Element) -> Counter[str]:
    found: Counter[str] = Counter()
    for element in body.iterdescendants(etree.Element):
        items = ((str(name), str(value)) for name, value in element.attrib.items())
        found.update(_tag(str(element.tag), items))
    return found


def _tag(tag: str, attributes: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """What is counted of a tag: itself, its attributes, and each class, since some stay and some go."""
    yield tag
    for name, value in attributes:
        yield f"{tag} {name}"
        if name == "class":
            yield from (f"{tag} .{each}" for each in (value or "").split())


def why_removed(stage: str, what: str) -> str:
    """Why something of this kind is taken away at a stage; empty if that has no reason."""
    tag, _, attribute = what.partition(" ")
    if attribute in _OURS:
        return _OURS[attribute]
    if stage == "raw HTML":
        return _why_settled(tag)
    if stage == "scrubber" and (tag in OTHER or tag in FORBIDDEN):
        return "not on the list of what a note may have; the words in it stay"
    if stage == "scrubber" and attribute.startswith(("on", "style", "src")):
        return "can run or load something"
    if stage == "scrubber" and attribute.startswith((".", "class")):
        return "a class typed in raw HTML could look like a part of the page"
    return ""


def _why_settled(tag: str) -> str:
    if tag == "comment":
        return "a comment is not for readers"
    if tag not in KNOWN:
        return "HTML knows no such tag; shown as it was typed"
    if tag in LITERAL:
        return "would hide what follows; shown as it was typed"
    if tag in DOCUMENT:
        return "belongs to the page"
    return "can run or load something; goes with what is in it" if tag in FORBIDDEN else ""


def survey(notes: Iterable[Note]) -> Survey:
    """Count over notes."""
    found = Survey()
    rendering = importlib.import_module("codex_publisher.markdown.render")
    for note in notes:
        found.notes += 1
        text = clean(unify_newlines(note.body))
        html = to_html(text, tables=tables_are_safe(text))
        settled = settle(html, to_html(text, tables=tables_are_safe(text), shows_raw=True), [])
        found.add("raw HTML", _counted(html), _counted(settled))
        body = parse(settled)
        before = _counted_in(body)
        scrub(body)
        found.add("scrubber", before, _counted_in(body))

        def watched(unsafe: str) -> str:
            safe = sanitise(unsafe)
            found.add("sanitiser", _counted(unsafe.removeprefix("<body>")), _counted(safe))
            return safe

        with patch.object(rendering, "sanitise", watched):
            if rendering.render(note.body, note.body_line, note.title).fallback:
                found.plain.append(note.path)
    return found


def table(found: Survey) -> list[str]:
    """The lines of the report."""
    lines = [f"{found.notes:,} notes, of which {len(found.plain):,} are shown as plain text"]
    for stage in STAGES:
        kept, removed = _without_ours(found.behind[stage]), _without_ours(found.removed(stage))
        tags = sum(count for what, count in kept.items() if " " not in what)
        lost = sum(count for what, count in removed.items() if " " not in what)
        lines += ["", f"{stage}: {tags:,} tags stay, {lost:,} go"]
        for what, count in sorted(removed.items()):
            reason = why_removed(stage, what) or NO_REASON
            lines.append(f"  {what:<40} {kept[what]:>9,} stay {count:>9,} go: {reason}")
    return lines


def _without_ours(counted: Counter[str]) -> Counter[str]:
    """The same with our own marks counted together, whatever tag they stand in."""
    together: Counter[str] = Counter()
    for what, count in counted.items():
        attribute = what.partition(" ")[2]
        together[f"(any) {attribute}" if attribute in _OURS else what] += count
    return together


def main() -> int:
    """Print the report of a codex."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("codex", type=Path, help="the folder of a codex")
    found = survey(load_codex(parser.parse_args().codex, (), frozenset(), ()).notes.values())
    sys.stdout.write("\n".join([*table(found), ""]))
    return any(not why_removed(stage, what) for stage in STAGES for what in found.removed(stage))


if __name__ == "__main__":
    sys.exit(main())
