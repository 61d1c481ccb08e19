"""Dates as notes write them: often only the year, or the month, is known."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codex_publisher.model.shared import Shared

# Not from `calendar.month_name`, which speaks the language of the machine.
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}

_YEAR: Final = r"(?P<year>[1-9][0-9]{3})"
_MONTH: Final = r"(?P<month>[0-9]{1,2})"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_TIME: Final = (
    r"(?:(?:[Tt]|[ ]+)[0-9]{1,2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?"
    r"[ ]*(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_NAME: Final = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ORDINAL: Final = r"(?:st|nd|rd|th)?"
_FORMS: Final = tuple(
    # ASCII: without it, digits of every script and the long s of old prints would count too.
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?:(?P<mark>[-/]){_MONTH}(?:(?P=mark){_DAY}{_TIME})?)?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_TIME}",
        rf"{_NAME}(?:[ ]+{_DAY}{_ORDINAL})?,?[ ]+{_YEAR}",
        rf"{_DAY}{_ORDINAL}[ ]+{_NAME},?[ ]+{_YEAR}",
    )
)


class Precision(Shared, StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown.

    An unknown part sorts before every known one of the same year or month. Raises `ValueError` when
    made of parts that are no date, such as a day without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        self.first_day()

    def __lt__(self, other: PartialDate) -> bool:
        return self._known() < other._known()

    def __str__(self) -> str:
        return self.iso

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def iso(self) -> str:
        """The known parts in ISO 8601 form: `2026`, `2026-03`, `2026-03-12`."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """The known parts as a reader expects them: `2026`, `March 2026`, `12 March 2026`."""
        parts = [str(self.day)] if self.day is not None else []
        parts += [_MONTHS[self.month - 1]] if self.month is not None else []
        return " ".join([*parts, str(self.year)])

    def first_day(self) -> datetime.date:
        """Give the earliest day that the date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def _known(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0


class ImpossibleDate(ValueError):  # noqa: N818 - it reads as what it says, as StopIteration does
    """Text that has the form of a date, but names a month or day which does not exist."""

    def __init__(self, message: str, partial: PartialDate | None) -> None:
        super().__init__(message)
        self.partial = partial
        """What can be read of it: 2024-02 for 2024-02-30."""


def parse_date(text: str) -> PartialDate | None:
    """Read a date in any of the forms that notes use.

    Takes any text, such as `2026-03-12`, `2026-03-00`, `2026/3`, `20260312`, `2026-03-12T10:00:00Z`,
    `March 12, 2026` or `Mar 2026`; a month or day of zero is unknown, and a time of day is passed over.
    Gives None for text that is not a date from the year 1000 on. Raises `ImpossibleDate`, and nothing
    else, for a month or day that does not exist.
    """
    text = text.strip(" \t\n")
    for form in _FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            name = parts.get("name")
            month = _MONTH_NUMBERS[name[:3].lower()] if name else int(parts.get("month") or 0)
            return _checked(int(parts["year"]), month, int(parts["day"] or 0))
    return None


def _checked(year: int, month: int, day: int) -> PartialDate:
    """Make a date of numbers of which zero stands for unknown, or raise `ImpossibleDate`."""
    if month > len(_MONTHS):
        message = f"There is no month {month}; a year has {len(_MONTHS)} months."
        raise ImpossibleDate(message, PartialDate(year))
    if not month:
        if day:
            raise ImpossibleDate(f"Day {day} is given, but its month is 0.", PartialDate(year))
        return PartialDate(year)
    last = calendar.monthrange(year, month)[1]
    if day > last:
        message = f"There is no day {day} in {_MONTHS[month - 1]} {year}, which has {last} days."
        raise ImpossibleDate(message, PartialDate(year, month))
    return PartialDate(year, month, day or None)
