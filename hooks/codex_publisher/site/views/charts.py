"""Small pictures of numbers. All that is drawn is computed before, and each says in words what it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """Numbers over time: a column for each month, year, decade or century, the empty ones left out."""

    words: str
    """What the picture shows, for whoever does not see it."""
    caption: str
    first: str
    last: str
    width: int
    """How many columns there is room for."""
    path: str
    """A line for each column, as SVG writes it."""
    path_below: str = ""
    """A second row of columns that hang down from the middle."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar."""

    key: str
    """The slug of what it stands for, for styling."""
    start: float
    """Per cent, as is `width`."""
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of one or several parts, with its numbers in words."""

    label: str
    to: str
    """Where the label leads; empty for nowhere."""
    shares: tuple[Share, ...]
    words: str
