"""What the theme and the program must say alike, since each says it in its own language."""

from __future__ import annotations

import re

import pytest

from codex_publisher.model.facets import COLOURS
from codex_publisher.site.explore_view import FEW
from support.projects import THEME

ASSETS = THEME / "assets"


def _number(script: str, name: str) -> int:
    text = (ASSETS / "javascripts" / script).read_text("utf-8")
    (found,) = re.findall(rf"^const {name} = (\d+);", text, re.MULTILINE)
    return int(found)


def test_the_picture_of_the_graph_knows_all_colours() -> None:
    assert _number("codex-graph.js", "HUES") == COLOURS


@pytest.mark.parametrize(
    "pattern", [r"^\s*--codex-hue-(\d+): #", r"^\.codex-hue-(\d+) \{ --codex-hue: var\(--codex-hue-\1\)"]
)
def test_the_styles_have_each_colour(pattern: str) -> None:
    style = (ASSETS / "stylesheets" / "codex.css").read_text("utf-8")
    found = [int(number) for number in re.findall(pattern, style, re.MULTILINE)]
    assert sorted(set(found)) == list(range(1, COLOURS + 1))


def test_explore_shows_as_many_values_before_and_after_its_script_ran() -> None:
    assert _number("explore.js", "few") == FEW
