"""Every link and image of a body, numbered, with where it stands and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from codex_publisher.markdown.headings import slug
from codex_publisher.markdown.labels import scope_label
from codex_publisher.markdown.places import Finder
from codex_publisher.markdown.removed import Refused
from codex_publisher.markdown.sentences import Sentences, block_of
from codex_publisher.markdown.source import Place, Source, clean
from codex_publisher.markdown.tree import (
    FORM,
    HEADINGS,
    POS,
    Element,
    dissolve,
    drop_dissolved,
    fold,
    ids_in,
    take,
    text_of,
)
from codex_publisher.markdown.vocabulary import PREFIX
from codex_publisher.markdown.wikitext import shown_label
from codex_publisher.model.document import Citation, Link, LinkForm

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_TYPED = re.compile(r"\[\[([^\[\]|\\\n]{1,1000})(?=\||\]\])")
_FOLLOWED = frozenset({"http", "https", "mailto"})
_IGNORED = re.compile(r"[\t\n\r]+")
_MARGIN = "".join(map(chr, range(33)))
NO_CITATION = Citation("", "", "")
"""Stands where nobody asked for the sentence, which takes longer to find than the link."""


class _Written(NamedTuple):
    """A link as its author wrote it."""

    form: LinkForm
    target: str
    fragment: str


class _Found(NamedTuple):
    """A link in the tree, with what only the walk knows of it."""

    element: Element
    written: _Written
    place: Place
    heading: str


def number_links(
    body: Element, source: Source, with_citations: bool = True, refused: list[Refused] | None = None
) -> tuple[Link, ...]:
    """Take a tree whose headings have ids; put `codex:N` in each link and image and give the links.

    Links to a heading of the same body become plain in-page links and are not given. Links that no
    site should follow (`javascript:`, `data:`) lose their address, keep their words and go to `refused`.
    """
    # All words have to be final before the first sentence is read, hence two passes.
    found = list(_find_links(body, source, [] if refused is None else refused))
    drop_dissolved(body)
    sections = _Sections()
    sentences: dict[Element, Sentences] = {}
    links: list[Link] = []
    for link in found:
        link.element.set("src" if link.element.tag == "img" else "href", f"codex:{len(links)}")
        citation = NO_CITATION
        if with_citations:
            block = block_of(link.element)
            if block not in sentences:
                sentences[block] = Sentences(block)
            citation = sentences[block].citation(link.element)
        links.append(
            Link(
                form=link.written.form,
                target=link.written.target,
                fragment=link.written.fragment,
                text=citation.words,
                line=link.place.line,
                column=link.place.column,
                section=sections.over(link.element) or link.heading,
                citation=citation,
            )
        )
    return tuple(links)


def _find_links(body: Element, source: Source, refused: list[Refused]) -> Iterator[_Found]:
    """The links of a body in order; those that are none lose their element on the way."""
    finder = Finder(source)
    ids = _in_page_ids(body)
    heading = ""
    for element in _elements_to_see(body, finder):
        finder.pass_by(element)
        if element.tag in HEADINGS:
            heading = text_of(element)
        elif element.tag == "img":
            address = element.get("src") or ""
            _note_refused(element, address, LinkForm.IMAGE, finder, refused)
            if written := _settle_image(element):
                element.set("loading", "lazy")
                yield _Found(element, written, finder.place(element, address), heading)
        elif element.tag == "a":
            address = element.get("href") or ""
            _note_refused(element, address, LinkForm.MARKDOWN, finder, refused)
            if written := _settle_link(element, ids, source):
                yield _Found(element, written, finder.place(element, address or written.target), heading)


def _note_refused(
    element: Element, address: str, form: LinkForm, finder: Finder, refused: list[Refused]
) -> None:
    """Remember an address that goes, while it can still be told where it stands."""
    if not (element.get("data-wikilink") or element.get(FORM)) and (scheme := _refused_scheme(address, form)):
        refused.append(Refused(scheme, finder.place(element, address)))


def _elements_to_see(body: Element, finder: Finder) -> list[Element]:
    """Links, images and headings; all elements if a link has to be looked for behind what is before it."""
    if any(map(finder.has_to_seek, body.iter("a", "img"))):
        return list(body.iter(etree.Element))
    return list(body.iter("a", "img", *HEADINGS))


def _settle_image(element: Element) -> _Written | None:
    written = _read(element, element.get("src") or "") if element.get("src") or element.get(FORM) else None
    if not written:
        dissolve(element, element.get("alt") or "")
    return written


def _settle_link(element: Element, ids: dict[str, str], source: Source) -> _Written | None:
    href = element.get("href")
    if next(element.iterancestors("a"), None) is not None:
        # Raw HTML can put a link inside a link, which no browser shows as that.
        dissolve(element)
        return None
    if element.get("data-wikilink"):
        return _settle_wiki_link(element, href or "", source)
    if element.get(FORM):
        return _read(element, "")
    if href is None or (href.startswith("#") and _link_in_page(element, href, ids)):
        return None
    written = _read(element, href)
    if not written:
        dissolve(element)
    elif not text_of(element) and element.find(".//img") is None:
        # Nobody can see, hear or press a link without words.
        element.text = written.target or written.fragment
    return written


def _settle_wiki_link(element: Element, href: str, source: Source) -> _Written | None:
    """Give a wiki link its words; one that points nowhere, or is an example, is shown as it was typed."""
    typed = _typed(element, source) if "%" in href else ""
    parts = _split(typed) if "%" in typed else tuple(map(_decoded, _split(href)))
    target, fragment = (fold(clean(part)) for part in parts)
    text, address = text_of(element), f"{target}#{fragment}" if "#" in href else target
    if not (target or fragment.strip("^")) or next(element.iterancestors("code", "pre"), None) is not None:
        dissolve(element, f"[[{address}|{text}]]" if text != address else f"[[{address}]]")
        return None
    if not text or (fragment and fold(_decoded(href)) == text):
        take(element)
        element.text = shown_label(target, fragment)
    return _Written(LinkForm.WIKI, target, fragment)


def _typed(element: Element, source: Source) -> str:
    """A wiki link's address as its writer typed it: the engine's encoding does not tell `%25` from `%`.

    Empty where the address has characters that Markdown changes.
    """
    start = source.start(element.get(POS))
    found = _TYPED.match(source.text, start) if start is not None else None
    return found[1] if found and "&" not in found[1] else ""


def _decoded(address: str) -> str:
    """An address without percent-encoding, which is mostly that of spaces: they are told quickly."""
    address = address.replace("%20", " ")
    return unquote(address) if "%" in address else address


def _split(address: str) -> tuple[str, str]:
    """An address before and behind its first `#`."""
    before, _, behind = address.partition("#")
    return before, behind


def _link_in_page(element: Element, href: str, ids: dict[str, str]) -> bool:
    """Point at a heading or footnote of this body; false if there is none of that name."""
    if href[1:] in ids:  # as a footnote's name that the engine has encoded on both sides
        element.set("href", f"#{ids[href[1:]]}")
        return True
    name = _decoded(href[1:])
    if name.casefold() in ("", "top"):
        dissolve(element)
        return True
    if name.startswith("^"):
        name = f"block-{name[1:]}"
    known = ids.get(name) or ids.get(name.casefold()) or ids.get(slug(name))
    if known:
        element.set("href", f"#{known}")
    return bool(known)


def _in_page_ids(body: Element) -> dict[str, str]:
    """The ids of a body by their names as written, and by those names in small letters."""
    # Hardly any note leads to itself, and for the others nobody asks.
    if not any((link.get("href") or "").startswith("#") for link in body.iter("a")):
        return {}
    names = {identity.removeprefix(PREFIX): identity for identity in ids_in(body)}
    return {name.casefold(): identity for name, identity in reversed(names.items())} | names


def _read(element: Element, address: str) -> _Written | None:
    """What a link's author wrote; nothing if it must not be followed."""
    marked = element.get(FORM)
    if marked:
        return _Written(
            LinkForm(marked), element.get("data-target") or "", element.get("data-fragment") or ""
        )
    form = LinkForm.IMAGE if element.tag == "img" else LinkForm.MARKDOWN
    bare = _bare(address)
    if bare.startswith("//"):
        return _Written(form, f"https:{bare}", "")
    if _refused_scheme(address, form):
        return None
    if _scheme(bare) in _FOLLOWED:
        return _Written(form, bare, "")
    target, fragment = _split(bare)
    return _Written(form, clean(_decoded(target)), clean(_decoded(fragment)))


def _refused_scheme(address: str, form: LinkForm) -> str:
    """What an address begins with that no site should follow; empty if it may be followed."""
    bare = _bare(address)
    scheme = _scheme(bare)
    if not scheme or scheme in ("http", "https") or (scheme == "mailto" and form is LinkForm.MARKDOWN):
        return ""
    # A note's file name may hold a colon, and `codex:` is refused by nobody but answered by nobody:
    # what a page really gets as an address is always the resolver's, never this.
    return "" if scheme == "codex" or _split(bare)[0].lower().endswith(".md") else scheme


def _bare(address: str) -> str:
    """An address as browsers read it: over line ends and tabs anywhere, and white space around."""
    return _IGNORED.sub("", address).strip(_MARGIN)


def _scheme(bare: str) -> str:
    found = _SCHEME.match(bare)
    return found[1].lower() if found else ""


class _Sections:
    """Finds the label over a link, looking at each element only once."""

    def __init__(self) -> None:
        self._labels: dict[Element, str] = {}

    def over(self, element: Element) -> str:
        """Take a link and give the nearest label over it, or nothing."""
        around = element.getparent()
        while around is not None:
            label = self._labels.get(around)
            if label is None:
                label = self._labels[around] = scope_label(around)
            if label:
                return label
            around = around.getparent()
        return ""
