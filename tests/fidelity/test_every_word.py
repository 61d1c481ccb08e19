"""Every word of every note's body is on its page, in the order in which it was typed."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.markdown import Address, AddressKind, fill_links, render
from support.built import Built, Page
from support.notes import note_of
from support.sites import PROJECT, REAL_CODEX
from support.words import lost, out_of_order, shown_words, written_words

UNSEEN = "§"
"""Stands for a word that no reader is to see."""
BLOCKS = (
    *("# {}\n", "## {} *{}* `{}`\n", "{}\n===\n", "{}\n---\n", "{} {}\n{} **{}** {}\n", "{}  \n{}\\\n{}\n"),
    *(
        "- {}\n- {}\n  - {}\n- {}\n",
        "1. {}\n\n   {}\n2. {}\n",
        "7) {}\n",
        "- [ ] {}\n- [x] {}\n",
        "* {}\n+ {}\n",
    ),
    *("> {}\n> > {}\n>\n> {}\n", "> [!NOTE]\n> {}\n", "> [!WARNING] {}\n> {}\n", "***\n", "\n\n"),
    *("> [!TIP]- {}\n> {}\n", "> [!faq]+ {} [[{}]] {}\n> {}\n>\n> {}\n", "> [!bug]\n> - {}\n"),
    *(
        "```\n{}\n```\n",
        "```python\n{} = {}\n```\n",
        "~~~\n{}\n\n{}\n~~~\n",
        "    {}\n",
        "`{}` ``{} ` {}``\n",
    ),
    *("| {} | {} |\n|---|:-:|\n| {} | [[§\\|{}]] |\n", "| {} |\n|-|\n| {} | § |\n| |\n", "{} | {}\n"),
    *(
        "[{}](§.md) [{}](<§ §> '§')\n",
        "[[{}]] [[§|{}]] [[{}#{}]] {}\n",
        "![[{}]] ![[§|{}]]\n",
        "![{}](§.png)\n",
    ),
    *("[{}][§]\n\n[§]: §.md\n", "<https://{}.org/> https://{}.org/{}\n", "www.{}.org {}@{}.org\n"),
    *(
        "<div>{}</div>\n",
        "<div>\n\n{}\n\n</div>\n",
        "<b>{}</b> <i>{}\n",
        "<p>{}\n<li>{}\n",
        "<span title='§'>{}</span>\n",
    ),
    *(
        "<details><summary>{}</summary>\n\n{}\n\n</details>\n",
        "<table><tr><td>{}<td>{}</table>\n",
        "<pre>{}\n{}</pre>\n",
    ),
    *("{} <{}> {}\n", "{} < {} > {} & {}\n", "{} <script> {}\n", "<font §=x>{}</font> <center>{}</center>\n"),
    *(
        "<div title='§>\n\n{}\n",
        "<div\n{}\n",
        "> <div>\n> {}\n",
        "- <table><tr><td>\n  {}\n",
        "<td>{}</td> {}\n",
    ),
    *("<!-- § § -->\n", "{} <!-- § --> {}\n", "{}<!-- §\n§ --> {}\n", "&lt;{}&gt; &amp;{} {}&nbsp;{}\n"),
    *("\\*{}\\* \\[[{}]] {}\\\n", "~~{}~~ __{}__ _{}_ ***{}***\n", "**{}:** {}\n**{}**: {}\n", "{} ^§\n"),
    *("## Agent Notes\n\n**{}:** {}\n**{}:** {}\n\n- {}\n", "## Agent Notes\n- **{}:** {}\n- **{}:** {}\n"),
    *(
        "## Curator Notes\nPRIMARY CONNECTION: {}\nWHY ARCHIVED: {} {}\n",
        "**Extraction hints:** {}\n1. {}\n2. {}\n",
    ),
    *(
        "## Extraction Hints\n\n- {} {} {} {} {} {}\n- (1) {} (2) {}\n",
        "Topics:\n- [[{}]]\n",
        "{{{{ {} }}}} {{% {} %}}\n",
    ),
)
"""Markdown with `{}` for each word that is to be seen, in the order in which it is."""
WRAPS = ("{}", "{}", "{}", "> {}", "- {}", "> - {}", "1. {}")
_SETTINGS = settings(max_examples=150, deadline=None)


def _fill(block: str, number: int) -> tuple[str, list[str], int]:
    """A block with words that stand nowhere else; the words to be seen, and how many were made."""
    seen: list[str] = []
    text = ""
    for piece in block.replace("{{", "\x01").replace("}}", "\x02").split("{}"):
        text += piece
        seen.append(_name(number + len(seen)))
        text += seen[-1]
    text = text.removesuffix(seen.pop())
    filled = text.replace("\x01", "{").replace("\x02", "}").replace(UNSEEN, "unseen")
    return filled, seen, number + len(seen)


def _name(number: int) -> str:
    """A word for a number, of letters alone."""
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[rest]
    return f"q{letters}y"


@st.composite
def _notes(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A note with the words that a reader is to see of it."""
    pieces: list[str] = []
    words: list[str] = []
    footnotes: list[str] = []
    definitions: list[str] = []
    number = 0
    for block in draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=7)):
        filled, seen, number = _fill(block, number)
        mark = draw(st.sampled_from(WRAPS))
        first, *others = filled.rstrip("\n").split("\n")
        indent = mark.format("") if mark.startswith(">") and "-" not in mark else " " * len(mark.format(""))
        if mark.startswith("> -"):
            indent = "> " + " " * (len(mark.format("")) - 2)
        pieces.append("\n".join([mark.format(first), *(f"{indent}{line}".rstrip() for line in others)]))
        words += seen
        if draw(st.integers(0, 5)) == 0:
            name, noted = f"n{number}", _name(number)
            number += 1
            pieces.append(f"[^{name}]")
            # At the end, since what is indented behind one would be a part of it.
            definitions.append(f"[^{name}]: {noted}")
            footnotes.append(noted)
    return "\n\n".join([*pieces, *definitions]) + "\n", words + footnotes


@_SETTINGS
@given(_notes())
def test_every_word_that_is_typed_is_shown_in_its_order(made: tuple[str, list[str]]) -> None:
    text, wanted = made
    document = render(text)
    assert not document.fallback
    html = fill_links(document.html, [Address("../x/", AddressKind.NOTE)] * len(document.links))
    shown = shown_words([lxml.html.fragment_fromstring(html, create_parent="div")])
    assert not lost(wanted, shown)
    assert not out_of_order(wanted, shown)


def _missing_on(page: Page, written: bytes) -> dict[str, object]:
    typed = written_words(written.decode("utf-8", "replace"))
    shown = shown_words([page.one("codex-title"), page.one("codex-body")])
    return {**lost(typed, shown), **dict.fromkeys(out_of_order(typed, shown), "out of order")}


@pytest.mark.parametrize("name", ["sample", "small"])
def test_every_word_of_a_codex_is_on_its_site(name: str, request: pytest.FixtureRequest) -> None:
    site: Built = request.getfixturevalue(name)
    pages = list(site.note_pages())
    assert pages
    for page in pages:
        raw = (site.site / page.address / "index.md").read_bytes()
        assert not _missing_on(page, raw), page.address


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not here")
def test_every_word_of_a_real_codex_is_in_its_html() -> None:
    for path in sorted(REAL_CODEX.rglob("*.md")):
        note = note_of(path.name, path.read_bytes())
        html = render(note.body, note.body_line, note.title).html
        title = lxml.html.Element("h1")
        title.text = note.title
        typed = written_words(path.read_bytes().decode("utf-8", "replace"))
        shown = shown_words([title, lxml.html.fragment_fromstring(html, create_parent="div")])
        assert not lost(typed, shown), path
        assert not out_of_order(typed, shown), path


def test_the_comparison_sees_what_is_lost_and_what_is_moved() -> None:
    text = (PROJECT / "docs" / "about.md").read_text("utf-8")
    typed = written_words(text)
    assert len(typed) > 50
    assert not lost(typed, typed)
    assert lost(typed, typed[1:])
    assert out_of_order(typed, [*typed[1:], typed[0]])
    assert written_words("# One `two` [three](four.md) <!-- five --> [[six|seven]] [^eight]\n") == [
        *("one", "two", "three", "seven")
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("| a |\n|---|\n| b | cé | d |\n", 3, 7, "cé | d"),
        ("> | a |\n> |-|\n> | b | c |\n", 3, 9, "c"),
        ("| é | ü |\n|-|-|\n| é | `x | y` |\n", 3, 12, "y`"),
    ],
)
def test_words_behind_the_last_cell_of_a_row_are_told_of(
    text: str, line: int, column: int, words: str
) -> None:
    (remark,) = render(text).remarks
    assert (remark.line, remark.column) == (line, column)
    assert f"“{words}”" in remark.message
    assert remark.hint


@pytest.mark.parametrize(
    "text",
    [
        "| a |\n|-|\n| b | |\n",
        "|a|b|\n|-|-|\n|a\\|c|b|\n|1\n",
        "<table><tr><td>a<td>b</table>\n",
        "| a | b |\n",
    ],
)
def test_rows_that_fit_their_table_are_not_told_of(text: str) -> None:
    assert not render(text).remarks
