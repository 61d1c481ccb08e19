"""What an attacker might write, each text with its number, as it is put into every place that a note has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from support.hostile.attacks import BY_ATTACK

CANARY_HOST: Final = "canary.invalid"
SIGN: Final = "__pwned"
"""The name that a script leaves in the window, if one runs."""
WORD: Final = "payload"
"""Begins the word that stands beside each payload, by which it is found where it was put."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A text that should do harm."""

    number: int
    attack: str
    text: str

    def at(self, place: int) -> str:
        """The text as it is put into a place, which has a number of its own, and nothing else."""
        mark = str(mark_of(self.number, place))
        shorthand = (("RUN", f"{SIGN}=§"), ("FAR", f"//{CANARY_HOST}/§"), ("§", mark))
        text = self.text
        for short, whole in shorthand:
            text = text.replace(short, whole)
        return text

    def named(self, place: int) -> str:
        """The same with a word before it, by which it can be found on a page."""
        return f"{word_of(self.number, place)} {self.at(place)}"


PLACES: Final = 100
"""More than there are places in a note."""
_FIRST: Final = 100


def mark_of(payload: int, place: int) -> int:
    """The number, of five digits, that tells a payload in a place from every other."""
    return (_FIRST + payload) * PLACES + place


def word_of(payload: int, place: int) -> str:
    """The word that stands before a payload in a place."""
    return f"{WORD}{mark_of(payload, place)}"


def payload_of(mark: int) -> tuple[int, int]:
    """The numbers of the payload and the place that a mark stands for."""
    return mark // PLACES - _FIRST, mark % PLACES


def _all() -> Iterator[Payload]:
    texts = ((attack, text) for attack, some in BY_ATTACK.items() for text in some)
    for number, (attack, text) in enumerate(texts):
        yield Payload(number, attack, text)


PAYLOADS: Final = tuple(_all())
ATTACKS: Final = tuple(BY_ATTACK)
