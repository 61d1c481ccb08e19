"""Small notes and what they become. `pytest --update-golden` writes the expected files anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from codex_publisher.markdown import render
from codex_publisher.model.document import Document

NOTES = sorted((Path(__file__).parent / "golden").glob("*.md"))


def _shown(document: Document) -> str:
    facts = [
        f"{link.form} {link.target!r} #{link.fragment!r} at {link.line}:{link.column} in {link.section!r}: "
        f"{link.citation.before}[{link.citation.words}]{link.citation.after}"
        for link in document.links
    ]
    facts += [f"h{each.level} {each.id} at {each.line}: {each.text}" for each in document.headings]
    facts += [f"block {name}" for name in document.block_ids]
    facts += [f"candidate {text}" for text in document.candidates]
    facts += [f"summary {document.summary}"]
    return document.html.rstrip("\n") + "\n<!--\n" + "\n".join(facts) + "\n-->\n"


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_a_note_becomes_what_it_should(note: Path, update_golden: bool) -> None:
    document = render(note.read_text("utf-8"), first_line=1, title="The golden title!")
    assert not document.fallback
    expected = note.with_suffix(".html")
    if update_golden:
        expected.write_text(_shown(document), "utf-8")
    assert _shown(document) == expected.read_text("utf-8")
