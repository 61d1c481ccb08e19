"""The page of the whole graph: its facts in words, and its data."""

from __future__ import annotations

import json

from codex_publisher.site.graph_data import GRAPH_FILE, graph_json, graph_of
from codex_publisher.site.views import GraphView
from support.built import Built
from support.notes import with_fields
from support.sites import codex_of
from support.views import views_of

FILES = {
    "claims/base.md": with_fields("type: claim", "domain: bees", "title: </script><b>Base"),
    "claims/top.md": with_fields("type: claim", "domain: ants", 'depends_on: ["[[base]]"]'),
    "claims/side.md": with_fields("type: claim", "domain: bees", body="See [[base]].\n"),
    "claims/alone.md": with_fields("type: claim"),
}


def _view() -> GraphView:
    view = views_of(codex_of(FILES))["graph/"]
    assert isinstance(view, GraphView)
    return view


def test_the_page_says_what_is_drawn_and_what_is_not() -> None:
    said = "3 notes and 2 links between them. 1 note without a link to or from another is not drawn."
    assert _view().summary == said


def test_the_most_linked_notes_come_first_with_their_links_by_relation() -> None:
    first, *others = _view().linked
    assert (first.note.to, first.count) == ("claims/base/", "2 links")
    assert first.relations == "1 rest on it, mentioned by 1"
    assert [one.relations for one in others] == ["mentions 1", "rests on 1"]


def test_links_that_cross_between_domains_are_counted() -> None:
    ((one, other, count),) = _view().crossings
    assert ({one.text, other.text}, count) == ({"ants", "bees"}, 1)


def test_the_legend_has_the_kinds_and_relations_that_occur() -> None:
    assert [name for _, name in _view().kinds] == ["Claims"]
    assert [name for _, name in _view().relations] == ["Rests on", "Mentions"]


def test_a_codex_without_links_has_a_page_that_says_so() -> None:
    view = views_of(codex_of({"a.md": "Text.\n"}))["graph/"]
    assert isinstance(view, GraphView)
    assert view.empty.startswith("No note links to another yet.")
    assert json.loads(graph_json(graph_of(codex_of({}))))["titles"] == []


def test_the_data_name_each_linked_note_once_and_are_the_same_each_time() -> None:
    text = graph_json(graph_of(codex_of(FILES)))
    assert text == graph_json(graph_of(codex_of(dict(reversed(FILES.items())))))
    data = json.loads(text)
    assert data["addresses"] == ["claims/base/", "claims/side/", "claims/top/"]
    assert data["titles"][0] == "</script><b>Base"
    assert [data["domains"][at][0] for at in data["domainOf"]] == ["bees", "bees", "ants"]
    assert data["alone"] == {"titles": ["Alone"], "addresses": ["claims/alone/"]}
    assert len(data["places"]) == 6
    assert len(data["links"]) == 6
    assert text.isascii()


def test_the_domains_of_the_data_are_those_of_the_list_in_its_order() -> None:
    data = json.loads(graph_json(graph_of(codex_of(FILES))))
    assert data["domains"] == [[row.text, row.hue] for row in _view().domains]


def test_every_address_of_the_data_is_a_page(sample: Built) -> None:
    data = json.loads((sample.site / GRAPH_FILE).read_text("utf-8"))
    assert len(data["addresses"]) > 40
    for address in data["addresses"]:
        assert (sample.site / address / "index.html").is_file()
