"""What was made of notes is found again by what stands in their files, and is the same as made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codex_publisher.markdown.render import render
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository import loading
from codex_publisher.repository.loading import known_or_made
from codex_publisher.repository.notebook import OUTLINED, RENDERED, Notebook
from codex_publisher.repository.store import Store

NOTE = b"---\ntype: claim\ntags: [a]\n---\n\n# One\n\nSee [[two]].\n"


def _contents(**texts: bytes) -> dict[NotePath, bytes]:
    return {NotePath(f"{name}.md"): text for name, text in texts.items()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies that are rendered from here on."""
    bodies: list[str] = []

    def spy(text: str, first_line: int = 1, title: str = "") -> object:
        bodies.append(text)
        return render(text, first_line, title)

    monkeypatch.setattr(loading, "render", spy)
    return bodies


def test_only_what_has_changed_is_rendered_again(store: Store, rendered: list[str]) -> None:
    notebook = Notebook(store, RENDERED)
    known_or_made(_contents(one=NOTE, two=b"Two"), notebook)
    rendered.clear()
    for book in (notebook, Notebook(store, RENDERED)):
        known_or_made(_contents(one=NOTE, two=b"Two, too", three=b"Three"), book)
    assert rendered == ["Two, too", "Three"]


def test_the_same_text_elsewhere_is_another_note(store: Store) -> None:
    entries = known_or_made(_contents(one=b"Text"), Notebook(store, RENDERED))
    moved = known_or_made(_contents(other=b"Text"), Notebook(store, RENDERED))
    assert [entry.note.title for entry in (*entries.values(), *moved.values())] == ["One", "Other"]


def test_outlines_are_not_taken_for_renderings(store: Store) -> None:
    Notebook(store, OUTLINED).keep(
        known_or_made(_contents(one=NOTE), Notebook(Store(None), RENDERED)).values()
    )
    assert Notebook(store, RENDERED).recall(_contents(one=NOTE)) == {}


def test_another_version_of_the_program_begins_anew(
    store: Store, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known_or_made(_contents(one=NOTE), Notebook(store, RENDERED))
    monkeypatch.setattr("codex_publisher.repository.program.version", lambda library: "99")
    known_or_made(_contents(one=NOTE), Notebook(store, RENDERED))
    assert len(rendered) == 2


_TEXTS = st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-16"))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), _TEXTS), st.booleans())
def test_what_is_found_again_is_what_would_be_made(texts: dict[str, bytes], with_fields: bool) -> None:
    head = b"---\ntitle: x\n---\r\n" if with_fields else b""
    contents = _contents(**{name: head + text for name, text in texts.items()})
    kept = _Memory()
    made = known_or_made(contents, Notebook(kept, RENDERED))
    assert Notebook(kept, RENDERED).recall(contents) == made


class _Memory(Store):
    """A store without a file, so that each example has its own."""

    def __init__(self) -> None:
        super().__init__(None)
        self._values: dict[bytes, bytes] = {}

    def recall(self, digests: object) -> dict[bytes, bytes]:
        return {digest: self._values[digest] for digest in digests if digest in self._values}  # type: ignore[attr-defined]

    def keep(self, values: object) -> None:
        self._values.update(values)  # type: ignore[call-overload]
