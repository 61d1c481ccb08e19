"""Blocks of code, coloured with the class names that Material's styles know."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

from codex_publisher.markdown.tree import Element, classes, extend, make, replace, take

MAX_HIGHLIGHTED = 50_000
"""Longest code that is coloured, in characters. Some lexers take time far beyond proportion."""


def highlight(body: Element) -> None:
    """Take a tree and put each block of code in Material's frame, coloured if its language is known."""
    for block in list(body.iter("pre")):
        code = block[0] if len(block) == 1 and not (block.text or "").strip() else None
        if code is None or code.tag != "code" or (code.tail or "").strip():
            code = make("code", *take(block))
        language = _language(code)
        frame = make("div", class_=f"language-{language} highlight" if language else "highlight")
        replace(block, frame)
        # The empty span is Pygments' own; Material's styles and its copy button count on it.
        inner = make("code")
        frame.append(make("pre", make("span"), inner))
        _colour(code, inner, language)


def _colour(code: Element, inner: Element, language: str) -> None:
    text = code.text or ""
    if len(code) or len(text) > MAX_HIGHLIGHTED or not is_known(language):
        extend(inner, take(code))
        return
    lexer = get_lexer_by_name(language, stripnl=False)
    for name, group in groupby(lexer.get_tokens(text), key=lambda token: _class_name(token[0])):
        words = "".join(value for _, value in group)
        extend(inner, [make("span", words, class_=name) if name else words])


def is_known(language: str) -> bool:
    """Tell whether Pygments itself has a lexer of that name. Plugins are not asked: that takes long."""
    return language.lower() in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


def _class_name(token: _TokenType) -> str:
    kind: _TokenType | None = token
    while kind is not None and kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES[kind] if kind is not None else ""
    # White space has no colour, and marking it doubles the size of a JSON example.
    return "" if name == "w" else name


def _language(code: Element) -> str:
    for name in sorted(classes(code)):
        if name.startswith("language-"):
            return name.removeprefix("language-")
    return ""
