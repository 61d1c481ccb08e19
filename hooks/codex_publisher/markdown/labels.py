"""Labels (`**Grounding:**`, `Topics:`) and the runs of lines that they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from codex_publisher.markdown.tree import (
    LISTS,
    Element,
    Item,
    classes,
    inline_items,
    items_text,
    text_of,
    words_of,
)

MAX_LABEL = 80
"""Longest text, in characters, that counts as a label and not as a bold sentence."""

_BOLD = frozenset({"strong", "b"})
_PLAIN = re.compile(r"[A-Z][^\n.:;!?]{1,38}:\Z")
_CURATOR = re.compile(
    r"\s*(?:[-*•→]\s*)?((?:PRIMARY|SECONDARY) CONNECTIONS?|WHY ARCHIVED|EXTRACTION HINTS?)\s*:\s*"
)
_PAIRS = frozenset({'""', "''", "“”", "‘’", "``", "[]"})
CANDIDATE = re.compile(r"\s*(?:[→➜\-–•]\s*)?CLAIM CANDIDATES?(?:\s*\([^()]{0,60}\))?:\s*")
"""What begins a line that proposes a claim."""


class Run(NamedTuple):
    """Lines that begin with a label; an empty label for lines before the first."""

    label: str
    content: list[Item]


def bold_label(content: Iterable[Item]) -> str:
    """Take a run of text and elements; give the bold label that it begins with, without its colon."""
    parts = [item for item in content if not isinstance(item, str) or item.strip()]
    if not parts or isinstance(parts[0], str) or parts[0].tag not in _BOLD:
        return ""
    label = text_of(parts[0])
    follows = parts[1] if len(parts) > 1 else ""
    if not label.endswith(":") and not (isinstance(follows, str) and follows.lstrip().startswith(":")):
        return ""
    label = label.rstrip(": ")
    return label if len(label) <= MAX_LABEL else ""


def label_at_head(block: Element) -> str:
    """Take a block and give the bold label that its words begin with, without its colon."""
    if not len(block) or block[0].tag not in _BOLD or (block.text or "").strip():
        return ""
    return bold_label(inline_items(block))


def list_label(block: Element | None) -> str:
    """Take what stands before a list and give the label that it is, and nothing else, for that list."""
    if block is None or block.tag != "p":
        return ""
    text = text_of(block)
    label = label_at_head(block)
    if label:
        return label if text.rstrip(": ") == label else ""
    return text[:-1] if not len(block) and _PLAIN.match(text) else ""


def scope_label(element: Element) -> str:
    """Take any element and give the label that stands over just it, or nothing.

    That is its own (`p`, `li`), that of the field it makes, or, for a list, a paragraph before it
    that is nothing but a label.
    """
    if element.tag == "p":
        return label_at_head(element)
    if element.tag == "li":
        return label_at_head(words_of(element))
    if element.tag == "div" and "codex-field" in classes(element):
        return text_of(element[0])
    if element.tag == "section" and "footnote" in classes(element):
        return "Footnotes"
    return list_label(element.getprevious()) if element.tag in LISTS else ""


def split_lines(content: Iterable[Item]) -> list[list[Item]]:
    """Take a run of text and elements and give it as lines, split where the text has a newline."""
    lines: list[list[Item]] = [[]]
    for item in content:
        if not isinstance(item, str):
            lines[-1].append(item)
            continue
        first, *others = item.split("\n")
        if first:
            lines[-1].append(first)
        lines += [[other] if other else [] for other in others]
    return lines


def join_lines(lines: Iterable[list[Item]]) -> list[Item]:
    """Take lines and give one run, with newlines between them, without breaks and space at its ends."""
    content: list[Item] = []
    for line in lines:
        content += ["\n", *line] if content else line
    return trim(content)


def trim(content: list[Item]) -> list[Item]:
    """Take a run and give it without white space and line breaks at its ends."""
    content = list(content)
    while content and _is_blank(content[0]):
        content.pop(0)
    while content and _is_blank(content[-1]):
        content.pop()
    if content and isinstance(content[0], str):
        content[0] = content[0].lstrip()
    if content and isinstance(content[-1], str):
        content[-1] = content[-1].rstrip()
    return content


def split_label(line: list[Item], curator: bool) -> Run | None:
    """Take a line; give its label and the rest, or nothing if it begins with no label of a field.

    `curator` lets the capital labels of curators count, bold or not.
    """
    line = trim(line)
    if line and isinstance(line[0], str):
        found = _CURATOR.match(line[0]) if curator else None
        return Run(sentence_case(found[1]), trim([line[0][found.end() :], *line[1:]])) if found else None
    label = bold_label(line)
    if not line or isinstance(line[0], str) or line[0].find(".//a") is not None:
        return None
    if not label or CANDIDATE.match(f"{label}:"):
        return None
    rest = line[1:]
    if rest and isinstance(rest[0], str) and not text_of_item(line[0]).endswith(":"):
        rest = [rest[0].lstrip().removeprefix(":"), *rest[1:]]
    return Run(sentence_case(label), trim(rest))


def split_runs(content: list[Item], curator: bool) -> list[Run]:
    """Take a paragraph's content and give its runs; a single one with an empty label if it has none."""
    runs: list[tuple[str, list[list[Item]]]] = []
    for line in split_lines(content):
        labelled = split_label(line, curator)
        if labelled:
            runs.append((labelled.label, [labelled.content]))
        elif runs:
            runs[-1][1].append(line)
        else:
            runs.append(("", [line]))
    return [Run(label, join_lines(lines)) for label, lines in runs]


def sentence_case(label: str) -> str:
    """Take a label and give it as it is shown: `PRIMARY CONNECTION` becomes `Primary connection`."""
    if label.isupper() and " " in label:
        return label.capitalize()
    return label[:1].upper() + label[1:]


def without_quotes(text: str) -> str:
    """Take text and give it without the quotes or brackets that are around the whole of it."""
    text = text.strip()
    while len(text) > 1 and f"{text[0]}{text[-1]}" in _PAIRS and text[0] not in text[1:-1].strip("["):
        text = text[1:-1].strip()
    return text


def text_of_item(item: Item) -> str:
    """Give the text of one piece of a run."""
    return items_text([item])


def _is_blank(item: Item) -> bool:
    return not item.strip() if isinstance(item, str) else item.tag == "br"
