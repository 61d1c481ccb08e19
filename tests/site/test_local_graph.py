"""A note among its neighbours: each once, by its strongest relation, as many as one can take in."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Browser

from codex_publisher.site.local_graph import LABEL, MAX_IN_GROUP, MAX_NODES, clip
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import GraphGroup, LocalGraph
from support.browser import CHROMIUM
from support.notes import with_fields
from support.projects import THEME
from support.views import note_view_of

CLAIM = with_fields("type: claim")
STYLE = THEME / "assets" / "stylesheets" / "codex.css"


def _graph(files: dict[str, str], path: str) -> LocalGraph:
    graph = note_view_of(files, path).graph
    assert graph
    return graph


def _said(groups: tuple[GraphGroup, ...]) -> dict[str, list[str]]:
    return {group.label: [node.label for node in group.nodes] for group in groups}


def test_what_a_note_rests_on_stands_above_it_and_what_rests_on_it_below() -> None:
    files = {
        "claims/base.md": CLAIM,
        "claims/middle.md": with_fields("type: claim", 'depends_on: ["[[base]]"]'),
        "claims/top.md": with_fields("type: claim", 'depends_on: ["[[middle]]"]'),
        "claims/doubt.md": with_fields("type: claim", 'challenges: ["[[middle]]"]'),
        "claims/aside.md": with_fields("type: claim", body="See [[middle]].\n"),
    }
    graph = _graph(files, "claims/middle.md")
    assert _said(graph.above) == {"Rests on": ["Base"], "Disputed by": ["Doubt"]}
    assert _said(graph.below) == {"What rests on it": ["Top"], "Mentioned by": ["Aside"]}
    assert graph.size == "4 notes"
    assert {group.label: group.line for group in graph.above} == {
        "Rests on": "firm",
        "Disputed by": "dispute",
    }


def test_a_neighbour_in_two_relations_stands_at_the_stronger_one_alone() -> None:
    files = {
        "claims/base.md": with_fields("type: claim", body="See [[middle]].\n"),
        "claims/middle.md": with_fields("type: claim", 'depends_on: ["[[base]]"]'),
    }
    graph = _graph(files, "claims/middle.md")
    assert _said(graph.above) == {"Rests on": ["Base"]}
    assert graph.below == ()


def test_a_note_without_neighbours_has_no_picture() -> None:
    view = note_view_of({"claims/alone.md": CLAIM, "claims/other.md": CLAIM}, "claims/alone.md")
    assert view.graph is None
    assert Renderer().render_aside(view) == ""


def test_what_is_too_much_is_counted_and_no_group_crowds_out_another() -> None:
    files = {f"claims/m{at}.md": with_fields("type: claim", body="See [[hub]].\n") for at in range(40)}
    files |= {f"claims/t{at}.md": with_fields("type: claim", 'depends_on: ["[[hub]]"]') for at in range(30)}
    files["claims/hub.md"] = with_fields("type: claim", 'depends_on: ["[[base]]"]')
    files["claims/base.md"] = CLAIM
    graph = _graph(files, "claims/hub.md")
    groups = (*graph.above, *graph.below)
    assert {group.label: (len(group.nodes), group.more) for group in groups} == {
        "Rests on": (1, 0),
        "What rests on it": (MAX_IN_GROUP, 24),
        "Mentioned by": (MAX_IN_GROUP, 34),
    }
    assert sum(len(group.nodes) for group in groups) <= MAX_NODES
    html = Renderer().render_aside(note_view_of(files, "claims/hub.md"))
    assert '<a href="#carries"' in html
    assert "and 24 more" in html


def test_the_picture_links_to_its_notes_with_their_whole_titles_and_escapes_them() -> None:
    title = "<script>alert(1)</script> is a title that is much too long for the narrow column"
    files = {
        "claims/base.md": with_fields("type: claim", f"title: '{title}'"),
        "claims/top.md": with_fields("type: claim", 'depends_on: ["[[base]]"]'),
    }
    html = Renderer().render_aside(note_view_of(files, "claims/top.md"))
    assert "<script" not in html
    nav: Any = lxml.html.fromstring(html)
    assert nav.get("aria-label") == "Notes around this one"
    (link,) = nav.xpath(".//a[.//circle]")
    assert link.get("href") == "../../claims/base/"
    assert link.findtext("title") == title
    assert nav.xpath(".//p/a")[0].get("href") == "../../graph/?note=claims/top/"
    assert len(html.encode()) < 1500


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("", ""),
        ("a" * 26, "a" * 26),
        ("a" * 40, "a" * 25 + "…"),
        ("i" * 44, "i" * 44),
        ("i" * 60, "i" * 41 + "…"),
        ("W" * 40, "W" * 15 + "…"),
        ("字" * 40, "字" * 15 + "…"),
        ("e\u0301" * 26, "e\u0301" * 26),
    ],
)
def test_a_label_is_as_long_as_the_column_is_wide(text: str, shown: str) -> None:
    assert clip(text, LABEL) == shown


ENDS = """() => [...document.querySelectorAll("text")].map(text => {
  const picture = document.querySelector("svg").getBoundingClientRect();
  return [text.textContent, (text.getBoundingClientRect().right - picture.left) / picture.width];
})"""
"""Each label with where it ends, as a share of the picture's width."""
LETTERS = ("Mm", "WwQ", "illi", "字", "Average Words of Titles ", "ABCDEFG ", "é", "😀", "— ")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize(("window", "words"), [(1300, 0.75), (390, 0.85)])
def test_labels_use_the_width_and_none_is_cut_off_by_the_edge(
    browser: Browser, window: int, words: float
) -> None:
    files = {
        f"claims/t{at}.md": with_fields("type: claim", f'title: "{letter * 60}"', 'depends_on: ["[[hub]]"]')
        for at, letter in enumerate(LETTERS[:MAX_IN_GROUP])
    }
    files |= {
        f"claims/m{at}.md": with_fields("type: claim", f'title: "{letter * 60}"', body="See [[hub]].\n")
        for at, letter in enumerate(LETTERS[MAX_IN_GROUP:])
    }
    html = Renderer().render_aside(note_view_of(files | {"claims/hub.md": CLAIM}, "claims/hub.md"))
    style = f"html {{ font: 20px Helvetica, sans-serif }}{STYLE.read_text('utf-8')}"
    page = browser.new_page(viewport={"width": window, "height": 800})
    try:
        column = "width: 12.1rem" if window > 1000 else ""
        page.set_content(f"<style>{style}</style><div style='{column}'>{html}</div>")
        ends = page.evaluate(ENDS)
        assert len(ends) > len(LETTERS)
        assert max(end for _, end in ends) <= 1
        assert min(end for label, end in ends if label.startswith("Average")) >= words
    finally:
        page.close()


def test_a_shortened_label_tells_more_where_there_is_more_room() -> None:
    title = "A title of many words that is cut sooner in a narrow column than below the text"
    files = {
        "claims/base.md": with_fields("type: claim", f"title: {title}"),
        "claims/top.md": with_fields("type: claim", 'depends_on: ["[[base]]"]'),
    }
    (group,) = _graph(files, "claims/top.md").above
    (node,) = group.nodes
    wider = node.label[:-1] + node.wider
    assert node.label.endswith("…")
    assert len(node.label) < len(wider) < len(title)
    assert title.startswith(wider[:-1])
    html = Renderer().render_aside(note_view_of(files, "claims/top.md"))
    assert f">{node.label[:-1]}<tspan>…</tspan><tspan>{node.wider}</tspan></text>" in html
