"""Notes made to stall a build: each is rendered within its limits or shown as text, and harms no other."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from codex_publisher.markdown.limits import MEGABYTE, Limits
from codex_publisher.model import rules
from codex_publisher.model.codex import Codex
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.engines import Engine
from codex_publisher.repository.loading import load_codex
from codex_publisher.repository.rendering import outline_all, render_all
from support.enormous import HOSTILE
from support.sites import write_codex
from support.small_codex import SMALL_CODEX

PATHS = {name: NotePath(f"docs/hostile/{name.replace(' ', '-')}.md") for name in HOSTILE}


@pytest.fixture(scope="module")
def bodies() -> Mapping[str, str]:
    return {name: make() for name, make in HOSTILE.items()}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, bodies: Mapping[str, str]) -> Codex:
    """The small codex with every hostile note in it."""
    folder = tmp_path_factory.mktemp("attacked")
    write_codex(folder, {**SMALL_CODEX, **{PATHS[name]: body for name, body in bodies.items()}})
    return load_codex(folder, (), frozenset(), ())


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_rendered_within_its_limits_or_shown_as_text_and_said_once(
    attacked: Codex, bodies: Mapping[str, str], name: str
) -> None:
    path, body = PATHS[name], bodies[name]
    document = attacked.documents[path]
    told = [problem for problem in attacked.problems if problem.path == path]
    as_text = [problem for problem in told if problem.rule is rules.RENDERED_AS_TEXT]
    assert bool(document.fallback) == (len(as_text) == 1)
    if document.fallback:
        # Every character that has a meaning in HTML is written out.
        assert document.html.startswith('<pre class="codex-plain">')
        assert len(document.html) <= 6 * len(body) + 100
        assert not document.links
        assert not document.headings
        first = attacked.notes[path].body_line
        assert first <= as_text[0].line <= first + body.count("\n")
        assert document.fallback in as_text[0].message
        # What else is said is of its front matter.
        assert len(told) == 1 or attacked.notes[path].problems
    else:
        assert len(document.html) <= 20 * len(body) + 65_536
        assert len(document.links) <= 10_000
    # A rule that is broken again and again in front matter is told of once. What is told of the text's own
    # lines is bounded by the limits on its links.
    of_fields = [problem.code for problem in told if problem.line < attacked.notes[path].body_line]
    assert len(of_fields) == len(set(of_fields))
    assert len(told) <= 100


@pytest.mark.parametrize("name", ["ten thousand headings", "a line of a megabyte", "quotation marks"])
def test_what_takes_longer_than_it_may_is_shown_as_text(attacked: Codex, name: str) -> None:
    limits = Limits(seconds=0.02)
    with Engine(2, limits=limits) as engine:
        documents = render_all([attacked.notes[PATHS[name]], *_victims(attacked)], engine)
    assert documents[PATHS[name]].fallback == "rendering it takes more than 0.02 seconds"
    assert all(documents[note.path] == attacked.documents[note.path] for note in _victims(attacked))


def test_no_other_note_is_touched(attacked: Codex, tmp_path: Path) -> None:
    alone = load_codex(write_codex(tmp_path, SMALL_CODEX), (), frozenset(), ())
    assert alone.documents
    for path, document in alone.documents.items():
        assert attacked.documents[path] == document
        assert attacked.notes[path] == alone.notes[path]


@pytest.mark.parametrize("name", ["a line of a megabyte", "ten thousand headings", "quotation marks"])
def test_what_takes_more_memory_than_it_may_is_shown_as_text(
    attacked: Codex, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Have new interpreters do it: a fork of this one may use what memory other tests have left free in it.
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    limits = Limits(memory=8 * MEGABYTE)
    victims = _victims(attacked)
    with Engine(2, limits=limits) as engine:
        documents = render_all([*victims, attacked.notes[PATHS[name]], *victims], engine)
        outlines = outline_all([attacked.notes[PATHS[name]]], engine)
    assert documents[PATHS[name]].fallback == limits.too_large
    assert documents[PATHS[name]] == outlines[PATHS[name]]
    assert all(documents[note.path] == attacked.documents[note.path] for note in victims)


def _victims(codex: Codex) -> list[Note]:
    return [codex.notes[path] for path in map(NotePath, SMALL_CODEX) if path in codex.notes]
