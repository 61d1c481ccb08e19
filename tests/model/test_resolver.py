"""Which note a link means: by path, stem, slug, title or alias, and the nearest among several."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codex_publisher.model.note import Note
from codex_publisher.model.resolver import (
    FEW,
    AttachmentResolver,
    Crowd,
    Resolution,
    Resolver,
    Step,
    nearest_first,
)
from codex_publisher.model.slugs import ROOT, NotePath
from codex_publisher.model.wiki_links import without_suffix
from support.notes import note_of, with_fields

NOTES = [
    note_of("docs/claims/Launch cost falls.md", with_fields("title: Rockets get cheaper")),
    note_of("docs/claims/mind-the-gap_it-grows.md"),
    note_of("entities/metadao.md", with_fields("name: MetaDAO", "aliases: [Meta DAO project, The DAO]")),
    note_of("agents/leo/beliefs.md"),
    note_of("agents/theseus/beliefs.md"),
    note_of("maps/Überblick.md"),
]
RESOLVER = Resolver(NOTES)

FOUND = [
    ("docs/claims/Launch cost falls.md", "Launch cost falls", Step.PATH),
    ("docs/claims/Launch cost falls", "Launch cost falls", Step.PATH),
    ("/docs/claims/Launch cost falls", "Launch cost falls", Step.PATH),
    ("docs/claims/../claims/Launch cost falls.md", "Launch cost falls", Step.PATH),
    ("agents/leo/beliefs", "beliefs", Step.PATH),
    ("Launch cost falls", "Launch cost falls", Step.STEM),
    ("Launch cost falls.md", "Launch cost falls", Step.STEM),
    ("  Launch cost falls ", "Launch cost falls", Step.STEM),
    ("old/folder/Launch cost falls", "Launch cost falls", Step.STEM),
    ("launch COST falls", "Launch cost falls", Step.STEM_IGNORING_CASE),
    ("launch-cost-falls", "Launch cost falls", Step.SLUG),
    ("old/launch_cost_falls.md", "Launch cost falls", Step.SLUG),
    ("Mind the gap: it grows!", "mind-the-gap_it-grows", Step.SLUG),
    (unicodedata.normalize("NFD", "Überblick"), "Überblick", Step.SLUG),
    ("Rockets get cheaper", "Launch cost falls", Step.TITLE),
    ("rockets-get-cheaper.md", "Launch cost falls", Step.TITLE),
    ("The DAO", "metadao", Step.ALIAS),
    ("meta dao project", "metadao", Step.ALIAS),
]


@pytest.mark.parametrize(("target", "stem", "step"), FOUND)
def test_a_note_is_found_by_each_of_its_names(target: str, stem: str, step: Step) -> None:
    found = RESOLVER.resolve(target, ROOT)
    assert found is not None
    assert (found.path.rpartition("/")[2], found.step, found.others) == (f"{stem}.md", step, ())


@pytest.mark.parametrize(
    "target",
    ["", " ", "Launch", "Launch cost", "nothing", "docs/claims", "/", ".", "..", "!!!", ".md", "../x"],
)
def test_what_names_no_note_finds_none(target: str) -> None:
    assert RESOLVER.resolve(target, NotePath("docs/claims/mind-the-gap_it-grows.md")) is None


def names(*fronts: tuple[str, str]) -> Resolver:
    return Resolver(note_of(path, with_fields(front)) for path, front in fronts)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Each wins over what comes below it.
        (("Some Name.md", "x: y"), ("a/Some Name.md", "x: y")),
        (("a/Some Name.md", "x: y"), ("a/some name.md", "x: y")),
        (("a/some name.md", "x: y"), ("a/some-name.md", "x: y")),
        (("a/some-name.md", "x: y"), ("a/b.md", "title: Some Name")),
        (("a/c.md", "title: Some Name"), ("a/b.md", "aliases: [Some Name]")),
    ],
)
def test_a_closer_kind_of_name_goes_before_a_looser_one(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    for fronts in ((first, second), (second, first)):
        found = names(*fronts).resolve("Some Name", NotePath("a/origin.md"))
        assert found is not None
        assert (found.path, found.others) == (first[0], ())


@pytest.mark.parametrize(
    ("origin", "target", "path"),
    [
        ("a/b/x.md", "../c/y.md", "a/c/y.md"),
        ("a/b/x.md", "../c/y", "a/c/y.md"),
        ("a/c/x.md", "./y", "a/c/y.md"),
        ("a/b/x.md", "./y", "a/b/y.md"),
    ],
)
def test_a_target_that_begins_with_a_dot_is_read_from_the_notes_folder(
    origin: str, target: str, path: str
) -> None:
    resolver = Resolver([note_of("a/c/y.md"), note_of("a/b/y.md")])
    assert resolver.resolve(target, NotePath(origin)) == Resolution(NotePath(path), Step.PATH)


NEAREST = [
    ("a/b/origin.md", ["a/b/x.md", "x.md", "a/x.md", "a/b/c/x.md"], "a/b/x.md"),
    ("a/b/origin.md", ["a/x.md", "a/b/c/d/x.md", "x.md"], "a/b/c/d/x.md"),
    ("a/b/origin.md", ["c/x.md", "a/d/x.md"], "a/d/x.md"),
    ("a/b/origin.md", ["a/long/x.md", "a/d/x.md"], "a/d/x.md"),
    ("a/b/origin.md", ["a/e/x.md", "a/d/x.md"], "a/d/x.md"),
    ("a/b/origin.md", ["ab/x.md", "c/x.md"], "c/x.md"),
    ("origin.md", ["a/x.md", "b/c/x.md", "x.md"], "x.md"),
    ("origin.md", ["bb/x.md", "a/b/x.md", "c/x.md"], "c/x.md"),
]


@pytest.mark.parametrize(("origin", "paths", "nearest"), NEAREST)
def test_among_several_the_nearest_wins_and_the_others_are_named(
    origin: str, paths: list[str], nearest: str
) -> None:
    for order in (paths, paths[::-1]):
        found = Resolver(note_of(path) for path in order).resolve("X", NotePath(origin))
        assert found is not None
        assert found.path == nearest
        assert sorted((found.path, *found.others)) == sorted(paths)


def test_a_path_at_the_root_goes_before_a_nearer_note_of_that_name() -> None:
    found = Resolver([note_of("x.md"), note_of("a/x.md")]).resolve("x", NotePath("a/origin.md"))
    assert found == Resolution(NotePath("x.md"), Step.PATH)


def test_several_aliases_of_one_note_do_not_make_a_link_ambiguous() -> None:
    note = note_of("a.md", with_fields("title: One name", "aliases: [Other name, other-name, One name]"))
    for target in ("other name", "one name"):
        found = Resolver([note]).resolve(target, ROOT)
        assert found is not None
        assert found.others == ()


_PARTS = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
_STEMS = (_PARTS | st.sampled_from(["a", "A", "é", "e\u0301", "x y", "x-y", "x_y", "map"])).filter(
    lambda stem: stem == stem.strip() and stem[0] != "." and stem == without_suffix(stem)
)
_FOLDERS = st.sampled_from(["", "a/", "b/", "a/b/", "inbox/queue/", "docs/claims/"])
_FRONTS = st.sampled_from(["", *(with_fields(f"{name}: [a, x y]") for name in ("title", "aliases"))])
_NOTES = st.lists(
    st.builds(lambda folder, stem, text: note_of(f"{folder}{stem}.md", text), _FOLDERS, _STEMS, _FRONTS),
    unique_by=lambda note: note.path,
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(_NOTES, _FOLDERS)
def test_a_path_always_finds_its_own_note(notes: list[Note], folder: str) -> None:
    resolver = Resolver(notes)
    for note in notes:
        for path in (note.path, f"/{note.path}", note.path.removesuffix(".md")):
            found = resolver.resolve(path, NotePath(f"{folder}origin.md"))
            assert found == Resolution(note.path, Step.PATH)


@settings(deadline=None)
@given(_NOTES)
def test_a_stem_that_is_no_others_finds_its_note_and_one_of_several_is_among_them(notes: list[Note]) -> None:
    resolver = Resolver(notes)
    for note in notes:
        same = {other.path for other in notes if other.stem == note.stem}
        found = resolver.resolve(note.stem, ROOT)
        assert found is not None
        assert found.path in same
        assert {found.path, *found.others} in (same, {f"{note.stem}.md"})


@settings(deadline=None)
@given(_NOTES, _FOLDERS, st.data())
def test_the_order_of_notes_never_matters(notes: list[Note], folder: str, data: st.DataObject) -> None:
    origin = NotePath(f"{folder}origin.md")
    shuffled = Resolver(data.draw(st.permutations(notes)))
    for note in notes:
        for target in (note.path, note.stem, note.title, note.stem.upper(), *note.aliases):
            assert shuffled.resolve(target, origin) == Resolver(notes).resolve(target, origin)


@given(st.text(), st.text())
def test_no_target_raises(target: str, origin: str) -> None:
    found = RESOLVER.resolve(target, NotePath(origin))
    assert found is None or found.path in {note.path for note in NOTES}


@given(st.lists(st.sampled_from(["x.md", "a/x.md", "a/b/x.md", "b/x.md"])), _FOLDERS)
def test_nearness_orders_all_paths_and_drops_repeats(paths: list[str], folder: str) -> None:
    found = nearest_first([NotePath(path) for path in paths], folder.rstrip("/"))
    assert sorted(found) == sorted(set(paths))


@given(
    st.lists(st.from_regex(r"([ab]{1,2}/){0,4}x{1,3}\.md", fullmatch=True), min_size=1, max_size=20),
    st.from_regex(r"([ab]{1,2}/){0,4}", fullmatch=True),
)
def test_of_very_many_the_same_one_is_nearest_as_of_few(paths: list[str], folder: str) -> None:
    notes = [NotePath(path) for path in paths]
    crowd = Crowd(notes).from_folder(folder.rstrip("/"))
    few = nearest_first(notes, folder.rstrip("/"))
    assert (crowd[0], len(crowd), len(crowd[1:])) == (few[0], len(few), len(few) - 1)
    assert list(crowd[1:]) == sorted(few[1:])
    assert [*crowd] == [crowd[0], *crowd[1:]]


def test_a_name_that_very_many_notes_have_means_the_one_beside_and_tells_of_all() -> None:
    number = FEW * 3
    resolver = Resolver([note_of(f"d{folder}/a.md") for folder in range(number)])
    found = resolver.resolve("a", NotePath("d7/origin.md"))
    assert found is not None
    assert (found.path, len(found.others), found.is_ambiguous) == ("d7/a.md", number - 1, False)
    assert "d7/a.md" not in found.others
    elsewhere = resolver.resolve("a", NotePath("elsewhere/origin.md"))
    assert elsewhere is not None
    assert (elsewhere.path, elsewhere.is_ambiguous) == ("d0/a.md", True)


def attachments(*paths: str) -> AttachmentResolver:
    return AttachmentResolver(NotePath(path) for path in paths)


ATTACHED: Iterable[tuple[str, bool, str | None]] = [
    ("a.png", False, "docs/a.png"),
    ("./a.png", False, "docs/a.png"),
    ("../media/b.png", False, "media/b.png"),
    ("media/b.png", False, "media/b.png"),
    ("/media/b.png", False, "media/b.png"),
    ("b.png", False, None),
    ("b.png", True, "media/b.png"),
    ("B.PNG", True, "media/b.png"),
    ("old/b.png", True, "media/b.png"),
    ("twice.png", True, "docs/pictures/twice.png"),
    ("../../../etc/passwd", False, None),
    ("", True, None),
]


@pytest.mark.parametrize(("target", "by_name", "path"), ATTACHED)
def test_a_picture_is_found_by_path_and_embeds_find_it_by_its_name(
    target: str, by_name: bool, path: str | None
) -> None:
    resolver = attachments("docs/a.png", "media/b.png", "media/twice.png", "docs/pictures/twice.png")
    assert resolver.resolve(target, NotePath("docs/note.md"), by_name) == path


@pytest.mark.parametrize(
    ("origin", "target", "found"),
    [
        ("domains/a/x.md", "_map", ("domains/a/_map.md", False)),
        ("domains/c/x.md", "_map", ("domains/a/_map.md", True)),
        ("domains/c/x.md", "b/_map", ("domains/b/_map.md", False)),
        ("domains/c/x.md", "domains/b/_map.md", ("domains/b/_map.md", False)),
        ("domains/a/x.md", "c/_map", None),
        ("domains/a/x.md", "old/place/x", ("domains/a/x.md", False)),
    ],
)
def test_a_map_is_the_one_of_its_folder_and_no_other(
    origin: str, target: str, found: tuple[str, bool] | None
) -> None:
    notes = [note_of(path) for path in ("domains/a/_map.md", "domains/b/_map.md", "domains/a/x.md")]
    resolved = Resolver(notes).resolve(target, NotePath(origin))
    assert (resolved and (resolved.path, resolved.is_ambiguous)) == found
