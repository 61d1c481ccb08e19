"""The examples of the Markdown specifications, and each in which a note's page differs, with the reason.

docs/architecture.md tells the same in a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import comrak
import pytest

from codex_publisher.markdown import render
from codex_publisher.markdown.engine import to_html
from support.sites import PROJECT
from support.specifications import Example, examples
from support.structure import shape, shape_by_policy, shape_of

_PLACES = re.compile(r' data-(?:sourcepos|wikilink)="[^"]*"')

WIKI_LINK = "two brackets are a link to a note here"
BARE_ADDRESS = "a bare address is a link here, as on GitHub; the example is of Markdown without that"
NEW_COMMENT = "what is a comment has changed since: CommonMark 0.31 and GitHub take these for comments"
SETTLED_LATER = "raw HTML passes the engine whole; it is looked at behind it"
UNCLOSED_TAG = "a tag that never ends is shown, since a browser would hide the words in it"
RAW_TABLE = "the browser's parser and ours repair a torn table or `<pre>` in other places"

BEFORE: Mapping[str, Mapping[int, str]] = {
    "gfm": {
        **dict.fromkeys((567, 598), WIKI_LINK),
        **dict.fromkeys((610, 616, 619, 620), BARE_ADDRESS),
        **dict.fromkeys((645, 646), NEW_COMMENT),
        653: SETTLED_LATER,
    },
    "commonmark": {
        **dict.fromkeys((559, 590), WIKI_LINK),
        **dict.fromkeys((602, 608, 611, 612), BARE_ADDRESS),
    },
}
"""Examples that the engine, set as for notes, renders in another way than the specification."""

AFTER: Mapping[str, Mapping[int, str]] = {
    "gfm": {
        **{number: why for number, why in BEFORE["gfm"].items() if why is not SETTLED_LATER},
        **dict.fromkeys((126, 127, 128), UNCLOSED_TAG),
        **dict.fromkeys((118, 160), RAW_TABLE),
    },
    "commonmark": {
        **BEFORE["commonmark"],
        **dict.fromkeys((156, 157, 158), UNCLOSED_TAG),
        **dict.fromkeys((148, 191), RAW_TABLE),
    },
}
"""Examples of which a note's page differs, beyond what no note may have and what headings become."""


def _as_engine_has_it(example: Example) -> bool:
    return shape(_PLACES.sub("", to_html(example.markdown))) == shape(example.html)


def _as_page_has_it(example: Example, by_policy: bool) -> bool:
    wanted = shape_by_policy(example.html) if by_policy else shape(example.html)
    return shape_of(render(example.markdown)) == wanted


def test_commonmark_is_what_the_engine_speaks_when_nothing_is_added() -> None:
    found = examples("commonmark")
    options = comrak.RenderOptions()
    options.unsafe_ = True
    nothing, usual = comrak.ExtensionOptions(), comrak.ParseOptions()
    same = [comrak.render_markdown(one.markdown, nothing, usual, options) == one.html for one in found]
    assert (len(found), sum(same)) == (652, 652)


@pytest.mark.parametrize(("name", "all_of_them", "at_least"), [("gfm", 673, 664), ("commonmark", 652, 646)])
def test_the_engine_as_it_is_set_for_notes_renders_the_specifications(
    name: str, all_of_them: int, at_least: int
) -> None:
    found = examples(name)
    different = {one.number for one in found if not _as_engine_has_it(one)}
    assert len(found) == all_of_them
    assert different == set(BEFORE[name])
    assert len(found) - len(different) >= at_least


@pytest.mark.parametrize(("name", "at_least"), [("gfm", 660), ("commonmark", 641)])
def test_a_page_has_what_the_specifications_want_but_for_what_is_told(name: str, at_least: int) -> None:
    found = examples(name)
    different = {one.number for one in found if not _as_page_has_it(one, by_policy=True)}
    assert different == set(AFTER[name])
    assert len(found) - len(different) >= at_least


def test_most_examples_need_no_rule_at_all() -> None:
    """So that the rules of `shape_by_policy` cannot grow until everything is alike."""
    found = examples("gfm")
    assert sum(_as_page_has_it(one, by_policy=False) for one in found) >= 591


def test_the_architecture_tells_of_each_example_that_differs() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8").partition("## Fidelity")[2]
    rows = re.findall(r"^\| (\d+(?:, \d+)*) \| ", text, re.MULTILINE)
    assert sorted(int(number) for row in rows for number in row.split(", ")) == sorted(AFTER["gfm"])
