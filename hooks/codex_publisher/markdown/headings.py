"""Headings: which are shown, at what level, under which id."""

from __future__ import annotations

import re
from unicodedata import category

from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import (
    HEADINGS,
    POS,
    Element,
    extend,
    fold,
    ids_in,
    make,
    remove,
    text_of,
)
from codex_publisher.markdown.vocabulary import PREFIX
from codex_publisher.model.document import Heading

_NOT_IN_SLUG = re.compile(r"[^a-z0-9_ -]")
_RAW = re.compile(r"<h[1-6]", re.IGNORECASE)
_NOT_IN_TITLE = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """Take a heading's text and give its anchor as GitHub makes it, without a number for repeats."""
    text = fold(text).lower()
    kept = _NOT_IN_SLUG.sub("", text) if text.isascii() else "".join(filter(_stays, text))
    return kept.replace(" ", "-")


def _stays(character: str) -> bool:
    """Whether an anchor keeps it: letters with their marks, digits, `_`, `-` and the space."""
    if character.isascii():
        return character.isalnum() or character in "_- "
    kind = category(character)
    return kind[0] in "LM" or kind in ("Nd", "Pc")


def level_of(heading: Element) -> int:
    """Give the level of a heading element, 1 to 6."""
    return int(str(heading.tag)[1])


def drop_title(body: Element, title: str) -> None:
    """Take away a first `# heading` that says the same as the title, which the page prints itself."""
    first = body[0] if len(body) and not (body.text or "").strip() else None
    if first is not None and first.tag == "h1" and title and _same(text_of(first), title):
        remove(first)


def demote(body: Element) -> None:
    """Shift all headings down by one if there is an `h1` left: a page has one, its title."""
    if body.find(".//h1") is not None:
        for heading in _headings(body):
            heading.tag = f"h{min(level_of(heading) + 1, 6)}"


def name_headings(body: Element) -> None:
    """Give every heading without one an id made from its words, unlike any other in the body."""
    used = set(ids_in(body))
    repeats: dict[str, int] = {}
    for heading in _headings(body):
        if heading.get("id"):
            continue
        base = PREFIX + (slug(text_of(heading)) or "section")
        identity = base
        while identity in used:
            repeats[base] = repeats.get(base, 0) + 1
            identity = f"{base}-{repeats[base]}"
        used.add(identity)
        heading.set("id", identity)


def list_headings(body: Element, source: Source) -> tuple[Heading, ...]:
    """Take a tree whose headings have ids and give them as data, in order."""
    found: list[Heading] = []
    reached = 0
    for heading in _headings(body):
        own = source.start(heading.get(POS))
        if own is None:
            # A heading in raw HTML has no place of its own, so its tag is looked for.
            raw = _RAW.search(source.text, reached)
            own = raw.end() if raw else reached
        reached = max(reached, own)
        line = source.place(own).line
        found.append(Heading(level_of(heading), text_of(heading), str(heading.get("id")), line))
    return tuple(found)


def add_permalinks(body: Element) -> None:
    """Put Material's permalink behind the words of each heading."""
    for heading in _headings(body):
        if any(above.tag == "a" for above in heading.iterancestors()):
            continue
        link = make("a", "¶", class_="headerlink", href=f"#{heading.get('id')}", title="Permanent link")
        extend(heading, [link])


def _headings(body: Element) -> list[Element]:
    return list(body.iter(*HEADINGS))


def _same(text: str, title: str) -> bool:
    return _NOT_IN_TITLE.sub("", text.casefold()) == _NOT_IN_TITLE.sub("", title.casefold())
