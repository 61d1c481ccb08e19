"""The fields at the head of a note, read so that no note can stop a build and no text gets lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from frontmatter.default_handlers import YAMLHandler

from codex_publisher.model import rules
from codex_publisher.model.problems import Fault, Rule
from codex_publisher.model.recovery import KEY_LINE, recover_fields
from codex_publisher.model.yaml_text import Place, Value, YamlError, YamlText, read_yaml, shorten

__all__ = ["COMMON_FIELDS", "FrontMatter", "TextHandler", "Value", "read_front_matter"]

MAX_BYTES: Final = 16 * 1024
MAX_ALIKE: Final = 10
"""How many faults of one rule are told one by one; more are one, which says how many there are."""
MAX_ALIASES: Final = 3
"""The same for anchors and aliases. They belong together, and what multiplies by them is one thing wrong."""
COMMON_FIELDS: Final = frozenset(
    (
        *("type", "title", "date", "domain", "status", "priority", "tags"),
        *("url", "author", "confidence", "description", "created", "source", "agent"),
    )
)

_OPENING: Final = re.compile(r"---[ \t\r]*(?:\n|\Z)")
_FENCE: Final = re.compile(r"^(?:-{3,}|\.\.\.)[ \t\r]*$", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"(?:[ \t\r]*\n)*")
_BACKTICKS: Final = re.compile("`{3,}")
# A line that is neither a field nor an item, a comment or a part of the line above.
_PROSE: Final = re.compile(rf"^(?!{KEY_LINE.pattern}|- |-$|#)\S", re.MULTILINE)
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A note's fields and its body. Mappings in it can be neither changed nor pickled."""

    fields: Mapping[str, Value]
    """Every value as the text that was written: `2026-03-12`, `yes` and `1.10` are texts."""
    places: Mapping[str, Place]
    """Line and column, from 1, of each field's name in the file."""
    body: str
    body_line: int
    """The line of the file on which `body` begins: its line k is line `body_line + k - 1`."""
    faults: tuple[Fault, ...]
    """What is wrong, in the order of the file; of one rule one by one, or all as one if they are many."""
    present: bool
    """Whether there is front matter at all, be it empty or unreadable."""


class TextHandler(YAMLHandler):
    """python-frontmatter's handler for YAML, but every value is text and nothing raises.

    A block opens with exactly `---`, as on GitHub, and may close with `...`, as in YAML.
    """

    def __init__(self) -> None:
        super().__init__(fm_boundary=_FENCE)

    def detect(self, text: str) -> bool:
        """Tell whether `text` begins with front matter."""
        return _OPENING.match(text) is not None

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
        """Give the fields of a block of front matter, empty when it has none."""
        block = _Block(fm, "", "", 1)
        found = _read_strictly(block) or _read_loosely(block)
        return dict(found.value) if isinstance(found.value, Mapping) else {}


@dataclass(frozen=True, slots=True)
class _Block:
    """The text between two `---` lines, and what follows it."""

    inside: str
    body: str
    after_opening: str
    """All that follows the opening line."""
    line: int
    """The line of the file on which `inside` begins."""
    is_closed: bool = True

    @property
    def body_line(self) -> int:
        """The line of the file on which `body` begins."""
        lines = self.inside.count("\n") + (self.inside[-1:] not in {"", "\n"})
        return self.line + lines + self.is_closed


def read_front_matter(text: str, known: frozenset[str] = COMMON_FIELDS) -> FrontMatter:
    """Read the fields at the head of a note.

    Takes any text, and the names of fields by which front matter is told from other text where its `---`
    lines leave that open. Gives what can be read, and a fault for each thing that is wrong. The body is
    the end of the text, or all of it, but for front matter that is no fields, which becomes a code block
    at the body's head. Never raises.
    """
    block = _find_block(text, 1, known)
    if block is None:
        return _missing(text)
    found = _read_strictly(block)
    if found is None:
        block = _before_prose(block, known) or block
        found = _read_strictly(block) or _read_loosely(block)
    if not isinstance(found.value, Mapping):
        # A line, an empty line and a text are a line across the page, not front matter.
        return _missing(text) if block.inside[:1].isspace() else _unreadable(block, found)
    faults = list(found.faults)
    if not block.is_closed:
        message = "Front matter begins here, but no line `---` ends it."
        hint = f"put a line `---` before line {block.body_line}"
        faults.append(Fault(rules.FRONT_MATTER_UNCLOSED, block.line - 1, 1, message, hint))
    front_matter = FrontMatter(
        found.value, found.places, block.body, block.body_line, _in_order(faults), present=True
    )
    return _with_second_block(front_matter, known)


def _missing(text: str) -> FrontMatter:
    message = "This note does not begin with front matter."
    hint = "begin it with a line `---`, lines such as `type: claim`, and another line `---`"
    fault = Fault(rules.FRONT_MATTER_MISSING, 1, 1, message, hint)
    return FrontMatter(MappingProxyType({}), MappingProxyType({}), text, 1, (fault,), present=False)


def _find_block(text: str, first_line: int, known: frozenset[str]) -> _Block | None:
    """Find the block at the head of a text, after blank lines; None when there is none."""
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    head = text[start:]
    handler = TextHandler()
    if not handler.detect(head):
        return None
    line = first_line + text.count("\n", 0, start) + 1
    after_opening = head.partition("\n")[2]
    try:
        inside, body = handler.split(head)
    except ValueError:
        return _leading_fields(after_opening, line, known)
    return _Block(inside.removeprefix("\n"), body.removeprefix("\n"), after_opening, line)


def _leading_fields(text: str, first_line: int, known: frozenset[str]) -> _Block | None:
    """Give the lines at the head of a text that look like fields as a block without an end."""
    end = 0
    after_blank = may_have_items = False
    for found in _LINE.finditer(text):
        line = found.group()
        field = KEY_LINE.match(line)
        if field and not field["indent"] and (not after_blank or field["key"] in known):
            may_have_items = not field["rest"].strip()
        elif not line.strip():
            after_blank = True
            continue
        elif after_blank or not end or not (line[0].isspace() or (may_have_items and line[0] == "-")):
            break
        end, after_blank = found.end(), False
    return _Block(text[:end], text[end:], text, first_line, is_closed=False) if end else None


def _before_prose(block: _Block, known: frozenset[str]) -> _Block | None:
    """Find where front matter ends whose `---` is missing, so that a line across the page closed it.

    That is so when fields are followed by a blank line and then by text that cannot be a field.
    """
    shorter = _leading_fields(block.inside, block.line, known)
    if shorter is None or shorter.body[:1] not in "\n#" or not _PROSE.search(shorter.body):
        return None
    end = len(shorter.inside)
    text = block.after_opening
    return _Block(text[:end], text[end:], text, block.line, is_closed=False)


def _read_strictly(block: _Block) -> YamlText | None:
    """Read a block as YAML; None when it is not YAML, or too large, or only a text."""
    if _is_too_large(block.inside):
        return None
    try:
        found = read_yaml(block.inside, block.line)
    except YamlError:
        return None
    if found.value is None:
        return YamlText(MappingProxyType({}), MappingProxyType({}))
    return None if isinstance(found.value, str) else found


def _read_loosely(block: _Block) -> YamlText:
    """Read a block that is not YAML field by field; the value is None when it has no field."""
    inside = block.inside
    faults = []
    if _is_too_large(inside):
        size = len(inside.encode("utf-8", "surrogatepass"))
        inside = inside.encode("utf-8", "surrogatepass")[:MAX_BYTES].decode("utf-8", "ignore")
        inside = inside[: inside.rfind("\n") + 1]
        last_line = block.line + inside.count("\n") - 1
        message = f"Front matter has {size:,} bytes, of which the first {MAX_BYTES:,} are read"
        message += f", up to line {last_line}."
        hint = "move long texts below the front matter"
        faults.append(Fault(rules.FRONT_MATTER_TOO_LARGE, block.line, 1, message, hint))
    found = recover_fields(inside, block.line)
    faults += found.faults
    if not found.value:
        return YamlText(None, MappingProxyType({}), tuple(faults))
    if not faults:
        # Each field is sound, so what is wrong lies between them.
        message = "These fields do not fit together as YAML; they were read one by one."
        hint = "begin all of them in the same column"
        faults.append(Fault(rules.FRONT_MATTER_BROKEN, block.line, 1, message, hint))
    return YamlText(found.value, found.places, tuple(faults))


def _is_too_large(text: str) -> bool:
    # A character takes at most four bytes, which settles nearly all cases without encoding.
    return len(text) * 4 > MAX_BYTES and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES


def _unreadable(block: _Block, found: YamlText) -> FrontMatter:
    """Keep a block that holds no fields as code at the head of the body, line for line."""
    longest = max((len(run) for run in _BACKTICKS.findall(block.inside)), default=2)
    fence = "`" * (longest + 1)
    what = "is a list, not fields" if isinstance(found.value, tuple) else "has no field that can be read"
    message = f"The front matter {what}; it is shown as code at the head of the note."
    hint = "write each field on a line of its own, as `name: value`"
    fault = Fault(rules.FRONT_MATTER_BROKEN, block.line, 1, message, hint)
    if too_large := next((each for each in found.faults if each.rule is rules.FRONT_MATTER_TOO_LARGE), None):
        fault = replace(too_large, message=f"{too_large.message} {message}")
    return FrontMatter(
        fields=MappingProxyType({}),
        places=MappingProxyType({}),
        body=f"{fence}yaml\n{block.inside}{fence}\n{block.body}",
        body_line=block.line - 1,
        faults=(fault,),
        present=True,
    )


def _with_second_block(first: FrontMatter, known: frozenset[str]) -> FrontMatter:
    """Add the fields of a second block that follows at once, as happens when a tool adds its own."""
    block = _find_block(first.body, first.body_line, known)
    found = _read_strictly(block) if block and block.is_closed else None
    if not block or not found or not isinstance(found.value, Mapping) or known.isdisjoint(found.value):
        return first
    message = "Another block of front matter begins here; its fields are added to the first block's."
    if both := [key for key in found.value if key in first.fields]:
        names = ", ".join(f"`{shorten(key)}`" for key in both[:_NAMED])
        message += f" In both, so read from the first: {names}{', …' if both[_NAMED:] else ''}."
    fault = Fault(rules.SECOND_DOCUMENT, block.line - 1, 1, message, "put all fields into one block")
    added = [key for key in found.value if key not in first.fields]
    return FrontMatter(
        fields=MappingProxyType({**first.fields, **{key: found.value[key] for key in added}}),
        places=MappingProxyType({**first.places, **{key: found.places[key] for key in added}}),
        body=block.body,
        body_line=block.body_line,
        faults=_in_order([*first.faults, fault, *found.faults]),
        present=True,
    )


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """Sort faults by place, and keep a hostile note from flooding every list of problems."""
    by_rule: dict[Rule, list[Fault]] = defaultdict(list)
    for fault in sorted(faults, key=_place):
        by_rule[fault.rule].append(fault)
    told = (fault for alike in by_rule.values() for fault in _few(alike))
    return tuple(sorted(told, key=_place))


def _few(alike: list[Fault]) -> list[Fault]:
    """Take the faults of one rule, in order; give one for all of them if they are too many."""
    first, *others = alike
    if len(alike) <= (MAX_ALIASES if first.rule is rules.YAML_ALIAS else MAX_ALIKE):
        return alike
    where = "on the same line" if alike[-1].line == first.line else f"down to line {alike[-1].line}"
    message = f"{first.message} {len(others):,} more problems of this kind follow it, {where}."
    return [replace(first, message=message)]


def _place(fault: Fault) -> Place:
    return fault.line, fault.column
