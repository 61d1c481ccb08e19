"""Reading front matter's fields as the shapes that notes need, whatever shape they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from codex_publisher.model import rules
from codex_publisher.model.dates import ImpossibleDate, PartialDate, parse_date
from codex_publisher.model.front_matter import FrontMatter, Value
from codex_publisher.model.names import one_line
from codex_publisher.model.problems import Problem, Rule

LEGACY_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "url": ("source_url", "source"),
    "date": ("date_published", "published", "date_archived"),
    "format": ("source_type",),
    "enrichments": ("enrichments_applied",),
    "tags": ("keywords", "tag"),
    "aliases": ("alias",),
}
"""Older names of fields, in the order in which they are tried."""

_URL: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_PLAIN_VALUE: Final = re.compile(r"\w[\w .+-]*")
LONGEST_HINT: Final = 150
MAX_VALUE: Final = 500
"""Characters of a single value that is compared or shown as a chip; longer ones are cut."""


@dataclass(slots=True)
class FieldReader:
    """Reads the fields of one note and gathers what is wrong with them."""

    path: str
    front_matter: FrontMatter
    problems: list[Problem] = field(default_factory=list)

    def name_in_use(self, name: str) -> str | None:
        """The name under which a field is present: its own, or a legacy one."""
        fields = self.front_matter.fields
        if fields.get(name) not in (None, "", (), []):
            return name
        for legacy in LEGACY_NAMES.get(name, ()):
            if self._is_usable_legacy(name, legacy):
                return legacy
        return None

    def _is_usable_legacy(self, name: str, legacy: str) -> bool:
        value = self.front_matter.fields.get(legacy)
        if value in (None, "", (), []):
            return False
        # A claim's `source` is prose about its evidence; only an address can stand for `url`.
        return not (name == "url" and legacy == "source") or (
            isinstance(value, str) and _URL.match(value.strip()) is not None
        )

    def text(self, name: str) -> str:
        """The field as one line of text; a list is joined with commas and reported."""
        used = self.name_in_use(name)
        if used is None:
            return ""
        value = self.front_matter.fields[used]
        if isinstance(value, str):
            return one_line(value)
        self.report(
            rules.FIELD_TYPE,
            used,
            f"`{used}` should be one text, but it is {_shape(value)}.",
            "keep one value",
        )
        return one_line(", ".join(_flatten(value)))

    def facet_value(self, name: str) -> str:
        """The field as a short value for an index; empty when absent."""
        return self.text(name)[:MAX_VALUE]

    def texts(self, name: str, split_commas: bool = False) -> tuple[str, ...]:
        """The field as a list of texts, without repeats. A single text becomes a list of one.

        With `split_commas`, `a, b` is read as two values, as writers of tags mean it.
        """
        used = self.name_in_use(name)
        if used is None:
            return ()
        value = self.front_matter.fields[used]
        if isinstance(value, str):
            items: Iterable[str] = _split(value) if split_commas else [value]
            if split_commas:
                self.report(
                    rules.FIELD_TYPE,
                    used,
                    f"`{used}` should be a list, but it is one text.",
                    _list_hint(used, items),
                )
        else:
            items = _flatten(value)
        return tuple(dict.fromkeys(line for item in items if (line := one_line(item))))

    def facet_values(self, name: str) -> tuple[str, ...]:
        """The field as a list of short values for an index."""
        values = (text.lstrip("# ")[:MAX_VALUE] for text in self.texts(name, split_commas=True))
        return tuple(dict.fromkeys(value for value in values if value))

    def date(self, *names: str) -> PartialDate | None:
        """The first of these fields that holds a date, to the precision that is known."""
        for name in names:
            if (used := self.name_in_use(name)) is None:
                continue
            text = ", ".join(_flatten(self.front_matter.fields[used])).strip()
            try:
                found = parse_date(text)
            except ImpossibleDate as impossible:
                self.report(rules.BAD_DATE, used, str(impossible), "write it as 2026-03-12, 2026-03 or 2026")
                found = impossible.partial
            else:
                if found is None:
                    self.report(
                        rules.BAD_DATE,
                        used,
                        f"`{used}` holds “{text[:60]}”, which is not a date.",
                        "write it as 2026-03-12, 2026-03 or 2026",
                    )
            if found is not None:
                return found
        return None

    def report(self, rule: Rule, name: str, message: str, hint: str = "") -> None:
        """Note a problem at the place of the field `name`, or at the top when it is absent."""
        line, column = self.front_matter.places.get(name, (1, 1))
        self.problems.append(Problem(self.path, line, column, rule, message, hint))


def _split(text: str) -> list[str]:
    """The values in a text that should be a list: parted by commas, or each beginning with `#`."""
    text = text.strip().strip("[]")
    words = text.split()
    if "," not in text and len(words) > 1 and all(word.startswith("#") for word in words):
        return words
    return text.split(",")


def _list_hint(name: str, items: Iterable[str]) -> str:
    values = [value for item in items if (value := one_line(item).lstrip("#"))]
    if not all(_PLAIN_VALUE.fullmatch(value) for value in values) or sum(map(len, values)) > LONGEST_HINT:
        return f"write it in square brackets, with commas between, as in `{name}: [one, two]`"
    return f"write `{name}: [{', '.join(values)}]`"


def _flatten(value: Value) -> list[str]:
    """Every text inside a value, in order. Depth was limited when the front matter was read."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for key, item in value.items() for text in (_with_key(str(key), item))]
    return [text for item in value for text in _flatten(item)]


def _with_key(key: str, item: Value) -> list[str]:
    """`- Note: something` in a list is a mapping to YAML and a sentence to its writer."""
    texts = _flatten(item)
    return [f"{key}: {', '.join(texts)}"] if texts else [key]


def _shape(value: Value) -> str:
    return "a group of fields" if isinstance(value, Mapping) else "a list"
