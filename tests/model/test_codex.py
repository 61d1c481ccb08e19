"""The codex answers every question about its notes, and gives the same answers however it is asked."""

from __future__ import annotations

import dataclasses
import itertools
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model import rules
from codex_publisher.model.codex import Codex, build_codex, value_slug
from codex_publisher.model.document import Document
from codex_publisher.model.problems import Problem
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.loading import load_codex
from support.notes import codes_of, edges_of, note_of, reported, with_fields
from support.sites import codex_of, write_codex

FILES = {
    "docs/claims/a.md": with_fields("type: claim", "date: 2026-01", "depends_on: [b]", body="On [[c]].\n"),
    "docs/claims/b.md": with_fields("title: The second", "date: 2026-03-12", "aliases: [Two]"),
    "docs/claims/c.md": with_fields("date: 2025", body="[[nobody]] ![](../../media/x.png)\n"),
    "inbox/queue/s.md": with_fields("type: source", "status: done", "claims_extracted: [a.md]"),
    "maps/m.md": "See [[a]] and [[nobody]].\n",
    "notes.md": "Text\n",
}


def test_a_note_is_found_by_every_name_and_from_everywhere() -> None:
    codex = codex_of(FILES)
    for name in ("docs/claims/b.md", "docs/claims/b", "b", "B", "The second", "the-second", "two"):
        found = codex.find(name)
        assert found is not None
        assert found.path == "docs/claims/b.md"
    assert codex.find("nobody") is None


def test_the_note_that_is_found_depends_on_who_asks() -> None:
    codex = codex_of({"domains/a/x.md": "1", "domains/b/x.md": "2"})
    for folder in ("a", "b"):
        found = codex.find("x", NotePath(f"domains/{folder}/other.md"))
        assert found is not None
        assert found.folder == f"domains/{folder}"


def test_an_empty_codex_answers_too() -> None:
    codex = codex_of({})
    assert (dict(codex.notes), codex.problems, codex.wanted, codex.orphans) == ({}, (), (), ())
    assert codex.find("x") is None


def test_what_is_built_cannot_be_changed() -> None:
    codex = codex_of(FILES)
    for thing, name in (
        (codex, "notes"),
        (codex.notes[NotePath("notes.md")], "title"),
        (codex.problems[0], "line"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, name, "other")


def _answers(codex: Codex) -> list[object]:
    fields = (field.name for field in dataclasses.fields(Codex) if field.name not in ("links", "facets"))
    facets = [
        (name, value.slug, value.label, value.notes, value.permalink)
        for name, values in codex.facets.items()
        for value in values.values()
    ]
    return [getattr(codex, name) for name in fields] + [facets, list(codex.notes), list(codex.edges)]


def test_the_order_of_files_does_not_matter() -> None:
    files = {**FILES, "domains/a/b.md": "[[a]]", "domains/b/a.md": "[[b]] [[nobodi]]"}
    expected = _answers(codex_of(files))
    for order in itertools.islice(itertools.permutations(files), 0, 40_320, 3_000):
        assert _answers(codex_of({path: files[path] for path in order})) == expected


def test_a_wanted_note_knows_who_wants_it_where_and_which_notes_are_near() -> None:
    codex = codex_of(
        {
            "docs/claims/solar power grows fast.md": "x",
            "a.md": "One.\n\nThen [[Solar power grows faster]] of course.\n",
            "b.md": with_fields(
                "depends_on: [old/solar-power-grows-faster.md]", body="[[Solar power grows faster]]"
            ),
            "c.md": "[[Quantum]]\n",
        }
    )
    first, second = codex.wanted
    assert (first.title, first.note_count, second.title, second.near) == (
        "Solar power grows faster",
        2,
        "Quantum",
        (),
    )
    assert [(place.path, place.line) for place in first.wanted_by] == [("a.md", 3), ("b.md", 2), ("b.md", 4)]
    assert str(first.wanted_by[0].citation) == "Then Solar power grows faster of course."
    assert first.near == ("docs/claims/solar power grows fast.md",)


def test_a_link_to_a_wanted_note_is_reported_with_the_nearest_titles() -> None:
    codex = codex_of({"b.md": with_fields("title: Solar power: it grows"), "a.md": "[[solar power grows]]"})
    (problem,) = [one for one in codex.problems if one.code == "L101"]
    assert "solar power grows" in problem.message
    assert "Solar power: it grows" in problem.hint


def test_the_most_wanted_stands_first_and_spellings_of_one_name_are_one() -> None:
    files = {"a.md": "[[x]] [[x]] [[x]]", "b.md": "[[Some Name]]", "c.md": "[[some-name]] [[Some Name]]"}
    assert [(one.title, one.slug, one.note_count) for one in codex_of(files).wanted] == [
        ("Some Name", "some-name", 2),
        ("x", "x", 1),
    ]


@pytest.mark.parametrize("target", ["folder/", "a/b/", "!!!", ".md", "/", "x.md"])
def test_a_wanted_note_always_has_a_name(target: str) -> None:
    (wanted,) = codex_of({"a.md": f"[[{target}]]"}).wanted
    assert wanted.title
    assert wanted.slug


def test_writing_a_wanted_note_settles_it() -> None:
    files = {"a.md": "[[Some Name]]"}
    assert codex_of(files).wanted
    assert codex_of({**files, "docs/claims/some-name.md": "x"}).wanted == ()


def test_a_note_that_no_other_links_to_is_an_orphan_of_whatever_kind() -> None:
    codex = codex_of({**FILES, "docs/claims/d.md": "[[d]]", "entities/e.md": with_fields("date: 2027")})
    assert {"entities/e.md", "docs/claims/d.md"} <= set(codex.orphans)
    linked = {edge.other_end(edge.stated_in) for edges in codex.edges.values() for edge in edges}
    assert set(codex.orphans) == set(codex.notes) - linked


def test_an_incoming_link_of_any_kind_makes_a_note_no_orphan() -> None:
    for link in ("[[d]]", "[x](docs/claims/d.md)", "![[d]]", "[x]: docs/claims/d.md\n\n[x]"):
        assert codex_of({"docs/claims/d.md": "x", "a.md": link}).orphans == ("a.md",)
    codex = codex_of({"docs/claims/d.md": "x", "a.md": with_fields("x: ['[[d]]']")})
    assert codex.orphans == ("a.md",)


def test_attachments_that_are_shown_are_known_and_others_are_not() -> None:
    codex = codex_of(FILES, attachments=("media/x.png", "media/y.png"))
    assert codex.attachments_in_use() == ("media/x.png",)


def test_problems_are_those_of_every_room_in_the_order_of_the_files() -> None:
    before = Problem("inbox/secret.md", 1, 1, rules.SYMBOLIC_LINK, "A link.")
    notes = [note_of(path, text) for path, text in FILES.items()]
    documents = {note.path: Document("") for note in notes}
    documents[NotePath("notes.md")] = Document("", fallback="it took too long")
    codex = build_codex(notes, documents, problems=[before])
    found = reported(codex)
    assert found == sorted(found, key=lambda one: one[1])
    assert ("S103", "inbox/secret.md") in found
    assert ("S106", "notes.md") in found
    assert ("F203", "inbox/queue/s.md") in found
    for note in notes:
        assert set(codes_of(note)) <= {one.code for one in codex.problems_of(note)}
        assert all(one.path == note.path for one in codex.problems_of(note))


def test_two_notes_of_one_kind_with_one_name_are_reported_once_and_both_published() -> None:
    codex = codex_of(
        {"domains/a/Some name.md": "1", "domains/b/some-name.md": "2", "entities/some name.md": "3"}
    )
    assert reported(codex, "N101") == [("N101", "domains/b/some-name.md")]
    assert (
        "domains/a/Some name.md"
        in codex.problems_of(codex.notes[NotePath("domains/b/some-name.md")])[-1].message
    )
    assert len(set(codex.permalinks.values())) == 3


def test_pages_and_maps_of_one_name_in_different_folders_are_no_problem() -> None:
    codex = codex_of(
        {"core/_map.md": "1", "domains/a/_map.md": "2", "agents/a/x.md": "3", "agents/b/x.md": "4"}
    )
    assert reported(codex, "N101", "N104") == []


def test_names_without_letters_are_no_namesakes() -> None:
    assert reported(codex_of({"docs/claims/!!!.md": "1", "docs/claims/???.md": "2"}), "N101") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("docs/claims/Name.md", "docs/claims/name.md"),
        ("Docs/claims/name.md", "docs/claims/name.md"),
        ("docs/claims/stra\u00dfe.md", "docs/claims/strasse.md"),
        ("docs/claims/caf\u00e9.md", "docs/claims/cafe\u0301.md"),
        ("notes/caf\u00e9.md", "notes/cafe\u0301.md"),
    ],
)
def test_paths_that_differ_only_in_case_or_unicode_form_are_reported_and_both_published(
    one: str, other: str
) -> None:
    codex = codex_of({one: "1", other: "2"})
    first, second = sorted([one, other])
    assert reported(codex, "N101", "N104") == [("N104", second)]
    assert first in next(problem for problem in codex.problems if problem.code == "N104").message
    addresses = {unicodedata.normalize("NFC", each).casefold() for each in codex.permalinks.values()}
    assert len(addresses) == 2


def test_names_of_hidden_characters_and_great_length_are_published_and_reported() -> None:
    paths = ["docs/claims/right\u202eleft.md", "docs/claims/\udcff.md", f"docs/claims/{'x' * 250}.md"]
    codex = codex_of(dict.fromkeys(paths, with_fields("type: claim", body="Text.\n")))
    assert reported(codex, "S102", "N102") == [
        ("S102", paths[0]),
        ("N102", paths[2]),
        ("S102", paths[1]),
    ]
    for path in paths:
        assert codex.permalinks[NotePath(path)].isprintable()


def test_an_unreadable_file_is_published_empty_and_the_rest_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_codex(tmp_path, {"docs/claims/locked.md": "x", "docs/claims/open.md": "On [[locked]].\n"})
    opened = os.open

    def refuse(path: str | Path, *arguments: int, **place: int) -> int:
        if Path(path).name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **place)

    monkeypatch.setattr(os, "open", refuse)
    codex = load_codex(tmp_path, (), frozenset(), ())
    assert ("S105", "docs/claims/locked.md") in reported(codex)
    assert codex.notes[NotePath("docs/claims/locked.md")].body == ""
    assert edges_of(codex) == {("docs/claims/open.md", "mentions", "docs/claims/locked.md")}


_PATHS = st.sampled_from(
    ["a.md", "docs/claims/b.md", "domains/x/b.md", "inbox/c d.md", "maps/e.md", "entities/F.md"]
)
_TEXTS = st.text("[]b|#a\n-.md/ cd!", max_size=60) | st.sampled_from(list(FILES.values()))


@settings(deadline=None)
@given(st.dictionaries(_PATHS, _TEXTS))
def test_links_wanted_notes_and_orphans_agree_with_each_other(files: dict[str, str]) -> None:
    codex = codex_of(files)
    assert set(codex.notes) == set(codex.permalinks) == set(codex.destinations) == set(files)
    linked = {edge.other_end(edge.stated_in) for edges in codex.edges.values() for edge in edges}
    assert linked.isdisjoint(codex.orphans)
    for wanted in codex.wanted:
        assert value_slug(wanted.title) == wanted.slug
        assert set(wanted.near) <= set(codex.notes)
        for place in wanted.wanted_by:
            assert codex.find(place.target, place.path) is None
    places = sum(len(wanted.wanted_by) for wanted in codex.wanted)
    assert len(reported(codex, "L101")) == places


def test_maps_that_are_wanted_of_several_folders_are_several() -> None:
    codex = codex_of(
        {"a.md": "[[sleep/_map]] [[core/naps/_map.md]] [[domains/sleep/_map]] [[old/place/x]]\n"}
    )
    assert [(wanted.title, len(wanted.wanted_by)) for wanted in codex.wanted] == [
        ("naps/_map", 1),
        ("sleep/_map", 2),
        ("x", 1),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("claims/naps help.md", "---\ntype: claim\n---\n\n[[naps hurt]] [[nap help]] and more\n"),
        ("claims/naps help.md", "---\ntype: claim\ntitle: nap help\n---\n\n[[naps hurt]]\n"),
        ("claims/naps help.md", "---\ntype: claim\naliases: [naps hurt]\n---\n\n[[naps hurt]]\n"),
        ("claims/naps hurt.md", "---\ntype: claim\n---\n\nNow it is written.\n"),
    ],
)
def test_a_codex_is_the_same_whatever_was_there_before(path: str, text: str) -> None:
    files: dict[str, str | bytes] = {
        "claims/naps help.md": "---\ntype: claim\n---\n\n[[naps hurt]] [[nap help]]\n",
        "claims/long naps help most.md": "---\ntype: claim\n---\n\n[[naps help]] [[naps hurt]]\n",
    }
    before = codex_of(files)
    anew = codex_of({**files, path: text})
    after = build_codex(anew.notes.values(), anew.documents, before=before)
    assert after.wanted == anew.wanted
    assert after.problems == anew.problems
