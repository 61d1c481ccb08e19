"""Candidate claims: found in extraction hints and in lines that announce one, and shown as such."""

from __future__ import annotations

import re

from codex_publisher.markdown.enumerations import mark_hint
from codex_publisher.markdown.fields import section_of
from codex_publisher.markdown.labels import (
    CANDIDATE,
    join_lines,
    split_label,
    split_lines,
    text_of_item,
    trim,
    without_quotes,
)
from codex_publisher.markdown.source import Source
from codex_publisher.markdown.tree import (
    CLAIM,
    HEADINGS,
    LISTS,
    Element,
    Item,
    classes,
    extend,
    inherit,
    inline_items,
    items_text,
    make,
    prepend,
    replace,
    take_inline,
    text_of,
    words_of,
)

LEAST_WORDS = 3
"""Fewest words of an item that counts as a claim under a heading that promises claims."""

_ARROW = re.compile(r"\s*[→➜\-–•]?\s*\Z")
_TEMPLATE = re.compile(r"\[[^\[\]]*\]")
"""`CLAIM CANDIDATE: [proposition]` explains how to write one."""
_MARKUP = frozenset({"strong", "b", "em", "i", "code"})


def mark_candidates(body: Element, source: Source) -> None:
    """Take a tree whose labelled lines are fields; mark and show each candidate claim in it."""
    for field in list(body.iter("div")):
        if "codex-field" in classes(field) and text_of(field[0]).casefold().startswith("extraction hint"):
            mark_hint(field)
    for heading in list(body.iter(*HEADINGS)):
        if text_of(heading).casefold().startswith("claim candidate"):
            _mark_section(section_of(heading))
    if "CLAIM CANDIDATE" in source.text:
        for block in list(body.iter("p", "li")):
            _show_announced(block)


def collect_candidates(body: Element) -> tuple[str, ...]:
    """Take a marked tree and give the candidate claims in order, each once."""
    return tuple(dict.fromkeys(str(each.get(CLAIM)) for each in body.iter("*") if each.get(CLAIM)))


def _mark_section(section: list[Element]) -> None:
    """Under a heading `Claim candidates`, each item of a list is one."""
    for element in section:
        if element.tag in LISTS:
            element.set("class", "codex-candidates")
            for item in element.iterchildren("li"):
                _mark_item(item)


def _mark_item(item: Element) -> None:
    content = trim(inline_items(words_of(item)))
    # A proposition in bold is often followed by where it comes from, which is no part of it.
    bold = content and not isinstance(content[0], str) and content[0].tag in ("strong", "b")
    text = text_of_item(content[0]) if bold else items_text(content)
    if len(text.split()) >= LEAST_WORDS and not CANDIDATE.match(items_text(content)):
        item.set(CLAIM, _proposition(text))


def _show_announced(block: Element) -> None:
    """Make each line of a block that begins with `CLAIM CANDIDATE:` a block of its own."""
    if not any(_announced(line) is not None for line in split_lines(inline_items(block))):
        return
    blocks = _blocks(split_lines(take_inline(block)))
    if block.tag == "li":
        prepend(block, blocks)
        return
    inherit(block, blocks)
    replace(block, *blocks)


def _blocks(lines: list[list[Item]]) -> list[Element]:
    """Lines as blocks: paragraphs of plain ones, a candidate's frame for each announced one."""
    blocks: list[Element] = []
    at = 0
    while at < len(lines):
        announced = _announced(lines[at])
        end = next(
            (number for number in range(at + 1, len(lines)) if not _goes_on(lines[number])), len(lines)
        )
        content = join_lines([lines[at] if announced is None else announced, *lines[at + 1 : end]])
        at = end
        if announced is None:
            blocks += [make("p", *content)] if content else []
            continue
        shown = make(
            "div", make("p", "Candidate claim", class_="codex-candidate__label"), class_="codex-candidate"
        )
        shown.set(CLAIM, _proposition(items_text(content)))
        extend(shown, [make("p", *content)])
        blocks.append(shown)
    return blocks


def _goes_on(line: list[Item]) -> bool:
    """Whether a line belongs to the one before it."""
    return _announced(line) is None and split_label(line, curator=False) is None


def _announced(line: list[Item]) -> list[Item] | None:
    """The words of a line behind `CLAIM CANDIDATE:`, however it is dressed; nothing if it has none."""
    line = trim(line)
    if len(line) > 1 and isinstance(line[0], str) and _ARROW.match(line[0]):
        line = line[1:]
    if not line:
        return None
    first = line[0]
    words: list[Item]
    if isinstance(first, str):
        found = CANDIDATE.match(first)
        words = [first[found.end() :], *line[1:]] if found else []
    else:
        words = _announced_inside(first, line[1:])
    text = items_text(words)
    return trim(words) if text and not _TEMPLATE.match(text) else None


def _announced_inside(first: Element, rest: list[Item]) -> list[Item]:
    """The same for a line that begins with bold words or code."""
    text = first.text or ""
    found = CANDIDATE.match(text)
    if first.tag not in _MARKUP or not found:
        return []
    if found.end() == len(text) and not len(first):
        return rest
    if len(first):
        return []
    return [make(str(first.tag), text[found.end() :]), *rest]


def _proposition(text: str) -> str:
    return without_quotes(without_quotes(text).rstrip(" .,;"))
