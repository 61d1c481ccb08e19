"""How links are written: the exact place of each link's target, and the edit that names another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from codex_publisher.model.document import Link, LinkForm
from codex_publisher.model.edits import Edit, Text
from codex_publisher.model.field_text import FrontMatterText, Scalar, reads_as, written
from codex_publisher.model.relations import FIELD_STATEMENTS
from codex_publisher.model.shared import Shared

_WIKI: Final = re.compile(
    r"!?\[\[(?P<target>[^\[\]|#]{0,1000}?)\\?(?:#[^\[\]|]{0,1000})?(?P<label>\|[^\[\]]*)?\]\]"
)
_DESTINATION: Final = re.compile(
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))+))"
)
_DEFINITION: Final = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]\n]+)\]:[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))", re.MULTILINE
)
_ATTRIBUTE: Final = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITIES: Final = {"amp": "&", "quot": '"', "apos": "'", "#39": "'", "lt": "<", "gt": ">"}
_ENTITY: Final = re.compile(f"&({'|'.join(_ENTITIES)});")
_TO_ENCODE: Final = re.compile(r"""[\x00-\x20\x7f()<>%#?\\"'`*\[\]|&]""")
_TO_ENCODE_IN_ANGLES: Final = re.compile(r"[\x00-\x1f\x7f<>%#\\&]")
_REACH: Final = 20_000
"""Characters of a note in which the rest of a link is sought."""
_TAG_REACH: Final = 1000


class Spelling(Shared, Enum):
    """How the address of a link has to be written at its place."""

    WIKI = "in double brackets"
    ANGLE = "in angle brackets, where spaces may stand"
    ENCODED = "percent-encoded"
    ATTRIBUTE = "percent-encoded, in quotes"


@dataclass(frozen=True, slots=True)
class TargetText:
    """The target of one link as it is written, without its fragment and its words."""

    start: int
    end: int
    spelling: Spelling
    label_at: int = 0
    """Of a wiki link without words of its own: where they would go; else 0."""

    def replaced(self, target: str) -> Edit:
        """The edit that has the link name another target."""
        if self.spelling is Spelling.WIKI:
            return Edit(self.start, self.end, target)
        return Edit(self.start, self.end, encoded(target, may_have_spaces=self.spelling is Spelling.ANGLE))


def encoded(target: str, *, may_have_spaces: bool = False) -> str:
    """A path as an address: what would end the address or mean something in it is percent-encoded."""
    pattern = _TO_ENCODE_IN_ANGLES if may_have_spaces else _TO_ENCODE
    return pattern.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target)


def find_target(text: Text, link: Link) -> TargetText | None:
    """Where the target of a body's link is written; None where that is not certain."""
    start = text.offset(link.line, link.column)
    if link.form in (LinkForm.WIKI, LinkForm.EMBED):
        return _wiki_target(text.exact, start, link)
    if link.form not in (LinkForm.MARKDOWN, LinkForm.IMAGE):
        return None
    exact = text.exact
    opening = start + exact.startswith("!", start)
    if not exact.startswith("[", opening):
        return _attribute(exact, start, link)
    closing = _closing_bracket(exact, opening)
    if closing is None:
        return None
    if exact.startswith("(", closing + 1):
        found = _DESTINATION.match(exact, closing + 1)
        return _if_meant(found, link, Spelling.ENCODED) if found else None
    return _definition(exact, opening, closing, link)


def _wiki_target(exact: str, start: int, link: Link) -> TargetText | None:
    found = _WIKI.match(exact, start)
    if not found or " ".join(found["target"].split()) != link.target:
        return None
    target = found["target"]
    begin = found.start("target") + len(target) - len(target.lstrip())
    return TargetText(
        begin, begin + len(target.strip()), Spelling.WIKI, 0 if found["label"] else found.end() - 2
    )


def _closing_bracket(exact: str, opening: int) -> int | None:
    """The bracket that closes a link's words; brackets in them come in pairs."""
    depth = 0
    at = opening
    while at < min(len(exact), opening + _REACH):
        if exact[at] == "\\":
            at += 1
        elif exact[at] == "[":
            depth += 1
        elif exact[at] == "]":
            depth -= 1
            if not depth:
                return at
        at += 1
    return None


def _definition(exact: str, opening: int, closing: int, link: Link) -> TargetText | None:
    """The address of `[words][label]`, which stands on a line of its own."""
    label = exact[opening + 1 : closing]
    if exact.startswith("[", closing + 1) and (end := exact.find("]", closing + 2)) >= 0:
        label = exact[closing + 2 : end] or label
    found = _definitions(exact).get(_folded(label))
    return _if_meant(found, link, Spelling.ENCODED) if found else None


@lru_cache(maxsize=1)
def _definitions(exact: str) -> Mapping[str, re.Match[str]]:
    """Every address that stands on a line of its own, by its label: of several, the first counts.

    The links of a note are asked for one after the other, and each would read the whole note.
    """
    return {_folded(found["label"]): found for found in reversed(list(_DEFINITION.finditer(exact)))}


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _attribute(exact: str, start: int, link: Link) -> TargetText | None:
    """The address of a link in raw HTML."""
    for found in _ATTRIBUTE.finditer(exact, start, min(len(exact), start + _TAG_REACH)):
        if target := _if_meant(found, link, Spelling.ATTRIBUTE):
            return target
    return None


def _if_meant(found: re.Match[str], link: Link, spelling: Spelling) -> TargetText | None:
    """The target in an address that was found, if it is the one that the link has."""
    group = next(
        name for name in ("angle", "plain", "double", "single") if found.groupdict().get(name) is not None
    )
    address = found[group]
    target, _, fragment = address.partition("#")
    if (_meant(target), _meant(fragment)) != (link.target, link.fragment):
        return None
    if group == "angle":
        spelling = Spelling.ANGLE
    return TargetText(found.start(group), found.start(group) + len(target), spelling)


def _meant(address: str) -> str:
    return unquote(_ENTITY.sub(lambda found: _ENTITIES[found[1]], _ESCAPED.sub(r"\1", address)).strip())


Renaming = Callable[[str], str | None]
"""Says for the target of a link what it is to be instead; None to leave it."""


def edit_field_links(
    fields: FrontMatterText, name: str, rename: Renaming, *, bare: bool = True
) -> Iterator[Edit]:
    """The edits that rename the links of a field, keeping how each is quoted.

    With `bare`, also those without brackets, in fields where a name alone is a link.
    """
    for scalar in fields.texts(name):
        exact = fields.text.exact[scalar.start : scalar.end]
        if "[[" in scalar.value:
            yield from _edit_wiki_links(scalar, exact, rename)
        elif bare and name in FIELD_STATEMENTS and scalar.style not in ("|", ">"):
            target = " ".join(scalar.value.split()).strip("\"'")
            if target and (new := rename(target)) is not None:
                yield scalar.replaced(new)


def _edit_wiki_links(scalar: Scalar, exact: str, rename: Renaming) -> Iterator[Edit]:
    edits = []
    for found in _WIKI.finditer(exact):
        raw = found["target"]
        target = " ".join(_unquoted(raw, scalar.style).split())
        if target and (new := rename(target)) is not None:
            begin = found.start("target") + len(raw) - len(raw.lstrip())
            edits.append(Edit(begin, begin + len(raw.strip()), _quoted(new, scalar.style)))
    if not edits:
        return
    pieces, reached = [], 0
    for edit in edits:
        pieces += [exact[reached : edit.start], edit.replacement]
        reached = edit.end
    whole = "".join([*pieces, exact[reached:]])
    is_one_line = "\n" not in whole and "\r" not in whole
    if is_one_line and scalar.style in ("", "[") and not reads_as(whole, whole, in_flow=scalar.in_flow):
        # Without quotes, the new name would mean something to YAML.
        yield Edit(scalar.start, scalar.end, written(whole, '"'))
        return
    for edit in edits:
        yield Edit(scalar.start + edit.start, scalar.start + edit.end, edit.replacement)


def _unquoted(raw: str, style: str) -> str:
    if style == "'":
        return raw.replace("''", "'")
    return raw.replace('\\"', '"').replace("\\\\", "\\") if style == '"' else raw


def _quoted(value: str, style: str) -> str:
    if style == "'":
        return value.replace("'", "''")
    return value.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else value
