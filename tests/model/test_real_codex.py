"""What must hold of any codex holds of a real one, where there is one on this machine."""

from __future__ import annotations

import pytest

from codex_publisher.model.addresses import MAX_PERMALINK
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.discovery import discover
from codex_publisher.model.facets import FACETS
from codex_publisher.model.links import Leads
from codex_publisher.repository.loading import load_codex
from support.sites import REAL_CODEX

pytestmark = pytest.mark.skipif(not REAL_CODEX.is_dir(), reason="there is no real codex here")


@pytest.fixture(scope="module")
def codex() -> Codex:
    return load_codex(REAL_CODEX, (), frozenset(), ())


def test_every_note_is_published(codex: Codex) -> None:
    found = discover(REAL_CODEX)
    assert tuple(codex.notes) == found.notes
    assert all(note.title and note.kind.name for note in codex.notes.values())
    assert not any(document.fallback for document in codex.documents.values())


def test_every_note_has_an_address_of_its_own(codex: Codex) -> None:
    assert codex.permalinks.keys() == codex.notes.keys()
    assert len({address.casefold() for address in codex.permalinks.values()}) == len(codex.notes)
    assert max(len(address.encode()) for address in codex.permalinks.values()) <= MAX_PERMALINK


def test_every_note_is_found_by_its_path(codex: Codex) -> None:
    for path, note in codex.notes.items():
        assert codex.find(path) is note


def test_a_link_leads_where_the_codex_finds_its_target(codex: Codex) -> None:
    for path, note in codex.notes.items():
        for reference, to in zip(note.references, codex.reference_destinations[path], strict=True):
            found = codex.find(reference.target, path)
            assert to.path == (found.path if found else "")
            assert (to.leads is Leads.NOTE) is (found is not None)


def test_most_notes_are_related_and_every_relation_joins_two_notes(codex: Codex) -> None:
    assert codex.edges
    for path, edges in codex.edges.items():
        assert path in codex.notes
        assert all(edge in codex.edges[edge.other_end(path)] for edge in edges)


def test_every_value_has_notes_and_every_note_with_a_value_is_there(codex: Codex) -> None:
    for facet in FACETS:
        listed = {path for value in codex.values(facet).values() for path in value.notes}
        assert listed == {path for path, note in codex.notes.items() if facet.values_of(note)}


def test_what_is_wanted_is_the_name_of_a_note_and_not_a_number_or_a_field(codex: Codex) -> None:
    for wanted in codex.wanted:
        assert any(character.isalpha() for character in wanted.title)
        assert all(codex.find(place.target, place.path) is None for place in wanted.wanted_by)


def test_every_problem_lies_inside_its_file(codex: Codex) -> None:
    for problem in codex.problems:
        lines = (REAL_CODEX / problem.path).read_bytes().decode("utf-8", "replace").split("\n")
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        assert problem.message


def test_the_order_of_notes_does_not_matter(codex: Codex) -> None:
    again = build_codex(list(codex.notes.values())[::-1], codex.documents)
    assert (again.permalinks, again.edges, again.orphans) == (codex.permalinks, codex.edges, codex.orphans)
    assert (again.wanted, again.destinations) == (codex.wanted, codex.destinations)
