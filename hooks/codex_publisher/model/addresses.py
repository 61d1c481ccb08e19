"""Where on the site each note, index and attachment is. Two things never share an address."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from codex_publisher.model.facets import FACETS, KIND, Facet
from codex_publisher.model.kinds import FOLDER_STEMS, KINDS, PAGE, Kind
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath, Permalink, Slug, slugify, with_hash

_FACET_ROOTS: Final = frozenset(facet.root for facet in FACETS)
_KIND_PLURALS: Final = frozenset(kind.plural for kind in KINDS)
_STEM_PLURALS: Final = frozenset(kind.plural for kind in KINDS if kind.identified_by_stem)
PRIVATE_ROOTS: Final = frozenset(
    (
        *(PAGE.plural, "queue", "wanted", "orphans", "problems", "browse", "explore", "graph", "new"),
        *("files", "assets", "search", "api"),
    )
)
"""First parts of addresses below which the publisher may put anything, so no note's path begins so."""
GENERATED_ROOTS: Final = _FACET_ROOTS | _KIND_PLURALS | PRIVATE_ROOTS
"""First parts of addresses that the publisher itself uses."""
MAX_PERMALINK: Final = 900
"""Bytes of a whole address; system calls refuse paths of more than 4,096, some of 1,024."""


def permalinks(notes: Iterable[Note], taken: Iterable[str] = ()) -> Mapping[NotePath, Permalink]:
    """An address for every note, each different ignoring case.

    `/<kinds>/<slug>/` for kinds that are identified by their stem, the slugged path for the rest. Where
    several notes come to the same address, the first in path order keeps it and the others get a hash of
    their path; `taken` are addresses (such as `about/`) that no note gets.
    """
    wanting: dict[Permalink, list[Note]] = defaultdict(list)
    for note in sorted(notes, key=lambda note: note.path):
        wanting[usual_address(note)].append(note)
    used = {address.casefold() for address in taken}
    result: dict[NotePath, Permalink] = {}
    clashing: list[tuple[Permalink, Note]] = []
    for address, claimants in wanting.items():
        free = 0 if address in used else 1
        if free:
            used.add(address)
            result[claimants[0].path] = address
        clashing.extend((address, note) for note in claimants[free:])
    for address, note in clashing:
        result[note.path] = _hashed(address, note.path, used)
        used.add(result[note.path])
    return result


def usual_address(note: Note) -> Permalink:
    """The address that a note gets, if no other has it."""
    if note.kind.identified_by_stem:
        return Permalink(f"{note.kind.plural}/{slugify(note.stem)}/")
    return _by_path(note)


def _by_path(note: Note) -> Permalink:
    # `docs/` is where this project and many others keep their notes; it says nothing of the subject.
    *folders, name = note.path.removeprefix("docs/").split("/")
    stem = os.path.splitext(name)[0]
    is_of_folder = folders and stem.casefold() in FOLDER_STEMS
    slugs = [slugify(part) for part in (folders if is_of_folder else (*folders, stem))]
    if _is_generated(slugs):
        slugs.insert(0, Slug(PAGE.plural))
    address = "/".join(slugs) + "/"
    if len(address.encode()) > MAX_PERMALINK:
        address = f"{PAGE.plural}/{with_hash(slugs[-1], note.path)}/"
    return Permalink(address)


def _is_generated(slugs: list[Slug]) -> bool:
    """Whether an index or another generated page might want this address, now or later."""
    root = slugs[0]
    # `index/` would be the front page to MkDocs.
    if root in PRIVATE_ROOTS or slugs == ["index"]:
        return True
    if root in _FACET_ROOTS or root in _STEM_PLURALS:
        return len(slugs) <= 2 or slugs[2] == "page"
    return root in _KIND_PLURALS and (len(slugs) == 1 or slugs[1] == "page")


def _hashed(address: Permalink, path: NotePath, used: set[str]) -> Permalink:
    parent, _, slug = address.rstrip("/").rpartition("/")
    seed: str = path
    while True:
        hashed = with_hash(Slug(slug), seed)
        candidate = Permalink(f"{parent}/{hashed}/" if parent else f"{hashed}/")
        if candidate not in used:
            return candidate
        seed += "'"


def kind_permalink(kind: Kind) -> Permalink:
    """The index page of a kind."""
    return Permalink(f"{kind.plural}/")


_KIND_ROOTS: Final = {kind.name: kind_permalink(kind) for kind in KINDS}


def facet_permalink(facet: Facet, slug: str) -> Permalink:
    """The index page of one value of a facet. Kinds have theirs where their notes are."""
    if facet is KIND and slug in _KIND_ROOTS:
        return _KIND_ROOTS[slug]
    return Permalink(f"{facet.root}/{slug}/")


def page_permalink(first: str, number: int) -> Permalink:
    """The address of page `number` (from 1) of a list whose first page is at `first`."""
    return Permalink(first if number == 1 else f"{first}page/{number}/")


def attachment_address(path: NotePath) -> str:
    """Where an attachment is published: a readable name that cannot clash or be misread."""
    stem, suffix = os.path.splitext(path.rpartition("/")[2])
    mark = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"files/{slugify(stem, 60)}-{mark}{suffix.lower()}"
