"""Each note has an address of its own, inside the site, that other notes cannot take from it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.addresses import (
    GENERATED_ROOTS,
    MAX_PERMALINK,
    attachment_address,
    facet_permalink,
    kind_permalink,
    page_permalink,
    permalinks,
)
from codex_publisher.model.facets import FACETS, KIND, TAG
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from support.notes import note_of, with_fields


def address(path: str, *fields: str) -> str:
    note = note_of(path, with_fields(*fields) if fields else "x")
    return permalinks([note])[note.path]


ADDRESSES = [
    ("inbox/queue/2026-03-12-Some Name.md", "sources/2026-03-12-some-name/"),
    ("inbox/archive/health/2026-03-12-Some Name.md", "sources/2026-03-12-some-name/"),
    ("docs/claims/AI is a well-known thing.md", "claims/ai-is-a-well-known-thing/"),
    ("domains/health/a.md", "claims/a/"),
    ("entities/internet-finance/metadao.md", "entities/metadao/"),
    ("agents/leo/beliefs/a.md", "beliefs/a/"),
    ("agents/leo/positions/a.md", "positions/a/"),
    ("agents/leo/musings/a.md", "musings/a/"),
    ("convictions/a.md", "convictions/a/"),
    ("sectors/a.md", "sectors/a/"),
    ("agents/theseus/beliefs.md", "agents/theseus/beliefs/"),
    ("core/living-capital/_map.md", "core/living-capital/map/"),
    ("schemas/claim.md", "schemas/claim/"),
    ("docs/guide/How to.md", "guide/how-to/"),
    ("a.md", "a/"),
    ("docs/claims/Über 中文.md", "claims/über-中文/"),
    ("docs/claims/V1.5.MD", "claims/v1-5/"),
    ("docs/claims/con.md", r"claims/con-[0-9a-f]{6}/"),
    ("docs/claims/!!!.md", r"claims/untitled-[0-9a-f]{6}/"),
    ("docs/claims/right\u202eleft.md", "claims/right-left/"),
]


@pytest.mark.parametrize(("path", "expected"), ADDRESSES)
def test_an_address_is_the_kind_and_the_stem_or_else_the_path(path: str, expected: str) -> None:
    assert re.fullmatch(expected, address(path))


def test_moving_a_source_from_the_queue_to_the_archive_keeps_its_address() -> None:
    fields = ("type: source", "title: x")
    assert address("inbox/queue/a.md", *fields) == address("inbox/archive/2026/a.md", *fields)


def test_what_stands_in_a_note_beside_its_type_does_not_change_its_address() -> None:
    assert address("docs/claims/a.md", "title: Other", "date: 2026", "aliases: [b]") == "claims/a/"
    assert address("docs/claims/a.md", "type: source") == "sources/a/"


@pytest.mark.parametrize(
    "path", ["tags/x.md", "claims/x.md", "docs/queue.md", "search/x.md", "pages/a/b/c.md", "tags/a/page/2.md"]
)
def test_a_page_never_takes_the_place_of_a_page_that_the_publisher_makes(path: str) -> None:
    found = address(path, "type: page")
    assert found.startswith("pages/")
    generated = [kind_permalink(kind) for kind in KINDS] + [facet_permalink(facet, "x") for facet in FACETS]
    generated += [page_permalink(first, 2) for first in (*generated, "tags/a/")]
    assert found not in generated


def test_the_publishers_own_roots_hold_every_index() -> None:
    assert {facet.root for facet in FACETS} | {kind.plural for kind in KINDS} <= GENERATED_ROOTS


def test_of_notes_with_one_address_the_first_path_keeps_it_and_the_others_are_marked() -> None:
    notes = [note_of(path) for path in ("domains/b/x.md", "domains/a/x.md", "domains/c/X.md")]
    found = permalinks(notes)
    assert found[NotePath("domains/a/x.md")] == "claims/x/"
    marked = [found[NotePath("domains/b/x.md")], found[NotePath("domains/c/X.md")]]
    assert all(re.fullmatch(r"claims/x-[0-9a-f]{6}/", one) for one in marked)
    assert len(set(marked)) == 2


def test_an_address_that_is_taken_is_left_alone() -> None:
    note = note_of("docs/about.md")
    (found,) = permalinks([note], taken=["About/"]).values()
    assert re.fullmatch(r"about-[0-9a-f]{6}/", found)


def test_names_of_255_bytes_and_deep_folders_stay_within_what_systems_take() -> None:
    long = "x" * 252
    claim, page = address(f"docs/claims/{long}.md"), address(f"{f'{long}/' * 15}{long}.md")
    assert len(claim.encode()) <= len("claims/") + 80 + 1
    assert len(page.encode()) <= MAX_PERMALINK
    assert page.startswith("pages/")
    assert address(f"{f'{long}/' * 14}y/{long}.md") != page


def test_long_names_that_differ_at_their_end_have_different_addresses() -> None:
    start = "the same words at the beginning of a long proposition that goes on and on and on until it"
    found = permalinks([note_of(f"docs/claims/{start} {end}.md") for end in ("rises", "falls")])
    assert len(set(found.values())) == 2
    for path, one in found.items():
        assert permalinks([note_of(path)])[path] == one


_STEMS = (
    st.text(st.characters(exclude_characters="/"), min_size=1, max_size=60)
    | st.sampled_from(
        ["a", "A", "a!", "a b", "a-b", "é", "e\u0301", "index", "page", "2", "con", "_map", "..."]
    )
    | st.text("ab", min_size=80, max_size=240)
)
_FOLDERS = st.lists(
    st.sampled_from(["docs", "claims", "inbox", "tags", "pages", "page", "agents", "leo", "A B", "x" * 200]),
    max_size=6,
)
_TYPES = st.sampled_from(["", "type: page", "type: claim", "type: moc"])
_NOTES = st.lists(
    st.builds(
        lambda folders, stem, kind: note_of("/".join((*folders, f"{stem}.md")), with_fields(kind)),
        _FOLDERS,
        _STEMS,
        _TYPES,
    ),
    unique_by=lambda note: note.path,
    max_size=12,
)


@settings(deadline=None)
@given(_NOTES, st.lists(st.sampled_from(["a/", "claims/a/", "A-b/"])))
def test_addresses_are_unique_ignoring_case_inside_the_site_and_within_limits(
    notes: list[Note], taken: list[str]
) -> None:
    found = permalinks(notes, taken)
    assert set(found) == {note.path for note in notes}
    seen = {one.casefold() for one in taken}
    for one in found.values():
        plain = unicodedata.normalize("NFC", one).casefold()
        assert plain not in seen
        seen.add(plain)
        *steps, end = one.split("/")
        assert end == ""
        assert steps
        assert all(0 < len(step.encode()) <= 80 and step.strip(". ") == step for step in steps)
        assert not re.search(r"[\x00-\x20\x7f-\x9f\\:*?\"<>|#%&;'+]", one)
        assert len(one.encode()) <= MAX_PERMALINK


@settings(deadline=None)
@given(_NOTES, st.data())
def test_the_order_of_notes_does_not_matter(notes: list[Note], data: st.DataObject) -> None:
    assert permalinks(data.draw(st.permutations(notes))) == permalinks(notes)


def _alone(note: Note) -> str:
    return permalinks([note])[note.path]


@settings(deadline=None)
@given(_NOTES)
def test_adding_a_note_changes_the_address_of_none_but_namesakes(notes: list[Note]) -> None:
    everyone = permalinks(notes)
    for added in notes:
        before = permalinks(note for note in notes if note is not added)
        for note in notes:
            if note is not added and _alone(note) != _alone(added):
                assert before[note.path] == everyone[note.path]


@settings(deadline=None)
@given(_NOTES)
def test_a_note_without_namesakes_has_the_address_that_it_has_alone(notes: list[Note]) -> None:
    found = permalinks(notes)
    for note in notes:
        if sum(_alone(other) == _alone(note) for other in notes) == 1:
            assert found[note.path] == _alone(note)


def test_kinds_values_and_further_pages_have_plain_addresses() -> None:
    assert [kind_permalink(kind) for kind in KINDS[:2]] == ["sources/", "claims/"]
    assert facet_permalink(TAG, "ai-safety") == "tags/ai-safety/"
    assert facet_permalink(KIND, "claim") == "claims/"
    assert [page_permalink("tags/x/", number) for number in (1, 2)] == ["tags/x/", "tags/x/page/2/"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("media/Some Picture.PNG", r"files/some-picture-[0-9a-f]{8}\.png"),
        ("a/../x\u202e\n<b>.pdf", r"files/x-b-[0-9a-f]{8}\.pdf"),
        (f"{'x' * 250}.png", r"files/x+-[0-9a-f]{6}-[0-9a-f]{8}\.png"),
        ("\udcff.png", r"files/untitled-[0-9a-f]{6}-[0-9a-f]{8}\.png"),
    ],
)
def test_an_attachment_has_a_readable_address_that_cannot_be_misread(path: str, expected: str) -> None:
    assert re.fullmatch(expected, attachment_address(NotePath(path)))
    assert len(attachment_address(NotePath(path))) < 100


def test_attachments_of_one_name_in_different_folders_have_different_addresses() -> None:
    paths = ["a/x.png", "b/x.png", "b/X.PNG", "b/x.jpg"]
    assert len({attachment_address(NotePath(path)).casefold() for path in paths}) == len(paths)
