"""What a link has to say so that it leads to the same note after that note, or its own, has another path."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from codex_publisher.model.resolver import Resolver, Step
from codex_publisher.model.slugs import NotePath
from codex_publisher.model.wiki_links import without_suffix


@dataclass(frozen=True, slots=True)
class NewName:
    """A note's path and title, before and after."""

    path: NotePath
    target: NotePath
    title: str
    new_title: str

    def now(self, path: NotePath) -> NotePath:
        """Where a note is after the change."""
        return self.target if path == self.path else path


def wiki_target(resolver: Resolver, name: NewName, origin: NotePath, target: str) -> str | None:
    """What a wiki link's target becomes; None where it may stay as it is."""
    found = resolver.resolve(target, origin)
    if found is None or (found.path != name.path and not (target.startswith(".") and origin == name.path)):
        return None
    new = name.now(found.path)
    if target.startswith(".") and found.step is Step.PATH:
        better = _relative(new, name.now(origin))
    elif "/" in target or found.step is Step.PATH:
        slash = "/" if target.startswith("/") else ""
        better = slash + new
    elif found.step is Step.TITLE:
        better = (
            target if name.title == name.new_title or not can_be_linked(name.new_title) else name.new_title
        )
    elif found.step is Step.ALIAS or _stem(new) == _stem(found.path):
        return None
    else:
        better = _stem(new) + ".md"
    if without_suffix(target) == target:
        better = without_suffix(better)
    return better if better != target and can_be_linked(better) else None


def relative_target(name: NewName, origin: NotePath, target: str, leads_to: NotePath) -> str | None:
    """What the path in an ordinary link becomes that leads to the note or file `leads_to`; None likewise."""
    if name.path not in (origin, leads_to):
        return None
    folder = origin.rpartition("/")[0]
    new, new_origin = name.now(leads_to), name.now(origin)
    by_folder = _names(posixpath.normpath(posixpath.join(folder, target)), leads_to)
    if not by_folder and _names(posixpath.normpath(target.lstrip("/")), leads_to):
        better = ("/" if target.startswith("/") else "") + new
    else:
        better = _relative(new, new_origin)
    if not target.lower().endswith((".md", ".markdown")):
        better = without_suffix(better)
    if posixpath.normpath(target) == posixpath.normpath(better):
        return None
    # In a folder's own file, `x:y.md` would be a scheme.
    return f"./{better}" if ":" in better.partition("/")[0] else better


def path_target(path: NotePath) -> str:
    """The one way to name a note in a wiki link that fits no other."""
    return without_suffix(path)


def can_be_linked(name: str) -> bool:
    """Whether a name can stand in a wiki link."""
    return bool(name) and not set(name) & set("[]|#\n") and "\\" not in name


def _names(path: str, note: NotePath) -> bool:
    return path in (note, without_suffix(note))


def _relative(path: NotePath, origin: NotePath) -> str:
    return posixpath.relpath(path, posixpath.dirname(origin) or ".")


def _stem(path: NotePath) -> str:
    return posixpath.splitext(path.rpartition("/")[2])[0]
