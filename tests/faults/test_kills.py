"""Builds that are killed: the last good site stays whole, the next build is right, and nothing is left."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from support.built import contents
from support.struck import Builder, Order, Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

KILLS = 50
SEED = 2026
ROUNDS_UNTIL_A_WHOLE_BUILD = 8


def _moments(random: Random, changes: int, seconds: float) -> Iterator[dict[str, Any]]:
    """When a build is killed: mostly at a change of the disk, sometimes by the clock."""
    while True:
        for _ in range(4):
            yield {"strike": "kill", "at": random.randint(1, changes)}
        yield {"after": random.uniform(0.01, seconds)}


def test_after_fifty_kills_at_any_moment_the_last_good_site_is_whole_and_the_next_build_right(
    builds: Builder, projects: tuple[Path, Path], good: tuple[Site, Site], site: Path, struck: Path
) -> None:
    # Two at a time, which share what is kept from build to build.
    sites = [site, Path(shutil.copytree(site, site.with_name("site too")))]
    # A file is written in at least one step, and then that of the old site is removed.
    random = Random(SEED)  # noqa: S311  # no secret
    moments = _moments(random, changes=2 * len(good[0]), seconds=3)
    killed = 0
    for number in range(KILLS // len(sites)):
        settings = projects[1 - number % 2]
        strikes = list(islice(moments, len(sites)))
        orders = [Order(settings, place, **strike) for place, strike in zip(sites, strikes, strict=True)]
        killed += sum(one.code == -9 for one in builds.build(*orders))
        for place, strike in zip(sites, strikes, strict=True):
            assert contents(place) in good, f"the site is not whole after {strike}"
        if number % ROUNDS_UNTIL_A_WHOLE_BUILD == 0:
            ended = builds.build(*(Order(settings, place) for place in sites))
            assert [(one.code, one.said) for one in ended] == [(0, "")] * len(sites)
            assert [contents(place) for place in sites] == [good[1 - number % 2]] * len(sites)
            assert sorted(site.parent.iterdir()) == sites
    # Some were done before the clock struck.
    assert killed >= KILLS * 4 // 5
    assert builds.left_processes() == []
    assert list((struck / "tmp").iterdir()) == []


@pytest.mark.parametrize("is_the_next_one_killed", [True, False])
def test_where_two_folders_cannot_be_exchanged_at_once_the_next_build_puts_the_old_site_back(
    is_the_next_one_killed: bool,
    builds: Builder,
    projects: tuple[Path, Path],
    good: tuple[Site, Site],
    site: Path,
) -> None:
    (killed,) = builds.build(Order(projects[1], site, "kill", on="away", in_two_steps=True))
    assert (killed.code, contents(site)) == (-9, good[0])
    (killed,) = builds.build(Order(projects[1], site, "kill", on="into", in_two_steps=True))
    assert (killed.code, site.exists()) == (-9, False)
    if is_the_next_one_killed:
        (killed,) = builds.build(Order(projects[1], site, "kill", len(good[1]) // 2, in_two_steps=True))
        assert (killed.code, contents(site)) == (-9, good[0])
    (ended,) = builds.build(Order(projects[1], site, in_two_steps=True))
    assert (ended.code, ended.said, contents(site)) == (0, "", good[1])
    assert [path.name for path in site.parent.iterdir()] == ["site"]
