"""A site with notes that are made to stall its build: it is built, and the others' pages are the same."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from support.built import Built, built, contents
from support.enormous import HOSTILE
from support.sites import write_codex
from support.small_codex import SMALL_CODEX

ATTACKS = (
    "ten megabytes of paragraphs",
    "a hundred thousand links",
    "ampersands",
    "elements a hundred thousand deep",
    "ten thousand headings",
    "aliases that multiply",
)
RENDERED = ("ten thousand headings", "aliases that multiply")
FRONT_MATTER = "---\ntype: claim\ntitle: One of the others\n---\n\n"


def _site(folder: Path, bodies: dict[str, str]) -> Built:
    notes = {
        f"docs/claims/attack {number}.md": body if body.startswith("---") else FRONT_MATTER + body
        for number, body in enumerate(bodies.values())
    }
    return built(write_codex(folder / "codex", {**SMALL_CODEX, **notes}), folder / "site")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _site(tmp_path_factory.mktemp("attacked"), {name: HOSTILE[name]() for name in ATTACKS})


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _site(tmp_path_factory.mktemp("harmless"), dict.fromkeys(ATTACKS, "Words.\n"))


def test_the_pages_of_the_other_notes_are_the_same_to_the_byte(attacked: Built, harmless: Built) -> None:
    found, wanted = contents(attacked.site), contents(harmless.site)
    folders = {
        name.removesuffix("index.md")
        for name in wanted
        if name.endswith("/index.md") and "attack" not in name
    }
    assert len(folders) > 5
    others = [name for name in wanted if name[: name.rfind("/") + 1] in folders]
    assert len(others) >= 3 * len(folders)
    assert {name: found[name] for name in others} == {name: wanted[name] for name in others}


def test_each_of_them_has_its_page_with_all_of_its_text(attacked: Built) -> None:
    for number, name in enumerate(ATTACKS):
        # Not as a tree: the parser that tests have leaves out so long a text.
        page = (attacked.site / f"claims/attack-{number}" / "index.html").read_text("utf-8")
        is_plain = '<pre class="codex-plain">' in page
        assert is_plain == (name not in RENDERED)
        if is_plain:
            assert escape(HOSTILE[name]().strip()) in page


def test_each_that_is_shown_as_text_is_told_of_with_its_file_and_line(attacked: Built) -> None:
    told = [
        re.match(r"WARNING (.*\.md):(\d+):(\d+): S106 ", line) for line in attacked.said if "S106" in line
    ]
    places = {found[1]: (int(found[2]), int(found[3])) for found in told if found}
    assert len(places) == len(told)
    expected = [number for number, name in enumerate(ATTACKS) if name not in RENDERED]
    assert list(places) == [f"docs/claims/attack {number}.md" for number in expected]
    for path, (line, column) in places.items():
        written = (attacked.site.parent / "codex" / path).read_text("utf-8").split("\n")
        assert 5 <= line <= len(written)
        assert 1 <= column <= len(written[line - 1]) + 1
    assert places["docs/claims/attack 0.md"][0] > 100_000
