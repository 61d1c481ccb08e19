"""Names that come near to one that nobody has written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.near import MAX_NOTES_OF_A_WORD, NearMatches
from support.notes import note_of, with_fields

NOTES = [
    note_of("docs/claims/launch cost is the keystone variable.md"),
    note_of("docs/claims/launch-costs-fall-with-reuse.md"),
    note_of("entities/metadao.md", with_fields("name: MetaDAO", "aliases: [Meta Dee Ay Oh]")),
    note_of("docs/claims/a.md", with_fields("title: Prevention comes before treatment")),
    note_of("docs/claims/Öffentliche Güter.md"),
]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("launch cost is a keystone variable", "docs/claims/launch cost is the keystone variable.md"),
        ("Launch-Cost_Is-The-Keystone", "docs/claims/launch cost is the keystone variable.md"),
        ("launch costs fall through reuse", "docs/claims/launch-costs-fall-with-reuse.md"),
        ("treatment comes before prevention", "docs/claims/a.md"),
        ("meta dee ay ooh", "entities/metadao.md"),
        ("öffentliche güter!", "docs/claims/Öffentliche Güter.md"),
    ],
)
def test_the_nearest_is_found_by_stem_title_or_alias(name: str, path: str) -> None:
    assert NearMatches(NOTES).find(name)[0] == path


@pytest.mark.parametrize(
    "name", ["", "!!!", "2026-03-11", "quantum gravity", "the is a", "cost of living in the city today"]
)
def test_nothing_is_suggested_when_nothing_is_near(name: str) -> None:
    assert NearMatches([*NOTES, note_of("2026-03-12.md")]).find(name) == ()


def test_only_the_nearest_few_are_given_the_nearest_first() -> None:
    notes = [note_of(f"solar power grows {'very ' * number}fast.md") for number in range(8)]
    near = NearMatches(notes)
    assert near.find("solar power grows fast") == tuple(note.path for note in notes[:3])
    assert near.find("solar power grows fast", limit=1) == (notes[0].path,)


def test_the_order_of_notes_does_not_matter() -> None:
    notes = [note_of(f"{folder}/solar power.md") for folder in "cab"]
    assert NearMatches(notes).find("solar powers") == NearMatches(reversed(notes)).find("solar powers")


def test_words_that_are_everywhere_cost_nothing() -> None:
    common = [note_of(f"{number} common.md") for number in range(MAX_NOTES_OF_A_WORD + 1)]
    assert NearMatches(common).find("common") == ()
    assert NearMatches([*common, *NOTES]).find("common launch costs fall with reuse") == (NOTES[1].path,)


@settings(deadline=None, max_examples=50)
@given(st.text() | st.text("launch cost is the keystone variable"))
def test_no_name_raises_and_suggestions_are_notes_that_exist(name: str) -> None:
    found = NearMatches(NOTES).find(name)
    assert set(found) <= {note.path for note in NOTES}
    assert len(found) <= 3
