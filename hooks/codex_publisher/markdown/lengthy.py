"""Texts so long that writing a tree, or sanitising it, would take a time that grows with their square."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, cast

from lxml import etree
from lxml.etree import _ElementUnicodeResult

from codex_publisher.markdown.guards import UnrenderableError
from codex_publisher.markdown.tree import Element, nearest_position

LONG = 10_000
"""Characters of a note from which on any of its texts and values may be long."""

MAX_VALUE = LONG
"""Most characters of an attribute's value. In one of 900,000, `&{` keeps the tree's writer busy for 40 s."""

PIECE = LONG
"""How much of a text is put down at once. In one of a million, each `&` and each `«` reads all the rest."""

# Addresses may be longer, such as that of a picture which is its own address: all are exchanged or go.
_Finder: TypeAlias = Callable[[Element], list[_ElementUnicodeResult]]
_LONG_VALUES = cast(
    _Finder,
    etree.XPath(f"descendant::*/@*[string-length() > {MAX_VALUE} and not(name()='href' or name()='src')]"),
)
_LONG_TEXTS = cast(_Finder, etree.XPath(f"descendant::text()[string-length() > {PIECE}]"))


def check_values(body: Element) -> None:
    """Take a tree and raise `UnrenderableError` if an attribute in it is too long to be written down."""
    for value in _LONG_VALUES(body):
        holder = value.getparent()
        raise UnrenderableError(
            f"an attribute of its HTML has {len(value):,} characters, and {MAX_VALUE:,} are allowed",
            sourcepos=None if holder is None else nearest_position(holder),
        )


def divide_texts(body: Element) -> None:
    """Put a comment into each long text every so often: when the sanitiser takes it out, two texts stay.

    What is written is the same, to the byte.
    """
    for text in _LONG_TEXTS(body):
        holder = text.getparent()
        if holder is None:
            continue
        first, *others = (str(text[at : at + PIECE]) for at in range(0, len(text), PIECE))
        comments = [etree.Comment("") for _ in others]
        for comment, piece in zip(comments, others, strict=True):
            comment.tail = piece
        if text.is_tail:
            holder.tail = first
            for comment in reversed(comments):
                # Takes its own text along, and leaves the holder's where it is.
                _put_behind(holder, comment)
        else:
            holder.text = first
            holder[:0] = comments


def _put_behind(element: Element, comment: Element) -> None:
    tail, element.tail = element.tail, None
    element.addnext(comment)
    element.tail = tail
