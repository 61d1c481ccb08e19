"""Notes that may be one and the same, in pairs."""

from __future__ import annotations

from collections.abc import Mapping

import html5lib

from codex_publisher.model.policy import Policy
from codex_publisher.site.history import History
from codex_publisher.site.plan import plan
from codex_publisher.site.related import Related
from codex_publisher.site.render import Renderer
from codex_publisher.site.similar import Similar
from codex_publisher.site.views import DuplicatesView
from support.notes import with_fields
from support.sites import codex_of
from support.views import TODAY, settings

FILES = {
    "claims/short naps improve recall in adults.md": with_fields("type: claim", "created: 2026-03-01"),
    "claims/short naps improve recall in the adult.md": with_fields("type: claim"),
    "claims/sleep.md": with_fields("type: claim", "title: Sleep is when memory is made"),
    "domains/sleep/sleep.md": with_fields("type: claim", "title: Memory is made in dreams"),
    "entities/lab.md": with_fields("type: entity", "title: The lab"),
    "entities/the-bakery.md": with_fields("type: entity", "title: A bakery"),
}
NAPS = ("claims/short naps improve recall in adults.md", "claims/short naps improve recall in the adult.md")
NAMESAKES = ("claims/sleep.md", "domains/sleep/sleep.md")
LABS = ("entities/lab.md", "entities/the-bakery.md")


def _pages(
    files: Mapping[str, str], alike: Mapping[str, tuple[Similar, ...]] | None = None, **changes: object
) -> list[DuplicatesView]:
    codex = codex_of(files, policy=changes.get("policy"))  # type: ignore[arg-type]
    related = Related(codex, lambda: alike) if alike is not None else None
    planned = plan(codex, settings(**changes), History(), related)
    views = [page.make_view() for page in planned if page.permalink.startswith("duplicates/")]
    return [view for view in views if isinstance(view, DuplicatesView)]


def _shown(view: DuplicatesView) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (group.title, [(pair.one.path, pair.other.path) for pair in group.pairs]) for group in view.groups
    ]


def test_pairs_stand_under_what_they_have_in_common() -> None:
    (view,) = _pages(FILES)
    assert view.summary == "2 pairs, in the order of their files."
    assert _shown(view) == [("The same name", [NAMESAKES]), ("The same title, or nearly", [NAPS])]
    one = view.groups[1].pairs[0].one
    assert (one.note.to, one.facts) == (
        "claims/short-naps-improve-recall-in-adults/",
        ("claim", "1 March 2026"),
    )


def test_notes_with_nearly_the_same_text_stand_there_once_whoever_is_like_whom() -> None:
    alike = {
        LABS[0]: (Similar(LABS[1], 0.95, ()), Similar(NAPS[0], 0.5, ("naps",))),
        LABS[1]: (Similar(LABS[0], 0.95, ()),),
        NAPS[1]: (Similar(NAPS[0], 0.99, ()),),
    }
    (view,) = _pages(FILES, alike)
    assert view.summary == "3 pairs, in the order of their files."
    assert _shown(view)[2] == ("Nearly the same text", [LABS])
    also = [pair.also for group in view.groups for pair in group.pairs]
    assert also == ["", "Their texts are nearly the same too.", ""]


def test_the_list_goes_over_several_pages_and_texts_are_on_the_first() -> None:
    files = {f"{folder}/{number}.md": with_fields("type: claim") for folder in "ab" for number in range(25)}
    alike = {"a/1.md": (Similar("b/2.md", 1.0, ()),)}
    views = _pages(files, alike, notes_per_page=10)
    assert [view.permalink for view in views] == ["duplicates/", "duplicates/page/2/", "duplicates/page/3/"]
    assert [[len(group.pairs) for group in view.groups] for view in views] == [[10, 1], [10], [5]]


def test_what_the_settings_leave_out_is_left_out_here() -> None:
    (view,) = _pages(FILES, policy=Policy(TODAY, ignored=frozenset({"N"})))
    assert view.groups == ()
    assert view.empty == "No two notes have the same name, nearly the same title or nearly the same text."
    assert view.empty in Renderer().render(view)


def test_titles_and_paths_are_shown_and_never_run() -> None:
    hostile = '"><script>alert(1)<img src=x onerror=alert(1)>'
    files = {f"{folder}/{hostile}.md": with_fields(f"title: '{hostile}'", "type: claim") for folder in "ab"}
    (view,) = _pages(files)
    page = html5lib.parse(Renderer().render(view), namespaceHTMLElements=False)
    assert not [*page.iter("script"), *page.iter("img")]
    assert [code.text for code in page.iter("code")] == list(files)
