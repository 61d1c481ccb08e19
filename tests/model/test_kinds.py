"""What sort of note a file is: told by its type, else by its folder, else a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codex_publisher.model.kinds import KINDS, MAP, PAGE, kind_of_folder, kind_of_type
from support.notes import note_of, with_fields

TYPES = [
    *((name, "source") for name in ("source", "evidence", "archive", "newsletter", "report", "essay")),
    *(("news article", "source"), ("news-article", "source"), ("News_Article", "source")),
    *((name, "claim") for name in ("claim", "analysis", "framework", "insight", "pattern", "tension")),
    *(("entity", "entity"), ("organization", "entity"), ("Organization", "entity")),
    *((name, name) for name in ("belief", "position", "conviction", "musing", "sector", "map", "page")),
    *(("topic-map", "map"), ("topic map", "map"), ("MOC", "map"), (" Claim ", "claim")),
]


@pytest.mark.parametrize(("written", "kind"), TYPES)
def test_the_type_names_the_kind_whatever_its_spelling(written: str, kind: str) -> None:
    found = kind_of_type(written)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize("written", ["", "note", "claims", "sauce", "claim source", "-"])
def test_other_types_name_no_kind(written: str) -> None:
    assert kind_of_type(written) is None


FOLDERS = [
    ("inbox/queue/a.md", "source"),
    ("inbox/archive/a.md", "source"),
    ("inbox/archive/health/2026/a.md", "source"),
    ("inbox/a.md", "source"),
    ("inbox/null-result/a.md", "source"),
    ("inbox/claims/a.md", "claim"),
    ("docs/claims/a.md", "claim"),
    ("domains/health/a.md", "claim"),
    ("core/a.md", "claim"),
    ("core/living-capital/a.md", "claim"),
    ("foundations/critical-systems/a.md", "claim"),
    ("entities/a.md", "entity"),
    ("entities/internet-finance/a.md", "entity"),
    ("domains/health/entities/a.md", "entity"),
    ("agents/leo/beliefs/a.md", "belief"),
    ("agents/leo/positions/a.md", "position"),
    ("agents/leo/musings/a.md", "musing"),
    ("agents/leo/musings/2026/a.md", "musing"),
    ("convictions/a.md", "conviction"),
    ("sectors/a.md", "sector"),
    ("maps/a.md", "map"),
    ("domains/health/_map.md", "map"),
    ("inbox/_map.md", "map"),
    ("_map.md", "map"),
    ("Inbox/Queue/a.md", "source"),
    ("DOCS/CLAIMS/a.md", "claim"),
    ("a.md", "page"),
    ("agents/leo/identity.md", "page"),
    ("agents/leo/beliefs.md", "page"),
    ("schemas/claim.md", "page"),
    ("claims.md", "page"),
    ("my-claims/a.md", "page"),
    ("docs/a.md", "page"),
]


@pytest.mark.parametrize(("path", "kind"), FOLDERS)
def test_without_a_type_the_innermost_telling_folder_names_the_kind(path: str, kind: str) -> None:
    assert note_of(path).kind.name == kind


@pytest.mark.parametrize(
    ("path", "written", "kind"),
    [
        ("domains/health/a.md", "type: source", "source"),
        ("inbox/queue/a.md", "type: claim", "claim"),
        ("core/_map.md", "type: claim", "claim"),
        ("core/a.md", "type: moc", "map"),
        ("inbox/queue/a.md", "type: page", "page"),
        ("inbox/queue/a.md", "type:", "source"),
        ("inbox/queue/a.md", 'type: "  "', "source"),
        ("inbox/queue/a.md", "kind: claim", "source"),
        ("anywhere/a.md", "type: [claim]", "claim"),
    ],
)
def test_a_type_goes_before_the_folder(path: str, written: str, kind: str) -> None:
    assert note_of(path, with_fields(written)).kind.name == kind


def test_a_type_that_nobody_knows_makes_a_page_and_is_reported_where_it_stands() -> None:
    note = note_of("agents/leo/journal.md", with_fields("title: A day", "type: journal"))
    assert note.kind is PAGE
    assert [(one.code, one.line, one.column) for one in note.problems] == [("F203", 3, 1)]
    assert "journal" in note.problems[0].message


def test_sources_claims_and_the_like_are_known_by_their_stem_and_maps_and_pages_by_their_path() -> None:
    assert [kind.name for kind in KINDS if not kind.identified_by_stem] == ["map", "page"]


def test_no_two_kinds_share_a_name_a_type_or_an_address() -> None:
    names = [name for kind in KINDS for name in (kind.name, *kind.types)]
    plurals = [kind.plural for kind in KINDS]
    assert len(set(names)) == len(names)
    assert len(set(plurals)) == len(plurals)


@given(st.lists(st.text(max_size=12) | st.sampled_from(["inbox", "claims", "agents", "maps"])), st.text())
def test_every_path_has_a_kind(folders: list[str], stem: str) -> None:
    assert kind_of_folder(folders, stem) in KINDS
    assert kind_of_folder(folders, "_map") is MAP
