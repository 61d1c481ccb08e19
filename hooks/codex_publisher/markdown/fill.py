"""The addresses of a body's links, put in once they are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape, unescape
from urllib.parse import SplitResult, unquote, urlsplit

from codex_publisher.model.shared import Shared


class AddressKind(Shared, StrEnum):
    """What a link or an image leads to."""

    NOTE = "note"
    """A page of this site, or a place on one"""
    OUTWARD = "outward"
    """Another site (`http`, `https`, `mailto`)"""
    ATTACHMENT = "attachment"
    """A file that this site publishes"""
    CODE = "code"
    """A file of the repository that is not published here, on the repository's own site"""
    WANTED = "wanted"
    """A note that nobody has written yet"""
    REFUSED = "refused"
    """A file or address that does not exist or must not be followed"""
    PLAIN = "plain"
    """Nothing: the words stay, the link goes"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one link of a body leads."""

    href: str
    """May be empty when the kind has no address."""
    kind: AddressKind
    title: str = ""
    """Shown when the pointer rests on it; empty for the author's own, or the kind's usual words."""


_TOKEN = re.compile(r'<(a|img)((?: [a-z-]+="[^"]*")*)>|</a>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_PLACEHOLDER = re.compile(r"codex:([0-9]{1,9})\Z")
_OUTWARD = re.compile(r"(?:https?://|mailto:)[^\s\\]+\Z", re.IGNORECASE)
_INSIDE = re.compile(r"(?!//|[a-zA-Z][a-zA-Z0-9+.-]*:)[^\\\x00-\x20]+\Z")
_WANTED = "Not written yet"
_REFUSED = "This address does not exist"
_PLAIN = Address("", AddressKind.PLAIN)
_ELEMENTS = {AddressKind.PLAIN: "", AddressKind.WANTED: "span", AddressKind.REFUSED: "span"}
"""What is written for a link that leads nowhere."""


def fill_links(html: str, addresses: Sequence[Address]) -> str:
    """Put the address of each link where its placeholder stands.

    Takes `Document.html` and one address for each of `Document.links`, in their order; gives HTML.
    The text of a note can neither look like a placeholder nor break one: in sanitised HTML `<` and
    `"` in text and attributes are always written as entities. An address that does not fit its
    kind (a script, a missing one) is treated as refused.
    """
    return _Filling(addresses).run(html)


class _Filling:
    """Goes through the tags in order, knowing which links it is in."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        self._addresses = addresses
        self._open: list[str] = []
        """For each `<a>` that is open, the element that is written for it; empty for none."""

    def run(self, html: str) -> str:
        return _TOKEN.sub(self._replace, html)

    def _replace(self, found: re.Match[str]) -> str:
        if found[1] is None:
            element = self._open.pop() if self._open else ""
            return f"</{element}>" if element else ""
        attributes = dict(_ATTRIBUTE.findall(found[2]))
        if found[1] == "img":
            return self._image(attributes)
        if any(self._open):
            # The sanitiser may move a link of a broken table into another link.
            self._open.append("")
            return ""
        address = self._address(attributes.pop("href", ""))
        self._open.append("a" if address is None else _ELEMENTS.get(address.kind, "a"))
        if address is None:
            return found[0]
        if address.kind is AddressKind.OUTWARD and found.string.startswith(
            f"{escape(address.href)}</a>", found.end()
        ):
            # Its words are its address already, which print need not say again.
            attributes["class"] = "codex-outward codex-bare"
        return _link(address, attributes) if self._open[-1] else ""

    def _image(self, attributes: dict[str, str]) -> str:
        address = self._address(attributes.pop("src", "")) or _PLAIN
        if address.kind is AddressKind.ATTACHMENT:
            return _tag("img", {"src": escape(address.href), **attributes})
        alt = unescape(attributes.get("alt", ""))
        title = address.title or unescape(attributes.get("title", ""))
        name = alt or _file_name(address.href) or title or "image"
        if address.kind in (AddressKind.WANTED, AddressKind.REFUSED, AddressKind.PLAIN):
            usual = _WANTED if address.kind is AddressKind.WANTED else _REFUSED
            return _element("span", {"class": "codex-broken", "title": escape(title or usual)}, name)
        if address.kind is AddressKind.NOTE:
            return _name_or_link(any(self._open), {"href": escape(address.href)}, name)
        words = f"Image: {name} ({_host(address.href)})"
        if any(self._open):
            return _element("span", {"class": "codex-remote-image"}, words)
        kept = {"title": escape(title)} if title else {}
        classes = {"class": "codex-remote-image codex-outward", "href": escape(address.href)}
        return _element("a", {**classes, "rel": "noopener noreferrer", **kept}, words)

    def _address(self, placeholder: str) -> Address | None:
        """The address for a placeholder; nothing for an address that is none."""
        found = _PLACEHOLDER.match(placeholder)
        if not found:
            return None
        number = int(found[1])
        return _checked(self._addresses[number]) if number < len(self._addresses) else _PLAIN


def _checked(address: Address) -> Address:
    """The address itself if it is one that its kind may have."""
    if address.kind in (AddressKind.OUTWARD, AddressKind.CODE):
        good = bool(_OUTWARD.match(address.href))
    elif address.kind in (AddressKind.NOTE, AddressKind.ATTACHMENT):
        good = bool(_INSIDE.match(address.href))
    else:
        good = True
    return address if good else Address("", AddressKind.REFUSED, address.title)


def _link(address: Address, attributes: dict[str, str]) -> str:
    """The opening tag of a link; `attributes` are the author's, escaped already."""
    if address.title:
        attributes["title"] = escape(address.title)
    if address.kind in (AddressKind.NOTE, AddressKind.ATTACHMENT):
        return _tag("a", {"href": escape(address.href), **attributes})
    if address.kind in (AddressKind.OUTWARD, AddressKind.CODE):
        names = "codex-outward" if address.kind is AddressKind.OUTWARD else "codex-outward codex-repository"
        own = {"href": escape(address.href), "rel": "noopener noreferrer", "class": names}
        return _tag("a", {**own, **attributes})
    wanted = address.kind is AddressKind.WANTED
    attributes["title"] = escape(address.title or (_WANTED if wanted else _REFUSED))
    attributes.pop("aria-label", None)
    return _tag(
        _ELEMENTS[address.kind], {"class": "codex-wanted" if wanted else "codex-broken", **attributes}
    )


def _name_or_link(inside: bool, attributes: dict[str, str], name: str) -> str:
    """A link with a name, or just the name where a link stands already."""
    return escape(name) if inside else _element("a", attributes, name)


def _element(tag: str, attributes: dict[str, str], text: str) -> str:
    return f"{_tag(tag, attributes)}{escape(text)}</{tag}>"


def _tag(tag: str, attributes: dict[str, str]) -> str:
    return "".join([f"<{tag}", *(f' {name}="{value}"' for name, value in attributes.items()), ">"])


def _host(address: str) -> str:
    return _split(address).hostname or "elsewhere"


def _file_name(address: str) -> str:
    return unquote(_split(address).path).rstrip("/").rpartition("/")[2]


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # such as `https://[x`, which is no address but may be somebody's
        return urlsplit("")
