"""What sort of note a file is, told from its `type` field or else from its folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codex_publisher.model.shared import Shared
from codex_publisher.model.slugs import fold


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of note, with everything that differs between kinds."""

    name: str
    """Singular, lower case: `claim`."""
    plural: str
    """Plural, lower case; also the first part of the kind's addresses: `claims`."""
    types: tuple[str, ...] = ()
    """Values of the `type` field that mean this kind, besides its own name."""
    folders: tuple[tuple[str, ...], ...] = ()
    """Runs of folder names that mean this kind where a note has no `type`."""
    identified_by_stem: bool = True
    """Whether the file stem alone is the identity, so that moving the file keeps its address."""

    __setstate__ = Shared.__setstate__

    def __str__(self) -> str:
        return self.name


SOURCE: Final = Kind(
    "source",
    "sources",
    ("evidence", "archive", "newsletter", "report", "essay", "news article"),
    (("inbox", "queue"), ("inbox", "archive"), ("inbox",)),
)
CLAIM: Final = Kind(
    "claim",
    "claims",
    ("analysis", "framework", "insight", "pattern", "tension"),
    (("inbox", "claims"), ("claims",), ("domains",), ("core",), ("foundations",)),
)
ENTITY: Final = Kind("entity", "entities", ("organization",), (("entities",),))
BELIEF: Final = Kind("belief", "beliefs", (), (("agents", "*", "beliefs"), ("beliefs",)))
POSITION: Final = Kind("position", "positions", (), (("agents", "*", "positions"), ("positions",)))
CONVICTION: Final = Kind("conviction", "convictions", (), (("convictions",),))
MUSING: Final = Kind("musing", "musings", (), (("agents", "*", "musings"), ("musings",)))
SECTOR: Final = Kind("sector", "sectors", (), (("sectors",),))
MAP: Final = Kind("map", "maps", ("topic-map", "moc"), (("maps",),), identified_by_stem=False)
PAGE: Final = Kind("page", "pages", identified_by_stem=False)

KINDS: Final = (SOURCE, CLAIM, ENTITY, BELIEF, POSITION, CONVICTION, MUSING, SECTOR, MAP, PAGE)
"""All kinds, in the order in which they are listed."""

_BY_TYPE: Final = {fold(name): kind for kind in KINDS for name in (kind.name, *kind.types)}
_BY_FOLDER: Final = {folders: kind for kind in KINDS for folders in kind.folders}
_LONGEST_RUN: Final = max(map(len, _BY_FOLDER))
MAP_STEM: Final = "_map"
FOLDER_STEMS: Final = frozenset({"readme", "index"})
"""Stems of files that speak of the folder they are in."""
NAMELESS_STEMS: Final = FOLDER_STEMS | {MAP_STEM}
"""Stems that say nothing without the folder."""


def kind_of_type(type_value: str) -> Kind | None:
    """The kind that a `type` field names, or None when the value is not known."""
    return _BY_TYPE.get(fold(type_value))


def kind_of_folder(folders: Sequence[str], stem: str) -> Kind:
    """The kind that a note's folders (outermost first, without the file) and stem suggest.

    The innermost matching run of folders decides, so that `inbox/claims` wins over `inbox`.
    """
    if stem == MAP_STEM:
        return MAP
    if stem.casefold() in FOLDER_STEMS:
        return PAGE
    names = tuple(name.casefold() for name in folders)
    for end in range(len(names), 0, -1):
        for start in range(max(end - _LONGEST_RUN, 0), end):
            run = names[start:end]
            kind = _BY_FOLDER.get(run)
            if kind is None and len(run) > 1:
                kind = _BY_FOLDER.get((run[0], "*", *run[2:]))
            if kind:
                return kind
    return PAGE
