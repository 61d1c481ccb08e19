"""The slips by which people break YAML, in words for someone who has never heard of YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_CLOSED: Final = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*'"),
}
_BAD_ESCAPE: Final = re.compile(r'(?:[^\\]|\\[0abtnvfre "/\\N_LPxuU\t\n])*?(?=\\)', re.DOTALL)
_BRACKETS: Final = {"[": "]", "{": "}"}
_SPECIAL: Final = frozenset("@`%*&!|>,]}?:#")
_COLON: Final = re.compile(r":(?=[ \t]|$)")
# A quote that is never closed runs to the end, or each quote after it would be tried from there.
_QUOTED_OR_BRACKET: Final = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*(?:"|\Z)|(?<!\w)'(?:[^']|'')*(?:'|\Z)|[\[\]{}])""", re.DOTALL
)
_BLOCK_MARK: Final = re.compile(r"[|>][+-]?[0-9]?[+-]?")
_LONGEST_HINT: Final = 100
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a value, and where in it."""

    message: str
    hint: str = ""
    line: int = 0
    """Lines below the first line of the value."""
    column: int = 0
    """Characters from the start of that line."""


def explain(subject: str, prefix: str, lines: Sequence[str], reason: str) -> Slip:
    """Say what is wrong with a value that is not YAML.

    Takes how a sentence names the value ("The value of `title`"), what stands before it in the file
    (`title: `), its lines, and the parser's own reason, which is used when no common slip is found.
    """
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    value = lines[start].strip()
    indent = len(lines[start]) - len(lines[start].lstrip())
    whole = "\n".join([value, *lines[start + 1 :]])
    slip = (
        _quote_slip(subject, prefix, whole)
        or _bracket_slip(subject, prefix, whole)
        or _special_slip(subject, prefix, value)
        or _colon_slip(subject, prefix, value)
    )
    if slip:
        return Slip(slip.message, slip.hint, start, indent + slip.column)
    return _lower_slip(subject, lines, start) or Slip(
        f"{subject} is not valid YAML ({reason}); it is kept as text.",
        _quote_hint(prefix, value),
        start,
        indent,
    )


def _quote_slip(subject: str, prefix: str, whole: str) -> Slip | None:
    closed = _CLOSED.get(whole[:1])
    if not closed:
        return None
    value, quote = whole.split("\n", 1)[0], whole[0]
    found = closed.match(whole)
    if not found:
        hint = _quote_hint(prefix, value) if quote == "'" else f"end the value with `{quote}`"
        return Slip(f"{subject} opens a quote with `{quote}` that is never closed.", hint)
    if whole[found.end() :].strip():
        column = found.end() if "\n" not in found.group() else 0
        hint = _quote_hint(prefix, unquote(value))
        return Slip(f"{subject} goes on after its closing quote.", hint, column=column)
    if quote == '"' and (escape := _BAD_ESCAPE.match(whole)):
        message = f"{subject} has a backslash, which inside double quotes starts an escape."
        hint = "put the value in single quotes, or write each backslash twice"
        return Slip(message, hint, column=escape.end() if "\n" not in escape.group() else 0)
    return None


def missing_bracket(text: str) -> str:
    """Give the brackets that would close what `text` opens; empty when it opens none, or closes all."""
    open_brackets: list[str] = []
    for found in _QUOTED_OR_BRACKET.finditer(text):
        if found.group() in _BRACKETS:
            open_brackets.append(_BRACKETS[found.group()])
        elif open_brackets and found.group() == open_brackets[-1]:
            open_brackets.pop()
    return "".join(reversed(open_brackets))


def _bracket_slip(subject: str, prefix: str, whole: str) -> Slip | None:
    close = _BRACKETS.get(whole[:1])
    if not close:
        return None
    what = "list" if close == "]" else "group"
    if missing := missing_bracket(whole):
        return Slip(
            f"{subject} opens a {what} with `{whole[0]}` that is never closed.", f"end it with `{missing}`"
        )
    value = whole.split("\n", 1)[0]
    if whole.startswith("[["):
        message = f"{subject} has a wiki link and more, which YAML reads as a list that is not valid."
        return Slip(message, 'put each link on a line of its own, in quotes: `  - "[[name]]"`')
    message = f"{subject} starts with `{whole[0]}`, so YAML reads a {what}, and it is not a valid one."
    hint = _quote_hint(prefix, value)
    return Slip(message, f"{hint}; or, for a {what}, put each text in it in quotes, with commas between them")


def _special_slip(subject: str, prefix: str, value: str) -> Slip | None:
    if value.startswith("- "):
        message = f"{subject} starts with `- ` as an item of a list does, but on the line of its field."
        return Slip(message, "begin a new line before each `- `, or put the value in quotes")
    if value[:1] in _SPECIAL:
        shown = "a backtick" if value[0] == "`" else f"`{value[0]}`"
        message = f"{subject} starts with {shown}, which has a meaning of its own in YAML."
        return Slip(message, _quote_hint(prefix, value))
    return None


def _colon_slip(subject: str, prefix: str, value: str) -> Slip | None:
    # What follows ` #` is a comment, in which a colon does no harm.
    if found := _COLON.search(value.split(" #", 1)[0]):
        where = "followed by a space" if value[found.end() :].strip() else "at its end"
        message = f"{subject} has a colon {where}, which YAML reads as a new field."
        return Slip(message, _quote_hint(prefix, value), column=found.start())
    return None


def _lower_slip(subject: str, lines: Sequence[str], start: int) -> Slip | None:
    """Look for a slip below a first line that is sound."""
    for number, line in enumerate(lines[start + 1 :], start=start + 1):
        if line.startswith("- ") and lines[0].strip():
            return Slip(
                f"{subject} has a text and a list.", "begin a new line with `- ` before the text", number
            )
        if line[:1].strip():
            message = f"{subject} goes on here, on a line that is neither indented nor a field."
            hint = "put two spaces before it; or, to make it a field, a colon and a space after its name"
            return Slip(message, hint, number)
        if found := _COLON.search(line):
            message = f"{subject} has a colon followed by a space, which YAML reads as a new field."
            return Slip(message, "put the value in quotes", number, found.start())
    return None


def plain_value(lines: Sequence[str]) -> str | None:
    """Give the text of a value that could not be read as YAML; None when there is none.

    Takes its lines, which are joined by spaces (by line ends below a `|` or `>`), without the quotes
    around them.
    """
    parts = [part for line in lines if (part := line.strip()) and not part.startswith("# ")]
    if parts and _BLOCK_MARK.fullmatch(parts[0]):
        return "\n".join(parts[1:]) or parts[0]
    return unquote(" ".join(parts)) or None


def unquote(text: str) -> str:
    """Strip the quotes around a text, where they are a pair and not those of its first and last words."""
    quote = text[:1]
    if quote not in _CLOSED:
        return text
    if len(text) >= _PAIR and text.endswith(quote):
        inner = text[1:-1]
        second = inner.find(quote)
        # In `"A" and "B"` the second quote closes the first; in `"He said "no" twice"` it opens another.
        if second < 0 or second == 0 or inner[second - 1].isspace() or inner[second - 1] in "([\\":
            return inner
        return text
    # One quote too many is syntax, but `'Tis` begins with an apostrophe.
    return text[1:] if quote == '"' and quote not in text[1:] else text


def _quote_hint(prefix: str, value: str) -> str:
    # The hint itself stands between backticks.
    if len(value) > _LONGEST_HINT or "`" in value:
        return "put the value in quotes"
    return f"put the value in quotes: `{prefix}{_quoted(value)}`"


def _quoted(value: str) -> str:
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
