"""What the pages that list notes, values and facets show, as plain data."""

from __future__ import annotations

import pytest

from codex_publisher.model.facets import FACETS, Facet
from codex_publisher.site.views import BrowseView, FacetView, IndexView
from support.notes import with_fields
from support.sites import codex_of
from support.views import rows_of, titles_of, views_of

CLAIM = "claims/short naps help.md"
CODEX = {
    "inbox/queue/naps.md": with_fields(
        "type: source",
        "author: Ann Smith and Bo Chen",
        "date: 2026-03-00",
        "domain: sleep",
        "format: paper",
        "status: null-result",
        "priority: high",
        "tags: [memory, Deep Sleep]",
    ),
    CLAIM: with_fields(
        "type: claim",
        "domain: sleep",
        "secondary_domains: [ageing]",
        "confidence: likely",
        "created: 2026-03-05",
        "tags: [memory]",
    ),
    "claims/long naps harm.md": with_fields(
        "type: claim",
        "domain: sleep",
        "confidence: speculative",
        "created: 2026-02-01",
        "agent: iris",
    ),
}


def _many(number: int) -> dict[str, str]:
    """Claims about one domain, the last one the newest."""
    return {
        f"claims/claim {index:02}.md": with_fields(
            "type: claim", "domain: sleep", f"created: 2026-01-{index:02}"
        )
        for index in range(1, number + 1)
    }


def test_an_index_says_how_many_notes_it_has_and_lists_the_newest_first() -> None:
    codex = {
        f"claims/{name}.md": with_fields("tags: [t]", *([f"created: {when}"] if when else []))
        for name, when in [
            ("d", "2025"),
            ("a", "2026-03"),
            ("b", "2026-03-02"),
            ("e", ""),
            ("c", "2026-03-00"),
        ]
    }
    view = views_of(codex_of(codex))["tags/t/"]
    assert isinstance(view, IndexView)
    assert view.summary == "5 notes, newest first."
    assert titles_of(view) == ["B", "A", "C", "D", "E"]


def test_a_long_index_is_divided_into_pages_with_addresses_that_stay() -> None:
    views = views_of(codex_of(_many(25)), notes_per_page=10)
    pages = [
        views[address] for address in ("domains/sleep/", "domains/sleep/page/2/", "domains/sleep/page/3/")
    ]
    assert "domains/sleep/page/1/" not in views
    assert "domains/sleep/page/4/" not in views
    titles = [title for page in pages for title in titles_of(page)]
    assert titles == [f"Claim {index:02}" for index in range(25, 0, -1)]
    for number, page in enumerate(pages, start=1):
        assert isinstance(page, IndexView)
        assert page.summary == "25 notes, newest first."
        assert (page.pagination.number, page.pagination.count) == (number, 3)
    middle = pages[1]
    assert isinstance(middle, IndexView)
    assert (middle.pagination.previous, middle.pagination.next) == ("domains/sleep/", "domains/sleep/page/3/")


def test_many_notes_can_be_narrowed_down_in_explore() -> None:
    notes = {f"claims/{n}.md": with_fields("type: claim", "tags: [AI & law]") for n in range(10)}
    for count, query in ((9, ""), (10, "tag=AI+%26+law")):
        view = views_of(codex_of(dict(list(notes.items())[:count])))["tags/ai-law/"]
        assert isinstance(view, IndexView)
        assert view.explore == query


def test_another_note_moves_no_address() -> None:
    before = set(views_of(codex_of(_many(11)), notes_per_page=10))
    after = set(views_of(codex_of({**_many(11), "claims/zzz.md": "# More\n"}), notes_per_page=10))
    assert before < after


def test_a_facet_lists_all_of_its_values_with_their_counts() -> None:
    codex = codex_of(
        {
            **CODEX,
            "claims/x.md": with_fields(
                "domain: food", "confidence: proven", "created: 2019", "tags: [x, memory]"
            ),
        }
    )
    views = views_of(codex)
    expected = {
        "domains/": ("3 domains, the commonest first.", [("sleep", 3), ("ageing", 1), ("food", 1)]),
        "confidence/": (
            "3 confidence levels, in their order.",
            [("Proven", 1), ("Likely", 1), ("Speculative", 1)],
        ),
        "years/": ("2 years, newest first.", [("2026", 3), ("2019", 1)]),
        "tags/": ("3 tags, the commonest first.", [("memory", 3), ("Deep Sleep", 1), ("x", 1)]),
    }
    for address, (summary, values) in expected.items():
        view = views[address]
        assert isinstance(view, FacetView)
        assert view.summary == summary
        assert [(value.text, value.count) for value in view.values] == values


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_every_value_leads_to_an_index_of_as_many_notes_as_it_counts(facet: Facet) -> None:
    views = views_of(codex_of(CODEX))
    listed = views[f"{facet.root}/"]
    assert isinstance(listed, FacetView)
    for value in listed.values:
        assert len(rows_of(views[value.to])) == value.count


@pytest.mark.parametrize("facet", [one for one in FACETS if one.name != "kind"], ids=lambda facet: facet.name)
def test_a_facet_without_values_says_how_to_write_the_first(facet: Facet) -> None:
    view = views_of(codex_of({}))[f"{facet.root}/"]
    assert isinstance(view, FacetView)
    assert view.empty.startswith("No note has a")
    assert "front matter" in view.empty


def test_every_kind_has_a_page_even_before_its_first_note() -> None:
    view = views_of(codex_of({CLAIM: "# Naps\n"}))["entities/"]
    assert isinstance(view, IndexView)
    assert view.empty.startswith("No entities yet. Write the first:")


def test_browse_leads_to_every_facet() -> None:
    view = views_of(codex_of(CODEX))["browse/"]
    assert isinstance(view, BrowseView)
    assert [title.to for title, _, _ in view.facets] == [f"{facet.root}/" for facet in FACETS]


def test_an_index_shows_what_its_notes_have_in_common() -> None:
    codex = {
        f"claims/{n}.md": with_fields("domain: sleep", f"tags: [a, {'b' if n else 'c'}]") for n in range(4)
    }
    view = views_of(codex_of(codex))["domains/sleep/"]
    assert isinstance(view, IndexView)
    facts = {fact.label: [(link.text, link.to) for link in fact.values] for fact in view.related}
    assert facts["Tags"] == [("a (4)", "tags/a/"), ("b (3)", "tags/b/"), ("c (1)", "tags/c/")]


def test_a_domain_shows_its_own_map_and_a_tag_the_beliefs_it_speaks_of() -> None:
    codex = codex_of(
        {
            "domains/sleep/_map.md": "# The field of sleep\n\nStart with [[naps]].\n",
            "domains/sleep/naps.md": with_fields("domain: sleep", "tags: [B1-support]", "agent: iris"),
            "agents/iris/beliefs.md": with_fields(
                "agent: iris", "domain: sleep", body="### 1. Sleep matters\n"
            ),
        }
    )
    views = views_of(codex)
    domain, tag = views["domains/sleep/"], views["tags/b1-support/"]
    assert isinstance(domain, IndexView)
    assert isinstance(tag, IndexView)
    assert domain.map_title
    assert domain.map_title.text == "The field of sleep"
    assert 'href="../../claims/naps/"' in domain.map_body
    (belief,) = tag.beliefs
    assert belief.text == "B1 of iris: Sleep matters"
    assert (belief.to, belief.fragment) == ("agents/iris/beliefs/", "n-1-sleep-matters")
