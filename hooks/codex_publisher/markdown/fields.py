"""Agent Notes and Curator Notes: run-on labelled lines made into fields, and the curator's aside."""

from __future__ import annotations

import re
from itertools import takewhile

from lxml import etree

from codex_publisher.markdown.headings import level_of
from codex_publisher.markdown.labels import Run, split_label, split_lines, split_runs, without_quotes
from codex_publisher.markdown.tree import (
    FORM,
    HEADINGS,
    LISTS,
    Element,
    Item,
    classes,
    extend,
    inherit,
    inline_items,
    items_text,
    last_text,
    make,
    replace,
    set_last_text,
    take_inline,
    text_of,
    words_of,
)
from codex_publisher.model.document import LinkForm

PRIMARY = "Primary connection"
_TAIL = re.compile(r"(?<!\s)\s*\(structured handoff for extractor\)\s*\Z", re.IGNORECASE)
_LONGEST_TITLE = 400


def arrange_notes(body: Element) -> None:
    """Take a tree and give each labelled line in its Agent Notes and Curator Notes a block of its own."""
    for heading in [child for child in body.iterchildren(etree.Element) if child.tag in HEADINGS]:
        title = text_of(heading).casefold()
        if title.startswith("agent notes"):
            _arrange(section_of(heading), curator=False)
        elif title.startswith("curator notes"):
            _arrange(section_of(heading), curator=True)
            _set_aside(heading)


def section_of(heading: Element) -> list[Element]:
    """Take a heading and give what follows it, up to the next heading of its level or above."""
    level = level_of(heading)
    return list(
        takewhile(
            lambda element: not (element.tag in HEADINGS and level_of(element) <= level),
            heading.itersiblings(etree.Element),
        )
    )


def _set_aside(heading: Element) -> None:
    """Wrap a curator's section, so that it can stand like a note in the margin."""
    section = section_of(heading)
    set_last_text(heading, _TAIL.sub("", last_text(heading)))
    aside = make("aside", class_="codex-curator")
    heading.addprevious(aside)
    for element in (heading, *section):
        aside.append(element)


def _arrange(section: list[Element], curator: bool) -> None:
    for element in section:
        parent = element.getparent()
        if parent is None or "codex-field" in classes(parent):
            continue
        if element.tag == "p":
            _arrange_paragraph(element, curator)
        elif element.tag in LISTS:
            _arrange_list(element, curator)


def _arrange_paragraph(paragraph: Element, curator: bool) -> None:
    """Give each labelled line of a paragraph its field; the list that follows belongs to the last one."""
    if not any(split_label(line, curator) for line in split_lines(inline_items(paragraph))):
        return
    follows = paragraph.getnext()
    runs = split_runs(take_inline(paragraph), curator)
    blocks = [
        _field(run) if run.label else make("p", *run.content) for run in runs if run.label or run.content
    ]
    inherit(paragraph, blocks)
    replace(paragraph, *blocks)
    if follows is not None and follows.tag in LISTS and runs[-1].label:
        blocks[-1].append(follows)


def _arrange_list(element: Element, curator: bool) -> None:
    """A list whose every item is a labelled line is a set of fields as well."""
    items = list(element.iterchildren("li"))
    if not items or not all(_starts_with_label(item, curator) for item in items):
        return
    fields: list[Element] = []
    for item in items:
        runs = split_runs(take_inline(words_of(item)), curator)
        fields += [_field(run) for run in runs]
        inherit(item, fields[-len(runs) :])
        for child in list(item):
            if child.tag != "p" or text_of(child):
                fields[-1].append(child)
    if element.get("id"):
        # A block mark behind the list has named all of it. A field may have a name of its own already.
        unnamed = next((field for field in fields if not field.get("id")), None)
        named = unnamed if unnamed is not None else etree.SubElement(fields[0], "span")
        named.set("id", str(element.get("id")))
    replace(element, *fields)


def _starts_with_label(item: Element, curator: bool) -> bool:
    return split_label(split_lines(inline_items(words_of(item)))[0], curator) is not None


def _field(run: Run) -> Element:
    """One labelled line as a block: its label, then its words."""
    field = make("div", make("p", run.label, class_="codex-field__label"), class_="codex-field")
    content = run.content
    if run.label.casefold() == PRIMARY.casefold():
        field.set("class", "codex-field codex-field--primary")
        content = _link_title(content)
    if content:
        extend(field, [make("p", *content)])
    return field


def _link_title(content: list[Item]) -> list[Item]:
    """Make the bare title of a primary connection a link, unless there is one already."""
    if any(
        not isinstance(item, str) and (item.tag == "a" or item.find(".//a") is not None) for item in content
    ):
        return content
    title: list[Item] = []
    rest: list[Item] = []
    for place, item in enumerate(content):
        cut = re.search(r"\n| — ", item) if isinstance(item, str) else None
        if cut and isinstance(item, str):
            title.append(item[: cut.start()])
            rest = [item[cut.start() :], *content[place + 1 :]]
            break
        title.append(item)
    target = without_quotes(items_text(title))
    if not target or len(target) > _LONGEST_TITLE:
        return content
    link = make("a", target)
    link.set(FORM, LinkForm.BARE.value)
    link.set("data-target", target)
    return [link, *rest]
