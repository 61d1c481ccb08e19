"""Every page can be had alone, and is then the one that the whole site has at its address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from codex_publisher.model.codex import Codex
from codex_publisher.repository.loading import load_codex
from codex_publisher.site import problem_views, wanted_views
from codex_publisher.site.history import History
from codex_publisher.site.plan import PlannedPage, plan
from codex_publisher.site.views import View
from support.sites import REAL_CODEX, codex_of
from support.small_codex import SMALL_CODEX
from support.views import settings

# Short lists, so that most have several parts.
CHANGES = {"notes_per_page": 10, "backlinks_per_group": 1}


def _large() -> Codex:
    """A small codex with a note that everybody links to, and one with very many problems."""
    broken = "".join(f"[[nobody wrote {number}]]\n\n" for number in range(30))
    spoke = "---\ntype: claim\ntags: [memory]\n---\n\n[[hub]], [[wanted by many]]\n"
    files: dict[str, str | bytes] = {
        **SMALL_CODEX,
        "claims/hub.md": f"---\ntype: claim\ntags: [page, memory]\n---\n\n{broken}",
        **{f"claims/spoke {number}.md": spoke for number in range(25)},
    }
    return codex_of(files, attachments=("images/brain.png",))


def _pages(codex: Codex) -> list[PlannedPage]:
    return list(plan(codex, settings(**CHANGES), History()))


def test_each_page_is_found_by_its_address() -> None:
    codex = _large()
    pages = _pages(codex)
    found = plan(codex, settings(**CHANGES), History())
    addresses = {page.permalink for page in pages}
    assert len(addresses) == len(pages)
    # Of each sort at least one, so that the test sees what it should.
    assert {"", "claims/hub/", "claims/hub/problems/", "tags/page/", "wanted/wanted-by-many/"} <= addresses
    assert {"tags/memory/page/2/", "claims/page/3/", "queue/unprocessed/high/", "health/"} <= addresses
    for page in pages:
        alone = found.find(page.permalink)
        assert alone is not None, page.permalink
        assert (alone.title, alone.note) == (page.title, page.note)
        assert alone.make_view() == page.make_view(), page.permalink


@pytest.mark.parametrize(
    "address", ["claims/nobody/", "claims/hub/page/2/", "tags/", "assets/x.js/", "/", "x"]
)
def test_where_no_page_is_none_is_found(address: str) -> None:
    pages = plan(_large(), settings(**CHANGES), History())
    assert (pages.find(address) is not None) == (address == "tags/")


def test_one_page_is_had_without_the_views_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the lists of problems are not asked for")

    pages = plan(_large(), settings(**CHANGES), History())
    monkeypatch.setattr(problem_views, "problem_views", refuse)
    for address in ("claims/hub/", "tags/memory/", "", "claims/"):
        found = pages.find(address)
        assert found
        assert found.make_view().permalink == address


def test_a_title_that_was_asked_for_changes_no_page_and_has_none_made_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codex = _large()
    expected = [(page.permalink, page.title, page.make_view()) for page in _pages(codex)]
    made: list[str] = []
    wanted = wanted_views.wanted_views

    def noting(*given: Any) -> Iterator[View]:
        for view in wanted(*given):
            made.append(view.permalink)
            yield view

    monkeypatch.setattr(wanted_views, "wanted_views", noting)
    asked = plan(codex, settings(**CHANGES), History())
    for address, title, _ in expected:
        assert asked.title_at(address) == title, address
    assert asked.title_at("claims/nobody/") is None
    made.clear()
    assert asked.title_at("wanted/") == "Wanted"
    written = [(page.permalink, page.title, page.make_view()) for page in asked.in_order_of_writing()]
    assert sorted(written, key=lambda page: page[0]) == sorted(expected, key=lambda page: page[0])
    assert "wanted/" not in made


@pytest.mark.exhaustive
@pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="the real codex is not here")
def test_each_index_of_the_real_codex_is_found_by_its_address() -> None:
    codex = load_codex(REAL_CODEX, (), frozenset(), ())
    found = plan(codex, settings(), History())
    pages = list(found)
    # Finding a page of a long list makes the whole list, so only some are asked for.
    for page in pages[::25]:
        alone = found.find(page.permalink)
        assert alone is not None, page.permalink
        assert alone.make_view() == page.make_view()
