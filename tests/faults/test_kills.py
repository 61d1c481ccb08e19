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
    # Two at a time: one knows what was made before, also by the other; the other makes all anew, which takes
    # more changes. Each file of the new site is one, and likewise each of the old site, which is removed.
    sites = {site: {}, Path(shutil.copytree(site, site.with_name("site too"))): {"CODEX_CACHE": "false"}}
    random = Random(SEED)  # noqa: S311  # no secret
    moments = _moments(random, changes=len(good[0]) * 3 // 2, seconds=2)
    killed, number = 0, 0
    while killed < KILLS:
        number += 1
        settings, expected = projects[number % 2], good[number % 2]
        strikes = list(islice(moments, len(sites)))
        orders = [
            Order(settings, place, environment=world, **strike)
            for (place, world), strike in zip(sites.items(), strikes, strict=True)
        ]
        killed += sum(one.code == -9 for one in builds.build(*orders))
        for place, strike in zip(sites, strikes, strict=True):
            assert contents(place) in good, f"the site is not whole after {strike}"
        if number % ROUNDS_UNTIL_A_WHOLE_BUILD == 0 or killed >= KILLS:
            ended = builds.build(
                *(Order(settings, place, environment=world) for place, world in sites.items())
            )
            assert [(one.code, one.said) for one in ended] == [(0, "")] * len(sites)
            assert [contents(place) for place in sites] == [expected] * len(sites)
            assert sorted(site.parent.iterdir()) == list(sites)
    assert number < KILLS * 2
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
