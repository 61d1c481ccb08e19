"""What a page may hold, and what stands in it beside that: it is read as browsers read it."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from codex_publisher.model.related import GROUPS
from codex_publisher.site.content_policy import policy_of
from codex_publisher.site.render import THEME
from support.sites import PROJECT

MATERIAL: Final = Path(str(distribution("mkdocs-material").locate_file("material"))) / "templates"


def words_of(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


ELEMENTS: Final = words_of(
    "html head body meta link title script header nav main article footer aside section div span a label "
    "input form p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr th td caption colgroup "
    "col details summary strong em b i u s del ins small sub sup mark code pre kbd samp var q cite "
    "blockquote hr br wbr img figure figcaption abbr bdi bdo dfn time tt ruby rt rp strike button select "
    "option fieldset legend datalist output canvas noscript svg path circle rect text tspan g line"
)
"""Elements that the theme has or that a note may have. No other may be on any page."""
LOADING: Final = words_of(
    "src srcset poster data background lowsrc dynsrc manifest archive codebase code classid profile longdesc"
)
ADDRESSES: Final = LOADING | words_of(
    "href xlink:href action formaction cite ping usemap itemid itemtype from to values icon"
)
IN_BODIES: Final = words_of(
    "class dir id lang title aria-label href src alt width height loading datetime open checked disabled "
    "type value tabindex reversed start align colspan rowspan span scope rel"
)
"""Attributes of elements in the body of a note."""
_CLASSES: Final = re.compile(
    r"(?:headerlink|admonition(?:-title)?|note|tip|info|warning|danger|task-list(?:-[a-z]+)?|highlight"
    r"|footnote(?:-ref|-backref)?|language-[\w+#.-]{1,40}|codex-[a-z_-]+|[a-z]{1,3}[0-9]?)\Z"
)
_OWN_IDS: Final = re.compile(
    r"(?:__drawer|__search|__config|__palette_[01]|__nav_[0-9]+(?:_label)?|codex-(?:main|find|facets|results|problems"
    r"|graph-titles)|related|w-\S+|" + "|".join(name for name, _, _ in GROUPS) + r")\Z"
)
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, and what turns the writing round, or breaks the line."""
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_DATA: Final = frozenset({"application/json", "application/ld+json"})
_FORMS: Final = frozenset({"md-header__option", "codex-find", "codex-explore__form"})
_NEVER: Final = words_of(
    "style srcdoc target form formaction formmethod contenteditable is slot popover popovertarget ping"
)
_NAMED: Final = frozenset({"meta", "input", "select"})
"""Elements of the theme that have a `name`, none of which makes a property of the document or the window."""


Found = Iterator[tuple[str, str]]
"""Sorts of harm, each with what does it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a page that may not be there."""

    page: str
    attack: str
    """Which sort of harm it does."""
    told: str

    def __str__(self) -> str:
        return f"{self.page}: {self.attack}: {self.told[:300]}"


def plain_address(value: str) -> str:
    """An address without what browsers leave out: controls and spaces at its ends, and breaks anywhere."""
    return re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33))))


@dataclass(slots=True)
class Inspector:
    """Looks at the pages of a built site."""

    site: Path
    policy: str
    """The Content Security Policy that every page must tell."""
    hand_written: frozenset[str] = frozenset()
    """Pages by the maintainer, who may name headings at will."""
    digests: dict[str, str] = field(default_factory=dict)
    """The scripts that a page may have, by their addresses on the site."""
    harmless: set[tuple[object, ...]] = field(default_factory=set)
    """Elements that were looked at."""

    def __post_init__(self) -> None:
        for folder in (THEME, MATERIAL):
            scripts = folder / "assets" / "javascripts"
            for path in sorted(scripts.glob("*.js")):
                self.digests.setdefault(f"assets/javascripts/{path.name}", _digest(path))

    def pages(self) -> list[Path]:
        """Every page."""
        return sorted(self.site.rglob("*.html"))

    def inspect_all(self) -> list[Finding]:
        """All findings on all pages."""
        return [finding for page in self.pages() for finding in self.inspect(page)]

    def inspect(self, path: Path) -> Iterator[Finding]:
        """All findings on a page."""
        name = path.relative_to(self.site).as_posix()
        yield from self.inspect_text(name, path.read_text("utf-8"))

    def inspect_text(self, name: str, html: str) -> Iterator[Finding]:
        """All findings on a page, given as text."""
        page = _Page(self, name, html)
        for attack, told in (*page.findings(), *page.head()):
            yield Finding(name, attack, told)

    def inspect_body(self, html: str) -> list[Finding]:
        """All findings in the body of a note, given as HTML."""
        page = _Page(self, "", f'<!doctype html><title>x</title><div class="codex-body">{html}</div>')
        return [Finding("", attack, told) for attack, told in page.findings()]


def inspector_of(site: Path) -> Inspector:
    """Somebody who looks at every page of a site, and knows which pages are the maintainer's."""
    pages = (f"{path.stem}/index.html" for path in (PROJECT / "docs").glob("*.md"))
    return Inspector(site, policy_of([], []), frozenset(pages))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


class _Page:
    """One page, read as HTML5."""

    def __init__(self, inspector: Inspector, name: str, html: str) -> None:
        self._inspector = inspector
        self._name = name
        self._html = html
        self._tree = LexborHTMLParser(html)
        self._is_hand_written = name in inspector.hand_written
        self._ids: Counter[str] = Counter()

    def findings(self) -> Found:
        """What is wrong with its elements."""
        root = self._tree.root
        if root is None:
            yield "no page", ""
            return
        bodies = {
            node.mem_id for body in self._tree.css(".codex-body, .codex-map") for node in body.traverse()
        }
        for node in root.traverse(include_text=False):
            yield from self._element(node, node.mem_id in bodies)
        # Of a note's own names the first is meant, as where a browser parts an element that was never closed.
        twice = (one for one, count in self._ids.items() if count > 1 and not one.startswith("n-"))
        yield from (("clobbering", f"the id {one} twice") for one in twice)

    def _element(self, node: LexborNode, inside: bool) -> Found:
        tag = str(node.tag)
        if tag == "-comment":
            if inside:
                yield "comment", str(node.html)
            return
        if tag not in ELEMENTS:
            yield "element", f"<{tag}> {node.html}"
        attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
        if "id" in attributes:
            self._ids[attributes["id"]] += 1
        special = getattr(self, f"_see_{tag}", None)
        if special is not None:
            yield from special(node, attributes, inside)
        # Most elements stand alike on thousands of pages.
        known = (tag, inside, self._is_hand_written, *attributes.items())
        if known in self._inspector.harmless:
            return
        found = list(self._attributes(tag, attributes, inside))
        yield from found
        if not found:
            self._inspector.harmless.add(known)

    def _attributes(self, tag: str, attributes: dict[str, str], inside: bool) -> Found:
        for name, value in attributes.items():
            yield from self._attribute(tag, name, value, inside)
        if inside:
            yield from self._in_body(tag, attributes)

    def _attribute(self, tag: str, name: str, value: str, inside: bool) -> Found:
        if name.startswith("on") or not re.fullmatch(r"[a-z][a-z:-]*", name, re.IGNORECASE):
            yield "handler", f"<{tag} {name}={value}>"
        if name in (
            "style",
            "srcdoc",
            "target",
            "form",
            "formaction",
            "formmethod",
            "contenteditable",
            "is",
            "slot",
        ):
            yield "attribute", f"<{tag} {name}={value}>"
        if name == "id":
            fits = (
                value.startswith("n-") and not re.search(r"\s", value) if inside else self._is_own_id(value)
            )
            if not fits:
                yield "clobbering", f"<{tag} id={value}>"
        if name == "name" and tag not in _NAMED and not self._is_hand_written:
            yield "clobbering", f"<{tag} name={value}>"
        if name in ADDRESSES and not (tag == "meta" or name == "code"):
            yield from self._address(tag, name, value)

    def _is_own_id(self, value: str) -> bool:
        return self._is_hand_written or bool(_OWN_IDS.match(value))

    def _address(self, tag: str, name: str, value: str) -> Found:
        address = plain_address(value)
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
            yield "address", f"<{tag} {name}={value}>"
        is_link = tag == "a" and name == "href"
        # What a link of the head leads to depends on what sort of link it is.
        is_canonical = tag == "link"
        elsewhere = scheme or address.startswith(("//", "\\", "/\\"))
        if elsewhere and not (is_link and scheme) and not is_canonical:
            yield "loads", f"<{tag} {name}={value}>"
        if scheme and scheme[1].lower() != "mailto" and not address[scheme.end() :].startswith("//"):
            yield "address", f"<{tag} {name}={value}>"
        if not elsewhere and urlsplit(urljoin("https://site.invalid/a/b/", address)).netloc != "site.invalid":
            yield "address", f"<{tag} {name}={value}>"

    def _in_body(self, tag: str, attributes: dict[str, str]) -> Found:
        for name in attributes.keys() - IN_BODIES:
            yield "attribute", f"<{tag} {name}={attributes[name]}>"
        for one in attributes.get("class", "").split():
            if not _CLASSES.match(one):
                yield "class", f"<{tag} class={one}>"
        if tag in ("script", "form", "button", "select", "meta", "link", "svg", "canvas", "noscript", "nav"):
            yield "element", f"<{tag}> in a body"

    def _see_script(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        kind, source = attributes.get("type", ""), attributes.get("src")
        if kind in _DATA and source is None:
            text = str(node.text(deep=True))
            if "<" in text:
                yield "script", f"a tag in data: {text}"
            try:
                json.loads(text, parse_constant=_refuse)
            except ValueError:
                yield "script", f"data that is none: {text}"
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._name), source or ""))
        path = path if not (source or "").startswith("/") else (source or "").lstrip("/")
        known = self._inspector.digests.get(path)
        file = self._inspector.site / path
        if known is None or str(node.text(deep=True)).strip() or not file.is_file() or _digest(file) != known:
            yield "script", str(node.html)

    def _see_form(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        if attributes.get("class") not in _FORMS or not attributes.keys() <= {
            "class",
            "role",
            "action",
            "data-md-component",
        }:
            yield "form", str(node.html)

    def _see_input(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        if inside and (attributes.get("type") != "checkbox" or "disabled" not in attributes):
            yield "form", str(node.html)

    def _see_meta(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        kind = attributes.get("http-equiv", "").lower()
        content = attributes.get("content", "")
        if kind == "refresh":
            found = re.fullmatch(r"0; url=((?:\.\./)*[^\s:'\"\\]+)", content)
            if not found or found[1].startswith("/"):
                yield "document", f"refresh to {content}"
        elif kind not in ("", "content-security-policy"):
            yield "document", str(node.html)
        if UNSEEN.search(content):
            yield "characters", str(node.html)

    def _see_link(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        rel = attributes.get("rel", "").strip()
        if rel not in ("alternate", "icon", "apple-touch-icon", "stylesheet", "canonical", "prev", "next"):
            yield "document", str(node.html)
        if rel != "canonical" and re.match(
            r"\s*(?:[a-z]+:|[/\\]{2})", attributes.get("href", ""), re.IGNORECASE
        ):
            yield "loads", str(node.html)
        if rel == "stylesheet" and not re.fullmatch(
            r"(?:\./|(?:\.\./)*|/)assets/stylesheets/(?:main\.[0-9a-f]+\.min|palette\.[0-9a-f]+\.min|codex)\.css",
            attributes.get("href", ""),
        ):
            yield "style", str(node.html)

    def _see_noscript(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        if self._name != "explore/index.html" or "Exploring needs JavaScript" not in str(node.html):
            yield "element", str(node.html)

    def _see_title(self, node: LexborNode, attributes: dict[str, str], inside: bool) -> Found:
        text = str(node.text(deep=True))
        if inside or node.parent is None or node.parent.tag not in ("head", "a", "g", "svg", "circle"):
            yield "element", str(node.html)
        if UNSEEN.search(text) or not text.strip():
            yield "characters", f"a title {text!r}"

    def head(self) -> Found:
        """What is wrong with what the page tells browsers and machines."""
        policies = [
            str(meta.attributes.get("content"))
            for meta in self._tree.css("meta[http-equiv]")
            if str(meta.attributes.get("http-equiv")).lower() == "content-security-policy"
        ]
        is_redirect = bool(self._tree.css("meta[http-equiv='refresh']"))
        if policies != [self._inspector.policy if not is_redirect else "default-src 'none'"]:
            yield "policy", repr(policies)
        titles = self._tree.css("head > title")
        if len(titles) != 1:
            yield "document", f"{len(titles)} titles"
        told = self._tree.css("meta[name='description']")
        if len(told) > 1:
            yield "document", f"{len(told)} descriptions"


def _refuse(constant: str) -> object:
    raise ValueError(constant)
