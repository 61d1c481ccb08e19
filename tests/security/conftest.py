"""What the tests of hostile notes share: one site, built once."""

from __future__ import annotations

import pytest

from support.built import Built, built
from support.hostile.codex import SETTINGS, hostile_codex
from support.hostile.inspection import Finding, inspector_of
from support.sites import write_codex


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of a codex in which every payload stands in every place of a note."""
    folder = tmp_path_factory.mktemp("hostile")
    return built(write_codex(folder / "codex", hostile_codex()), folder / "site", **SETTINGS)


@pytest.fixture(scope="session")
def findings(hostile: Built) -> list[Finding]:
    """What is found on the pages of that site, which are looked at once."""
    return inspector_of(hostile.site).inspect_all()
