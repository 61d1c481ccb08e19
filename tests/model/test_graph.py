"""Every note has a place in the graph, always the same, and keeps it when another note is added."""

from __future__ import annotations

import math
import random

import pytest

from codex_publisher.model.graph import DISTANCE, Point, layout


def _codex(count: int, seed: int) -> tuple[list[str], list[str], list[tuple[int, int]]]:
    """Notes of seven domains, each linked to a few earlier ones, most often of its own domain."""
    dice = random.Random(seed)  # noqa: S311
    names = [f"claims/note {at}.md" for at in range(count)]
    groups = [f"domains/{dice.randrange(7)}/" for _ in names]
    links = []
    for at in range(1, count):
        for _ in range(dice.randrange(1, 4)):
            others = [other for other in range(at) if groups[other] == groups[at]] or [0]
            links.append((at, dice.choice(others) if dice.random() < 0.8 else dice.randrange(at)))
    return names, groups, links


def _far(one: Point, other: Point) -> float:
    return math.dist(one, other)


def _width(places: tuple[Point, ...]) -> float:
    across, down = ([place[part] for place in places] for part in (0, 1))
    return math.hypot(max(across) - min(across), max(down) - min(down))


def test_the_same_notes_have_the_same_places() -> None:
    names, groups, links = _codex(200, 1)
    assert layout(names, groups, links) == layout(names, groups, links)


def test_neither_the_order_nor_the_doubling_of_links_matters() -> None:
    names, groups, links = _codex(60, 2)
    one = layout(names, groups, links)
    other = layout(names, groups, [(b, a) for a, b in sorted(links)] + links)
    assert all(_far(*pair) < 1e-6 for pair in zip(one, other, strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_adding_a_note_moves_the_others_by_less_than_a_hundredth_of_the_picture(seed: int) -> None:
    names, groups, links = _codex(400, seed)
    before = layout(names, groups, links)
    dice = random.Random(seed)  # noqa: S311
    more = [(400, dice.randrange(400)) for _ in range(3)]
    after = layout([*names, "claims/a new note.md"], [*groups, groups[more[0][1]]], [*links, *more])
    moved = [_far(*pair) for pair in zip(before, after, strict=False)]
    assert sum(moved) / len(moved) < 0.01 * _width(before)
    assert max(moved) < 0.15 * _width(before)


def test_no_two_notes_lie_on_one_another() -> None:
    names, groups, links = _codex(150, 3)
    places = layout(names, groups, links)
    least = min(_far(places[one], places[other]) for one in range(150) for other in range(one))
    assert least > DISTANCE / 4


def test_linked_notes_lie_nearer_than_others() -> None:
    names, groups, links = _codex(300, 4)
    places = layout(names, groups, links)
    linked = sum(_far(places[one], places[other]) for one, other in links) / len(links)
    dice = random.Random(4)  # noqa: S311
    pairs = [dice.sample(range(300), 2) for _ in range(1000)]
    assert linked < 0.6 * sum(_far(places[one], places[other]) for one, other in pairs) / len(pairs)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_notes_have_places_too(count: int) -> None:
    places = layout(["a", "b"][:count], ["", ""][:count], [(0, 1)] * (count == 2))
    assert len(places) == count
    assert all(math.isfinite(part) for place in places for part in place)


def test_more_domains_than_can_be_compared_with_one_another_are_laid_out_too() -> None:
    names = [f"{at}\udcff" for at in range(600)]
    places = layout(names, names, [(0, 1)])
    assert len(set(places)) == 600
