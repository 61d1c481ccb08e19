"""What may stand in the files for programs: each is read as its readers read it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from support.exports import read_json
from support.hostile.inspection import ADDRESSES, ELEMENTS, IN_BODIES, Finding, plain_address, words_of
from support.hostile.payloads import CANARY_HOST

ATOM: Final = "{http://www.w3.org/2005/Atom}"
_NOT_IN_BODIES: Final = words_of(
    "script style link meta base form button select canvas noscript svg header nav main footer"
)
_LINK: Final = re.compile(r"(?<!\\)\]\(([^)\s]*)\)")
SUFFIXES: Final = words_of(
    ".css .gz .html .js .json .md .pagefind .pf_filter .pf_fragment .pf_index .pf_meta .png .svg .txt .xml"
)
"""Of files that the publisher writes or that notes may show."""


def fragment_findings(page: str, html: str) -> Iterator[Finding]:
    """What should not be in a piece of HTML that others show, such as readers of feeds."""
    tree = LexborHTMLParser(f"<!doctype html><body>{html}")
    assert tree.body is not None
    for node in tree.body.traverse(include_text=False):
        tag = str(node.tag)
        if tag == "body" and not node.attributes:
            continue
        if tag not in ELEMENTS or tag in _NOT_IN_BODIES:
            yield Finding(page, "element", str(node.html))
        for name, value in node.attributes.items():
            if name.lower() not in IN_BODIES:
                yield Finding(page, "attribute", f"<{tag} {name}={value}>")
            elif name.lower() in ADDRESSES and not _is_safe(tag, name, value or ""):
                yield Finding(page, "address", f"<{tag} {name}={value}>")


def _is_safe(tag: str, name: str, value: str) -> bool:
    """Whether an address leads somewhere harmless, and is loaded from the site if it is loaded at all."""
    try:
        parts = urlsplit(urljoin("http://127.0.0.1:8000/notes/", plain_address(value)))
    except ValueError:
        return False
    if tag == "a" and name == "href":
        return parts.scheme in ("http", "https", "mailto")
    return parts.netloc == "127.0.0.1:8000"


def file_findings(site: Path) -> Iterator[Finding]:
    """What is wrong with the files of a site that are no pages."""
    readers = {".json": _json, ".xml": _xml, ".pf_fragment": _record, ".txt": _text, ".css": _styles}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix not in SUFFIXES or path.is_symlink():
            yield Finding(name, "file", "a kind of file that the publisher does not write")
        elif reader := readers.get(path.suffix):
            yield from reader(name, path)


def _json(name: str, path: Path) -> Iterator[Finding]:
    try:
        content = read_json(path)
    except (AssertionError, ValueError) as error:
        yield Finding(name, "data", str(error))
        return
    yield from _members(name, content)


def _members(name: str, content: Any) -> Iterator[Finding]:
    if isinstance(content, list):
        for item in content:
            yield from _members(name, item)
    elif isinstance(content, dict):
        for key, item in content.items():
            if key in ("content_html", "html", "body_html"):
                yield from fragment_findings(name, item)
            elif key in ("url", "external_url", "home_page_url", "feed_url") and isinstance(item, str):
                if item and not _is_safe("a", "href", item):
                    yield Finding(name, "address", item)
            elif key != "fields":
                yield from _members(name, item)


def _xml(name: str, path: Path) -> Iterator[Finding]:
    content = path.read_bytes()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        yield Finding(name, "data", str(error))
        return
    if b"<!DOCTYPE" in content:
        yield Finding(name, "data", "a document type")
    for node in root.iter():
        if not isinstance(node.tag, str):
            yield Finding(name, "data", f"a comment or an instruction: {node}")
        elif not node.tag.startswith((ATOM, "{http://www.sitemaps.org/")):
            yield Finding(name, "element", node.tag)
        elif node.tag == f"{ATOM}link" and not _is_safe("a", "href", node.get("href") or ""):
            yield Finding(name, "address", str(node.attrib))
        elif node.get("type") == "html":
            yield from fragment_findings(name, node.text or "")
        elif node.get("type") not in (None, "text", "text/html") and node.tag != f"{ATOM}link":
            yield Finding(name, "data", f"{node.tag} of type {node.get('type')}")


def _record(name: str, path: Path) -> Iterator[Finding]:
    """What the search engine hands to the page's script, which takes only its texts."""
    text = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd").decode("utf-8")
    content = json.loads(text)
    if not re.fullmatch(r"/(?!/)[^\\:]+\.html", content["url"]):
        yield Finding(name, "address", content["url"])
    for anchor in content.get("anchors", []):
        if not anchor["id"].startswith("n-"):
            yield Finding(name, "clobbering", anchor["id"])


def _text(name: str, path: Path) -> Iterator[Finding]:
    text = path.read_text("utf-8")
    if name != "llms.txt":
        return
    if found := re.search(r"</?[a-z!]", text, re.IGNORECASE):
        yield Finding(name, "element", text[found.start() :][:80])
    for line in text.split("\n"):
        for address in _LINK.findall(line):
            if not _is_safe("a", "href", address) or CANARY_HOST in urlsplit(address).netloc:
                yield Finding(name, "address", address)


def _styles(name: str, path: Path) -> Iterator[Finding]:
    text = path.read_text("utf-8")
    if "@import" in text or re.search(r"url\(\s*['\"]?+(?!data:image/svg)", text):
        yield Finding(name, "style", "a style sheet that loads something")
