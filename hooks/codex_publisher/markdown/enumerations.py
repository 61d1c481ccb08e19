"""What an extraction hint proposes: enumerations `(1) … (2) …` and propositions in quotes."""

from __future__ import annotations

import re

from codex_publisher.markdown.labels import trim, without_quotes
from codex_publisher.markdown.sentences import first_sentence_end
from codex_publisher.markdown.tree import (
    CLAIM,
    Element,
    Item,
    inline_items,
    items_text,
    make,
    prepend,
    replace,
    rewrite_text,
    take_inline,
    text_of,
)

LEAST_WORDS = 5
"""Fewest words of a quotation that counts as a proposition and not as a term."""

FRAGMENT_WORDS = 10
"""Fewest words of a quotation that begins with a small letter."""

_NUMBER = re.compile(r"(?:(?<=[\s:;,.—-])|^)\((\d{1,2})\)\s*")
_QUOTED = re.compile(r"(?<![\w\"“])(?:\"(?!\s)([^\"“”\n]{1,600}?)(?<!\s)\"|“([^\"“”\n]{1,600})”)(?![\w\"”])")
_ANNOUNCED = re.compile(r"\bclaims?(?: candidates?)?:\s+(?=[^\s\"“(\[])(.+)", re.IGNORECASE | re.DOTALL)
_SKIP = frozenset({"a", "code", "pre"})
_JOINING = re.compile(r"[\s,;.]*(?:\b(?:and|or))?[\s,;.]*\Z")


def mark_hint(field: Element) -> None:
    """Take the field of an extraction hint; lay out its enumerations and mark its propositions."""
    for block in [each for each in field.iter("p", "li") if each is not field[0]]:
        if block.tag == "p" or not any(child.tag == "p" for child in block):
            _lay_out(block)
    rewrite_text(field, _QUOTED, _SKIP, _mark_quoted)
    rewrite_text(field, _ANNOUNCED, _SKIP, _mark_announced)
    for listed in field.iter("ol"):
        if listed.get("class") == "codex-candidates":
            for item in listed:
                _mark_item(item)


def _mark_item(item: Element) -> None:
    """An item is a candidate as a whole unless it quotes its proposition."""
    if item.find(f".//span[@{CLAIM}]") is None:
        text = without_quotes(_JOINING.sub("", text_of(item)))
        if text:
            item.set(CLAIM, text)


def _mark_quoted(text: str, element: Element) -> list[Item]:
    """Put a mark around each quotation long enough to be a proposition, its quotes included."""
    content: list[Item] = []
    at = 0
    if element.get(CLAIM):
        return [text]
    for found in _QUOTED.finditer(text):
        words = found[1] or found[2]
        if _is_proposition(words):
            content += [text[at : found.start()], _mark(found[0], words)]
            at = found.end()
    return [*content, text[at:]]


def _mark_announced(text: str, element: Element) -> list[Item]:
    """Put a mark around an unquoted sentence behind `claim candidate:`."""
    found = _ANNOUNCED.search(text)
    if not found or element.get(CLAIM):
        return [text]
    start = found.start(1)
    end = start + first_sentence_end(found[1])
    words = text[start:end].rstrip()
    if len(words.split()) < LEAST_WORDS:
        return [text]
    return [text[:start], _mark(words, words.rstrip(".")), text[start + len(words) :]]


def _is_proposition(words: str) -> bool:
    """Whether quoted words say something by themselves: a short run of small letters is a fragment."""
    count = len(words.split())
    return count >= LEAST_WORDS and (not words[0].islower() or count >= FRAGMENT_WORDS)


def _mark(shown: str, words: str) -> Element:
    mark = make("span", shown, class_="codex-candidate__quote")
    mark.set(CLAIM, " ".join(words.split()).rstrip(",.;"))
    return mark


def _lay_out(block: Element) -> None:
    """Turn `lead (1) … (2) … (3) …. Rest` into the lead, a numbered list, and the rest."""
    items = _split_numbers(inline_items(block))[1]
    if len(items) < 2 or not all(_JOINING.sub("", items_text(item)) for item in items):
        return
    lead, groups = _split_numbers(take_inline(block))
    last, rest = _cut_sentence(groups[-1])
    groups[-1] = last
    listed = make("ol", *[make("li", *_without_comma(group)) for group in groups], class_="codex-candidates")
    parts: list[Item] = [make("p", *trim(lead))] if items_text(lead) else []
    parts.append(listed)
    if items_text(rest):
        parts.append(make("p", *trim(rest)))
    if block.tag == "li":
        prepend(block, parts)
    else:
        replace(block, *parts)


def _without_comma(group: list[Item]) -> list[Item]:
    """An item without the comma that led to the next number, which the list now shows."""
    group = trim(group)
    if group and isinstance(group[-1], str):
        group[-1] = group[-1].rstrip(",; ")
    return group


def _split_numbers(content: list[Item]) -> tuple[list[Item], list[list[Item]]]:
    """What stands before `(1)`, and what stands behind each number, while they count up."""
    lead: list[Item] = []
    groups: list[list[Item]] = []
    for item in content:
        current = groups[-1] if groups else lead
        if not isinstance(item, str):
            current.append(item)
            continue
        at = 0
        for found in _NUMBER.finditer(item):
            if int(found[1]) == len(groups) + 1:
                current.append(item[at : found.start()])
                groups.append([])
                current = groups[-1]
                at = found.end()
        current.append(item[at:])
    return lead, groups


def _cut_sentence(content: list[Item]) -> tuple[list[Item], list[Item]]:
    """The last item of an enumeration ends with its sentence; the rest is prose again."""
    for place, item in enumerate(content):
        if isinstance(item, str):
            end = first_sentence_end(item)
            if end < len(item):
                return [*content[:place], item[:end]], [item[end:], *content[place + 1 :]]
    return content, []
