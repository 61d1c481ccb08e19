"""What a note's page says of notes that are like it and not linked with it."""

from __future__ import annotations

import pytest

from codex_publisher.model.slugs import NotePath
from codex_publisher.site import related
from codex_publisher.site.background import Background
from codex_publisher.site.history import History
from codex_publisher.site.plan import plan
from codex_publisher.site.related import relate
from codex_publisher.site.render import Renderer
from codex_publisher.site.views import NoteView
from support.notes import with_fields
from support.sites import codex_of
from support.views import settings

NAPS = "Short naps consolidate declarative memory through hippocampal spindles in slow sleep.\n"
AGAIN = "Hippocampal spindles during naps predict which declarative memory survives sleep.\n"
FILES = {
    "claims/a.md": with_fields("type: claim", "title: Naps help", body=NAPS),
    "claims/b.md": with_fields(
        "type: claim", "title: Spindles <b>predict</b> recall", "domain: sleep", body=AGAIN
    ),
    "claims/c.md": with_fields("type: claim", "title: Bread", body="Sourdough keeps its crust for days.\n"),
    "claims/d.md": with_fields("type: claim", "title: Tides", body="Spring tides flood estuaries.\n"),
}


def _page(files: dict[str, str], path: str) -> NoteView:
    codex = codex_of(files)
    background = Background()
    try:
        pages = plan(codex, settings(), History(), relate(codex, background))
        view = next(page for page in pages if page.permalink == codex.permalinks[NotePath(path)]).make_view()
    finally:
        background.close()
    assert isinstance(view, NoteView)
    return view


def test_a_note_names_those_like_it_with_kind_domain_and_why() -> None:
    (found,) = _page(FILES, "claims/a.md").related
    assert (found.title, found.to, found.facts) == (
        "Spindles <b>predict</b> recall",
        "claims/b/",
        ("claim", "sleep"),
    )
    assert found.why.startswith("Both speak of ")
    assert " and " in found.why
    assert _page(FILES, "claims/c.md").related == ()


@pytest.mark.parametrize("linking", ["claims/a.md", "claims/b.md"])
def test_a_link_in_either_direction_ends_it(linking: str) -> None:
    other = "b" if linking == "claims/a.md" else "a"
    files = {**FILES, linking: f"{FILES[linking]}\nSee [[{other}]].\n"}
    assert _page(files, "claims/a.md").related == ()
    assert _page(files, "claims/b.md").related == ()


def test_a_copy_is_called_one() -> None:
    files = {**FILES, "claims/e.md": with_fields("type: claim", "title: Naps help", body=NAPS)}
    assert [found.why for found in _page(files, "claims/e.md").related][:1] == ["Nearly the same text."]


def test_many_notes_are_compared_by_another_process_with_the_same_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = _page(FILES, "claims/a.md").related
    monkeypatch.setattr(related, "FEW_NOTES", 0)
    assert _page(FILES, "claims/a.md").related == here != ()


def test_the_page_escapes_what_the_notes_are_called() -> None:
    html = Renderer().render(_page(FILES, "claims/a.md"))
    assert 'id="related"' in html
    assert "Spindles &lt;b&gt;predict&lt;/b&gt; recall" in html
    assert 'id="related"' not in Renderer().render(_page(FILES, "claims/c.md"))
