"""The codex as a graph, and a place for every note that hardly moves when another note is added.

Force-directed layouts settle into an altogether different picture when one note comes or goes: with
Fruchterman-Reingold the mean note of a real codex moved by up to a fifth of the picture. Here each note has a
place of its own, from its path and its domain, from which its neighbours draw it by a fixed share. That is a
contraction, so what one note adds dies out within a few links. Its time grows with notes and links.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

Point = tuple[float, float]
OWN_SHARE: Final = 0.4
"""How much a note keeps to its own place; the rest is drawn to its neighbours."""
OTHER_DOMAIN: Final = 0.4
"""How much a neighbour of another domain draws, against one of the same."""
DRAWING_STEPS: Final = 20
PARTING_STEPS: Final = 24
DISTANCE: Final = 1.3
"""How far apart two notes with few links are kept."""
WIDEST: Final = 2.2 * DISTANCE
DOMAIN_STEPS: Final = 200
LEAP: Final = 1.4
"""How many times more notes a domain must have before its disc grows."""
SMALL_GROUP: Final = 8
"""Domains of fewer notes than this have discs of one size."""


def layout(
    names: Sequence[str], groups: Sequence[str], links: Iterable[tuple[int, int]]
) -> tuple[Point, ...]:
    """A place for each node, given its name, its group and the pairs of nodes that are linked."""
    near: list[dict[int, None]] = [{} for _ in names]
    for one, other in links:
        if one != other:
            near[one][other] = near[other][one] = None
    own = _own_places(names, groups)
    return _parted(_drawn(own, groups, near), [len(others) for others in near])


def _fractions(text: str) -> tuple[float, float]:
    """Two numbers from 0 to 1 that depend on nothing but the text."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return int.from_bytes(digest[:8], "big") / 2**64, int.from_bytes(digest[8:], "big") / 2**64


def _own_places(names: Sequence[str], groups: Sequence[str]) -> list[Point]:
    sizes: dict[str, int] = defaultdict(int)
    for group in groups:
        sizes[group] += 1
    radii = {group: _radius(sizes[group]) for group in sorted(sizes)}
    centres = _centres(radii)
    places = []
    for name, group in zip(names, groups, strict=True):
        share, turn = _fractions(name)
        radius = (radii[group] - 1) * math.sqrt(share)
        x, y = centres[group]
        places.append((x + radius * math.cos(math.tau * turn), y + radius * math.sin(math.tau * turn)))
    return places


def _radius(size: int) -> float:
    """The radius of a domain's disc. It grows by leaps, so that hardly any new note makes the discs move."""
    steps = math.ceil(math.log(max(size, SMALL_GROUP)) / math.log(LEAP) - 1e-9)
    return math.sqrt(LEAP**steps) + 1.5


_MANY_GROUPS: Final = 200


def _centres(radii: Mapping[str, float]) -> dict[str, Point]:
    """A disc for each group, in a direction of its own, drawn to the middle as far as the others let it."""
    whole = math.sqrt(sum(radius * radius for radius in radii.values()))
    places: list[list[float]] = []
    for group in radii:
        turn, share = _fractions(f"group {group}")
        distance = whole * (0.8 if len(radii) <= _MANY_GROUPS else 1.6 * math.sqrt(share))
        places.append([distance * math.cos(math.tau * turn), distance * math.sin(math.tau * turn)])
    sizes = list(radii.values())
    # Every pair is looked at, so a codex of very many domains is left where the directions put them.
    for _ in range(DOMAIN_STEPS if len(sizes) <= _MANY_GROUPS else 0):
        for place in places:
            place[0] *= 0.985
            place[1] *= 0.985
        for at, one in enumerate(places):
            for before in range(at):
                _part_discs(one, places[before], sizes[at], sizes[before])
    return {group: (place[0], place[1]) for group, place in zip(radii, places, strict=True)}


def _part_discs(one: list[float], other: list[float], radius: float, radius_of_other: float) -> None:
    across, down = one[0] - other[0], one[1] - other[1]
    distance = math.hypot(across, down) or 1e-9
    overlap = radius + radius_of_other - distance
    if overlap <= 0:
        return
    # The smaller gives way.
    give = 0.5 * overlap / distance
    share = radius_of_other / (radius + radius_of_other)
    one[0] += across * give * share
    one[1] += down * give * share
    other[0] -= across * give * (1 - share)
    other[1] -= down * give * (1 - share)


def _drawn(own: list[Point], groups: Sequence[str], near: Sequence[Mapping[int, None]]) -> list[Point]:
    """Each node between its own place and its neighbours'; a neighbour with many links draws less."""
    pulls: list[list[tuple[int, float]]] = []
    for node, others in enumerate(near):
        weights = [
            (1.0 if groups[other] == groups[node] else OTHER_DOMAIN) / math.sqrt(len(near[other]))
            for other in others
        ]
        whole = sum(weights) / (1 - OWN_SHARE)
        pulls.append([(other, weight / whole) for other, weight in zip(others, weights, strict=True)])
    places = own
    for _ in range(DRAWING_STEPS):
        following = []
        for node, pull in enumerate(pulls):
            keep = OWN_SHARE if pull else 1.0
            x, y = own[node][0] * keep, own[node][1] * keep
            for other, weight in pull:
                x += weight * places[other][0]
                y += weight * places[other][1]
            following.append((x, y))
        places = following
    return places


def _parted(places: list[Point], degrees: Sequence[int]) -> tuple[Point, ...]:
    """Nodes that lie too near one another, pushed apart; those with many links get more room."""
    room = [DISTANCE * (0.375 + 0.12 * math.sqrt(degree)) for degree in degrees]
    for _ in range(PARTING_STEPS):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for node, (x, y) in enumerate(places):
            cells[math.floor(x / WIDEST), math.floor(y / WIDEST)].append(node)
        moved = [[x, y] for x, y in places]
        for (column, line), inside in cells.items():
            for across, down in ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)):
                beside = cells.get((column + across, line + down), ())
                is_same = not (across or down)
                for at, one in enumerate(inside):
                    x, y = places[one]
                    for other in inside[at + 1 :] if is_same else beside:
                        dx, dy = x - places[other][0], y - places[other][1]
                        least = min(room[one] + room[other], WIDEST)
                        square = dx * dx + dy * dy
                        if square < least * least:
                            distance = math.sqrt(square) or 1e-9
                            push = 0.3 * (least - distance) / distance
                            moved[one][0] += dx * push
                            moved[one][1] += dy * push
                            moved[other][0] -= dx * push
                            moved[other][1] -= dy * push
        places = [(x, y) for x, y in moved]
    return tuple(places)
