"""Numbers made into small pictures: how many notes when, and how large each part is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from codex_publisher.model.dates import PartialDate
from codex_publisher.site.listing import count_of
from codex_publisher.site.views import Bar, Columns, Share

HEIGHT: Final = 40
MIN_COLUMNS: Final = 2
"""Fewer say no more than the number beside them."""
SPARK_MONTHS: Final = 24
MAX_MONTHS: Final = 48
MAX_COLUMNS: Final = 100
MONTH: Final = 1
YEAR: Final = 12
DECADE: Final = 120
CENTURY: Final = 1200
_UNITS: Final = {MONTH: "month", YEAR: "year", DECADE: "decade", CENTURY: "century"}


@dataclass(frozen=True, slots=True)
class _Axis:
    """Time from left to right in steps of equal length, counted in months since the year 0."""

    step: int
    first: int
    last: int

    @property
    def width(self) -> int:
        return (self.last - self.first) // self.step + 1

    @property
    def unit(self) -> str:
        return _UNITS[self.step]

    def column(self, month: int) -> int:
        return (month - self.first) // self.step

    def label(self, column: int) -> str:
        year, month = divmod(self.first + column * self.step, 12)
        if self.step == MONTH:
            return PartialDate(year, month + 1).words
        return {YEAR: f"{year}", DECADE: f"{year}s", CENTURY: f"{year}–{year + 99}"}[self.step]


def columns_of(dates: Iterable[PartialDate], today: date) -> Columns | None:
    """How many notes are of each month, or of each year where that would be too many columns.

    What lies in the future is left out. None where all are of the same month or year.
    """
    known = [one for one in dates if one.first_day() <= today]
    axis = _axis_of([_month(one) for one in known])
    if axis is None:
        return None
    placed = [one for one in known if one.month or axis.step > MONTH]
    counts = Counter(axis.column(_month(one)) for one in placed)
    if len(counts) < MIN_COLUMNS:
        return None
    axis = _trimmed(axis, counts)
    counts = Counter(axis.column(_month(one)) for one in placed)
    most = _most(axis, counts)
    vague = len(known) - len(placed)
    more = f" {count_of(vague, 'more is', 'more are')} dated by the year alone." if vague else ""
    span = f"from {axis.label(0)} to {axis.label(axis.width - 1)}"
    return Columns(
        f"{count_of(len(placed), 'note')} by {axis.unit} {span}, most in {most}.{more}",
        f"Notes by {axis.unit}, most in {most}.{more}",
        axis.label(0),
        axis.label(axis.width - 1),
        axis.width,
        _path(counts, max(counts.values()), HEIGHT, HEIGHT),
    )


def spark_of(dates: Iterable[PartialDate], until: date) -> Columns | None:
    """The last two years by month, the same ones for whatever is compared."""
    last = until.year * 12 + until.month - 1
    axis = _Axis(MONTH, last - SPARK_MONTHS + 1, last)
    months = (_month(one) for one in dates if one.month)
    counts = Counter(axis.column(month) for month in months if axis.first <= month <= axis.last)
    if len(counts) < MIN_COLUMNS:
        return None
    first, last_label = axis.label(0), axis.label(axis.width - 1)
    path = _path(counts, max(counts.values()), HEIGHT, HEIGHT)
    return Columns(f"{counts.total():,} since {first}", "", first, last_label, axis.width, path)


def flow_of(came: Sequence[date], went: Sequence[date], unknown: Sequence[str]) -> Columns | None:
    """What came in above a line, what was done below it. `unknown` are sentences on what cannot be shown."""
    ins, outs = ([day.year * 12 + day.month - 1 for day in days] for days in (came, went))
    axis = _axis_of([*ins, *outs])
    if axis is None:
        return None
    up, down = (Counter(axis.column(month) for month in months) for months in (ins, outs))
    if len(up.keys() | down.keys()) < MIN_COLUMNS:
        return None
    axis = _trimmed(axis, up + down)
    up, down = (Counter(axis.column(month) for month in months) for months in (ins, outs))
    most, middle = max((up | down).values()), HEIGHT // 2
    told = f"{len(came):,} came in{f', most in {_most(axis, up)}' if up else ''}; "
    told += f"{len(went):,} {'was' if len(went) == 1 else 'were'} processed"
    told += f", most in {_most(axis, down)}." if down else "."
    first, last = axis.label(0), axis.label(axis.width - 1)
    return Columns(
        " ".join((f"Sources by {axis.unit} from {first} to {last}: {told}", *unknown)),
        " ".join((f"By {axis.unit}. Above the line {told.replace('; ', '; below it ')}", *unknown)),
        first,
        last,
        axis.width,
        _path(up, most, middle, middle),
        _path(down, most, middle, -middle),
    )


def scores_of(scores: Sequence[int], first: str, period: str) -> Columns | None:
    """A score out of 100 at the end of each period, and now. The picture's height is 100, not the highest."""
    if len(scores) < MIN_COLUMNS:
        return None
    *before, now = scores
    told = f"{before[0]} in {first}" if period == "month" else f"{before[0]} on {first}"
    ends = f"the ends of {count_of(len(before), period)}" if len(before) > 1 else f"the end of a {period}"
    words = f"Score of 100 at {ends} and now: {told}, {now} now; lowest {min(scores)}, highest {max(scores)}."
    columns = dict(enumerate(scores))
    caption = f"{words} The broken line is 100."
    return Columns(words, caption, first, "now", len(scores), _path(columns, 100, HEIGHT, HEIGHT))


def bars_of(counts: Sequence[tuple[str, Mapping[str, int]]], rest: str = "") -> tuple[Bar, ...]:
    """A bar for each label, as long as its share of the largest, in parts by key.

    Its words are the sum; `rest`, such as `{} guessed`, tells how much of it is not of the first key.
    """
    largest = max((sum(parts.values()) for _, parts in counts), default=0)
    bars = []
    for label, parts in counts:
        total, before, shares = sum(parts.values()), 0, []
        for key, count in parts.items():
            start = _per_cent(before, largest)
            before += count
            if count:
                shares.append(Share(key, start, round(_per_cent(before, largest) - start, 1)))
        others = total - next(iter(parts.values()), 0)
        told = f", {rest.format('all' if others == total > 1 else f'{others:,}')}" if others and rest else ""
        bars.append(Bar(label, "", tuple(shares), f"{total:,}{told}"))
    return tuple(bars)


def stack_of(label: str, to: str, counts: Mapping[str, int], names: Mapping[str, str]) -> Bar:
    """One bar of several parts: `counts` by key, in their order, called by their `names`."""
    total = sum(counts.values())
    shares: list[Share] = []
    before = 0
    for key, count in counts.items():
        start = _per_cent(before, total)
        before += count
        shares.append(Share(key, start, round(_per_cent(before, total) - start, 1)))
    return Bar(
        label, to, tuple(shares), ", ".join(f"{count:,} {names[key]}" for key, count in counts.items())
    )


def _month(one: PartialDate) -> int:
    return one.year * 12 + (one.month or 1) - 1


def _axis_of(months: Sequence[int]) -> _Axis | None:
    """The finest steps of which there are not too many."""
    if not months:
        return None
    first, last = min(months), max(months)
    for step in (MONTH, YEAR, DECADE, CENTURY):
        axis = _Axis(step, first - first % step, last)
        if axis.width <= (MAX_MONTHS if step == MONTH else MAX_COLUMNS):
            break
    return axis


def _trimmed(axis: _Axis, counts: Mapping[int, int]) -> _Axis:
    """Without what is empty at either end, where nothing but vague dates were."""
    first = axis.first + min(counts) * axis.step
    return _Axis(axis.step, first, axis.first + max(counts) * axis.step)


def _most(axis: _Axis, counts: Mapping[int, int]) -> str:
    column = max(counts, key=lambda column: (counts[column], column))
    return f"{axis.label(column)} ({counts[column]:,})"


def _path(counts: Mapping[int, int], most: int, base: int, height: int) -> str:
    """Lines from the base up, or down where the height is negative. The smallest can still be seen."""
    lines = []
    for column, count in sorted(counts.items()):
        length = max(2, round(abs(height) * count / most))
        lines.append(f"M{column}.5 {base}V{base - length if height > 0 else base + length}")
    return "".join(lines)


def _per_cent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
