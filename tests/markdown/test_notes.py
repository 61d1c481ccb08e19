"""Agent Notes and Curator Notes, candidate claims, summaries: what a codex's own notes need."""

from __future__ import annotations

import pytest

from codex_publisher.markdown import render
from codex_publisher.markdown.summary import shorten


def fields(text: str) -> list[str]:
    html = render(text).html
    return [part.split("</p>")[0] for part in html.split('<p class="codex-field__label">')[1:]]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("## Agent Notes\n**A:** x\n**B:** y\nstill y\n**C**: z", ["A", "B", "C"]),
        ("## agent notes (mine)\n\n**A:** x\n\ny\n\n**B:** z", ["A", "B"]),
        ("## Agent Notes\n- **A:** x\n- **B:** y", ["A", "B"]),
        ("## Agent Notes\n- **A:** x\n- y", []),
        ("## Agent Notes\n**A:**\n- **B:** x\n- **C:** y", ["A"]),
        ("## Agent Notes\n**A:** x\n### Part\n**B:** y\n## Other\n**C:** z", ["A", "B"]),
        ("## Agent Notes\n**Bold** words\n**and** more", []),
        ("## Agent Notes\n**A [[link]]:** x", []),
        ("## Agent Notes\nWHY ARCHIVED: x", []),
        ("## Curator Notes\nWHY ARCHIVED: x\nEXTRACTION HINT: y", ["Why archived", "Extraction hint"]),
        ("## Curator Notes\n**WHY ARCHIVED:** x\n\n**Own:** y", ["Why archived", "Own"]),
        ("## Curator Notes\n- WHY ARCHIVED: x\n\n- EXTRACTION HINT: y", ["Why archived", "Extraction hint"]),
        ("## Content\n**A:** x\n**B:** y", []),
    ],
)
def test_labelled_lines_are_fields(text: str, labels: list[str]) -> None:
    assert fields(text) == labels


def test_a_list_belongs_to_the_label_before_it() -> None:
    html = render("## Agent Notes\n**A:** x\n- y\n\nz").html
    assert "<p>x</p><ul>\n<li>y</li>\n</ul>\n</div>\n<p>z</p>" in html


def test_a_curators_section_stands_aside_up_to_the_next_heading() -> None:
    html = render("## Curator Notes (structured handoff for extractor)\nx\n\n### y\n\n## z").html
    inside = html.split('<aside class="codex-curator">')[1].split("</aside>")[0]
    assert 'id="n-curator-notes">Curator Notes<' in inside
    assert "structured" not in html
    assert ">y<" in inside
    assert ">z<" not in inside


@pytest.mark.parametrize(
    ("value", "target", "shown"),
    [
        ("a title", "a title", '<a href="codex:0">a title</a>'),
        ('"a title"', "a title", '<a href="codex:0">a title</a>'),
        ("`a title`", "a title", '<a href="codex:0">a title</a>'),
        ("a *b* c — why", "a b c", '<a href="codex:0">a b c</a> — why'),
        ("[[a]] and b", "a", '<a href="codex:0">a</a> and b'),
        ('"a" and "b"', '"a" and "b"', '<a href="codex:0">"a" and "b"</a>'),
    ],
)
def test_the_primary_connection_links_to_its_title(value: str, target: str, shown: str) -> None:
    document = render(f"## Curator Notes\nPRIMARY CONNECTION: {value}")
    assert document.links[0].target == target
    assert f'codex-field--primary"><p class="codex-field__label">Primary connection</p><p>{shown}</p>' in (
        document.html
    )


HINT = "## Agent Notes\n**Extraction hints:** "


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("CLAIM CANDIDATE: one two three.", ["one two three"]),
        ("→ CLAIM CANDIDATE: one two three", ["one two three"]),
        ('**CLAIM CANDIDATE:** "one two three."', ["one two three"]),
        ('CLAIM CANDIDATE: **"one two three."**', ["one two three"]),
        ("**CLAIM CANDIDATE: one two three**", ["one two three"]),
        ("`CLAIM CANDIDATE:` one two three", ["one two three"]),
        ("- CLAIM CANDIDATE: one two three", ["one two three"]),
        (
            "words\nCLAIM CANDIDATE: one two\nthree\nCLAIM CANDIDATE: four five six",
            ["one two three", "four five six"],
        ),
        ("CLAIM CANDIDATE: same same same\n\nCLAIM CANDIDATE: same same same", ["same same same"]),
        ("`→ CLAIM CANDIDATE: [proposition]` — ready", []),
        ("The CLAIM CANDIDATE: marker is words", []),
        ("```\nCLAIM CANDIDATE: one two three\n```", []),
        (
            "## Claim candidates\n\n1. **one two three** — x\n2. four five six",
            ["one two three", "four five six"],
        ),
        (HINT + "Focus on (1) one, (2) two *b*, and (3) three. Rest (9).", ["one", "two b", "three"]),
        (HINT + "Only (1) one.", []),
        (HINT + "See (1) and (2).", []),
        (HINT + "(2) two (1) one", []),
        (HINT + 'Claim: "One two three four five." More.', ["One two three four five"]),
        (HINT + "“One two three four five”", ["One two three four five"]),
        (HINT + 'The "short term" and "a run of small letters" here.', []),
        (HINT + "New claim candidate: one two three four five. More.", ["one two three four five"]),
        (HINT + "\n- Claim: one two three four five\n- no claim", ["one two three four five"]),
        ("## Curator Notes\nEXTRACTION HINT: (1) one; (2) two", ["one", "two"]),
        ('**Extraction hints:** "One two three four five six"', []),
    ],
)
def test_candidate_claims_are_found(text: str, candidates: list[str]) -> None:
    assert list(render(text).candidates) == candidates


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("## H\n\nOne *two* [[three]].\n\nFour.", "One two three."),
        ("- one\n- two", "one"),
        ("> quoted\n\nOwn.", "Own."),
        ("> quoted", "quoted"),
        ("**Label:**\n\nWords.", "Words."),
        ("![x](y.png)\n\nWords.", "Words."),
        ("| a |\n|---|", ""),
        ("", ""),
        ("word " * 100, "word " * 59 + "word…"),
    ],
)
def test_the_summary_is_the_first_prose(text: str, summary: str) -> None:
    assert render(text).summary == summary
    assert len(summary) <= 300


def test_text_without_spaces_is_shortened_as_well() -> None:
    assert shorten("x" * 400) == "x" * 299 + "…"


@pytest.mark.parametrize("marks", ["", " ^one"])
def test_a_list_that_becomes_fields_keeps_the_name_of_its_block(marks: str) -> None:
    document = render(f"## Agent Notes\n\n- **Why:** because{marks}\n\n^all\n")
    assert "all" in document.block_ids
    assert document.html.count('id="n-block-all"') == 1
    assert ('id="n-block-one"' in document.html) == bool(marks)
