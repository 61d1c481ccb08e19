"""What the tests of hostile notes share: one site, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from codex_publisher.site.content_policy import policy_of
from support.browser import chromium
from support.built import Built, built
from support.hostile.codex import hostile_codex
from support.hostile.inspection import Inspector
from support.sites import PROJECT, write_codex


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of a codex in which every payload stands in every place of a note."""
    folder = tmp_path_factory.mktemp("hostile")
    return built(write_codex(folder / "codex", hostile_codex()), folder / "site")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests that look at pages."""
    with chromium() as started:
        yield started


def inspector_of(site: Built) -> Inspector:
    """Somebody who looks at every page of a site, and knows which pages are the maintainer's."""
    pages = (f"{path.stem}/index.html" for path in (PROJECT / "docs").glob("*.md"))
    return Inspector(site.site, policy_of([], []), frozenset(pages))
