"""A codex in which every payload stands in every place of a note that the publisher reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from codex_publisher.model.fields import LEGACY_NAMES
from codex_publisher.model.forms import FORMS
from codex_publisher.model.front_matter import COMMON_FIELDS
from codex_publisher.model.kinds import KINDS
from codex_publisher.model.note_checks import KNOWN_FIELDS
from codex_publisher.model.queue_checks import _NOTES_FIELDS, _RESULT_FIELDS
from codex_publisher.model.relations import FIELD_STATEMENTS
from codex_publisher.model.waiting import QUEUED_FIELDS
from codex_publisher.site.note_views import _TEXT_FACTS
from support.hostile.payloads import PAYLOADS, Payload, payload_of, word_of
from support.small_codex import PIXEL

Files = dict[str, str | bytes]
Put = Callable[[str], str]
"""From a payload of one line to the Markdown that has it in a place."""


def _block(text: str) -> str:
    return text


BODY_PLACES: Final[Mapping[str, Put]] = {
    "paragraph": lambda text: f"Words before {text} words after.",
    "heading": lambda text: f"## A heading {text}",
    "heading with a line below": lambda text: f"Another heading {text}\n---",
    "emphasis": lambda text: f"**a {text}** and _b {text}_ and ~~c {text}~~",
    "item of a list": lambda text: f"- an item {text}\n  - another {text}",
    "quote": lambda text: f"> a quote {text}",
    "alert": lambda text: f"> [!WARNING] {text}\n> a warning {text}",
    "task": lambda text: f"- [x] a task {text}",
    "cell of a table": lambda text: f"| a head {text} | b |\n|---|---|\n| a cell {text} | c |",
    "text of a link": lambda text: f"[words {text}](https://ok.example/)",
    "address of a link": lambda text: f"[words](<{text}>) [words]({text})",
    "title of a link": lambda text: f"[words](https://ok.example/ \"{text}\") [words](<x> '{text}')",
    "reference": lambda text: f'[words {text}][{text}]\n\n[{text}]: <{text}> "{text}"',
    "autolink": lambda text: f"<{text}> <https://ok.example/{text}> https://ok.example/{text}",
    "words for an image": lambda text: f"![words {text}](https://ok.example/x.png)",
    "address of an image": lambda text: f"![words](<{text}>) ![words](pixel.png '{text}')",
    "footnote": lambda text: f"words[^a{len(text)}]\n\n[^a{len(text)}]: A footnote {text}",
    "name of a footnote": lambda text: f"words[^{text}]\n\n[^{text}]: A footnote",
    "wiki link": lambda text: f"[[{text}]]",
    "words of a wiki link": lambda text: f"[[anchor|words {text}]]",
    "heading of a wiki link": lambda text: f"[[anchor#{text}]] [[anchor#^{text}|x]]",
    "embed": lambda text: f"![[{text}]] ![[pixel.png|{text}]] ![[{text}.png]]",
    "name of a block": lambda text: f"words ^{text}",
    "language of code": lambda text: f"```{text}\nsome code\n```\n\n~~~{text}\nsome code\n~~~",
    "code": lambda text: f"`code {text}`\n\n```html\n{text}\n```\n\n    {text}",
    "attribute": lambda text: (
        f"words <b title=\"{text}\">x</b> <b title='{text}'>x</b> <b title={text}>x</b>"
    ),
    "id": lambda text: f'words <a id="{text}" name="{text}">x</a> <b id={text} class="{text}">x</b>',
    "address in HTML": lambda text: f'words <a href="{text}">x</a> <img src="{text}" alt="{text}">',
    "label": lambda text: f"## Agent Notes\n\n**Why this matters:** words {text}\n**{text}:** words",
    "curator's label": lambda text: f"## Curator Notes\n\nPRIMARY CONNECTION: {text}\nWHY ARCHIVED: {text}",
    "candidate": lambda text: f"CLAIM CANDIDATE: one two three {text}",
    "evidence": lambda text: f"## Evidence\n\n- [[anchor]]: words {text} more words",
    "details": lambda text: f"<details><summary>words {text}</summary>\n\nmore {text}\n\n</details>",
    "comment": lambda text: f"words <!-- {text} --> words",
    "cell in HTML": lambda text: f"<table><tr><td>words {text}</td></tr></table>",
    "element": lambda text: f"<div>\n{text}\n</div>",
}
"""By name. What is most apt to swallow the rest of a note stands last."""

_FIRST_FIELD: Final = 40
_PLACE: Final = {name: number for number, name in enumerate(BODY_PLACES)}
_RAW, _NAME, _FOLDER, _ATTACHMENT, _VALUE, _ITEM, _KEY, _ALIAS, _GROUP = range(_FIRST_FIELD, _FIRST_FIELD + 9)
PLACE_NAMES: Final[Mapping[int, str]] = {
    **{number: name for name, number in _PLACE.items()},
    _RAW: "whole body",
    _NAME: "file name",
    _FOLDER: "folder name",
    _ATTACHMENT: "name of a picture",
    _VALUE: "value of a field",
    _ITEM: "item of a list in a field",
    _KEY: "name of a field",
    _ALIAS: "alias",
    _GROUP: "group of fields",
}

MEANINGLESS: Final = (
    "unheard of",
    "template",
    "icon",
    "hide",
    "search",
    "robots",
    "canonical",
    "image",
    "social",
)
"""Fields of which the publisher knows nothing, among them those that MkDocs and Material obey."""
FIELDS: Final = tuple(
    sorted(
        {
            *KNOWN_FIELDS,
            *COMMON_FIELDS,
            *LEGACY_NAMES,
            *FIELD_STATEMENTS,
            *QUEUED_FIELDS,
            *_RESULT_FIELDS,
            *_NOTES_FIELDS,
            *(field.name for form in FORMS for field in form.fields),
            *(name for _, name in _TEXT_FACTS),
            *("name", "summary", "website", "domains", "secondary_domains", "processed_by", "tracked_by"),
            *("processed_date", "updated", "last_updated", "belief_codes", "entity_type"),
            *MEANINGLESS,
        }
        - {"type"}
    )
)
"""Every field that the publisher reads, and some that it does not."""
FACETS: Final = frozenset(
    {
        *(
            "domain",
            "domains",
            "secondary_domains",
            "tags",
            "keywords",
            "tag",
            "status",
            "priority",
            "confidence",
        ),
        *("author", "agent", "processed_by", "tracked_by", "format", "source_type"),
    }
)
"""Fields with an index of their values."""
LISTS: Final = frozenset(
    {
        "tags",
        "keywords",
        "tag",
        "aliases",
        "alias",
        "secondary_domains",
        "domains",
        "depends_on",
        "claims_extracted",
    }
    | {"enrichments", "enrichments_applied", "search", "hide"}
)
ADDRESSES: Final = frozenset({"url", "source_url", "website", "image", "canonical", "template", "icon"})
"""Fields in which nothing stands before the payload, since some payloads only work where they come first."""


SETTINGS: Final = {"repository": "https://github.com/example/notes"}
"""With the address of a repository, pages have links to files, and to forms for those that are wanted."""


def hostile_codex(payloads: tuple[Payload, ...] = PAYLOADS) -> Files:
    """Four notes for each payload: in the body, as a whole file and its name, in all fields, in all lists."""
    files: Files = {
        "claims/anchor.md": "---\ntype: claim\ntitle: The anchor\n---\n\nAll others link to this one.\n",
        "images/pixel.png": PIXEL,
        "README.md": f"# About\n\n{payloads[0].named(_RAW)} {{{{ config }}}}\n",
    }
    for payload in payloads:
        # The dates of notes stand in their names, since every field for one holds something else.
        files |= _notes_of(payload)
    return files


def placements(payloads: tuple[Payload, ...] = PAYLOADS) -> Iterator[tuple[Payload, int]]:
    """Each payload with each place that it stands in."""
    return ((payload, place) for payload in payloads for place in PLACE_NAMES)


def _notes_of(payload: Payload) -> Files:
    number = payload.number
    kind = [*(kind.name for kind in KINDS), payload.named(_VALUE)][number % (len(KINDS) + 1)]
    picture = _as_name(payload.at(_ATTACHMENT), 120) + ".png"
    folder = _as_name(payload.named(_FOLDER))
    return {
        f"domains/{folder}/2026-03-01-body {number}.md": (
            f"{body_with(payload)}\n\n![[{picture}]] ![x](<../../images/{picture}>)\n"
        ),
        f"claims/{_as_name(payload.named(_NAME))}.md": payload.at(_RAW),
        f"inbox/queue/2026-03-02-source {number}.md": _fields(payload, "source", is_plain=True),
        f"agents/{_as_name(payload.named(_FOLDER))}/musings/2026-03-03-m{number}.md": _fields(
            payload, kind, is_plain=False
        ),
        f"images/{picture}": PIXEL,
    }


def body_with(payload: Payload) -> str:
    """A body with a payload in each of its places."""
    parts = [f"# {one_line(payload.named(_PLACE['heading']))}"]
    parts += [put(one_line(payload.named(place))) for put, place in _puts()]
    # Once more with nothing before it, for what only works where it comes first.
    parts += [put(one_line(payload.at(place))) for put, place in _puts()]
    return "\n\n".join((*parts, payload.named(_RAW)))


def bodies_with(payload: Payload) -> Iterator[tuple[int, str]]:
    """Bodies with a payload in one place each, as it stands and in one line."""
    for put, place in _puts():
        for text in dict.fromkeys((payload.at(place), one_line(payload.named(place)))):
            yield place, put(text)
    yield _RAW, payload.at(_RAW)


def _puts() -> Iterator[tuple[Put, int]]:
    return ((put, _PLACE[name]) for name, put in BODY_PLACES.items())


def one_line(text: str) -> str:
    """A text in one line, as many places take no other."""
    return " ".join(text.split("\n"))


def _as_name(text: str, most: int = 180) -> str:
    """A text as a file may be called, on any file system that takes more than letters."""
    kept = text.replace("/", "\u2215").replace("\0", "\ufffd").replace("\\", "\u2216")
    return kept.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").strip(". ") or "x"


def _fields(payload: Payload, kind: str, is_plain: bool) -> str:
    """A note with the payload in every field, and in its name; else as items of lists and groups."""
    lines = ["---", f"type: {_quoted(kind)}"]
    # A field's older names are read where it is not there itself.
    names = FIELDS if is_plain else [name for name in FIELDS if name not in LEGACY_NAMES]
    lines += [f"{name}: {_value(payload, name, is_plain)}" for name in names]
    lines += [f"{_quoted(payload.named(_KEY))}: {_quoted(payload.named(_VALUE))}", "---", ""]
    return "\n".join((*lines, "The words of a note with [[anchor]].", ""))


def _value(payload: Payload, name: str, is_plain: bool) -> str:
    if name in ("aliases", "alias"):
        return f"[{_quoted(payload.named(_ALIAS))}]"
    if name in ADDRESSES:
        return _quoted(payload.at(_VALUE))
    if is_plain and name not in LISTS:
        return _quoted(payload.named(_VALUE))
    if name in FACETS:
        # The same everywhere, so that a value has many notes and the site not many more pages.
        return f"[{_quoted(payload.named(_VALUE))}]" if name in LISTS else _quoted(payload.named(_VALUE))
    if name in LISTS or name in FIELD_STATEMENTS:
        return f"[{_quoted(payload.named(_ITEM))}, {_quoted(f'[[{payload.at(_ITEM)}]]')}]"
    return f"{{{_quoted(payload.named(_GROUP))}: {_quoted(payload.at(_GROUP))}}}"


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, which JSON's escapes are but for halves of characters."""
    return json.dumps(text, ensure_ascii=True).replace("\\/", "/")


def told(mark: str) -> str:
    """A mark in words: which payload, in which place."""
    number, place = payload_of(int(mark))
    return f"{PAYLOADS[number].text!r} as {PLACE_NAMES[place]} ({word_of(number, place)})"
