"""Small views and the HTML they become. `pytest --update-golden` writes the expected files anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from codex_publisher.site.render import Renderer
from support.small_views import VIEWS

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_is_written_as_it_should_be(name: str, update_golden: bool) -> None:
    html = Renderer().render(VIEWS[name]) + "\n"
    expected = GOLDEN / f"{name}.html"
    if update_golden:
        expected.write_text(html, "utf-8")
    assert html == expected.read_text("utf-8")


def test_every_expected_page_has_its_view(update_golden: bool) -> None:
    if not update_golden:
        assert {path.stem for path in GOLDEN.iterdir()} == VIEWS.keys()
