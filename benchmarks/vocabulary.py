"""Words that mean nothing, with the frequencies of a language: `Language(dice)` makes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Final

WORDS: Final = 40_000
PHRASES: Final = 60_000
"""Texts are put together from phrases: drawing each word by itself takes five times as long."""
_BEGINNINGS: Final = (
    *("b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr"),
    *("qu", "r", "s", "sh", "st", "t", "th", "tr", "v", "w", "z"),
)
_VOWELS: Final = ("a", "e", "i", "o", "u", "ai", "ea", "io", "ou")
_ENDS: Final = ("", "", "n", "r", "s", "t", "l", "nd", "st", "m")


class Language:
    """A vocabulary and what can be said in it. The same dice give the same language."""

    def __init__(self, dice: Random) -> None:
        """Make the words, the commonest shortest, and phrases of them (Zipf)."""
        self._words = _words(dice)
        weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        several = [dice.randint(3, 6) for _ in range(PHRASES)]
        drawn = iter(dice.choices(self._words, cum_weights=weights, k=sum(several)))
        self._phrases = [" ".join(next(drawn) for _ in range(length)) for length in several]

    def phrases(self, dice: Random, count: int) -> list[str]:
        """So many phrases."""
        return dice.choices(self._phrases, k=count)

    def sentence(self, dice: Random, length: int, own: Sequence[str] = ()) -> str:
        """A sentence without its stop, of about so many characters; some of it of the phrases `own`."""
        parts: list[str] = []
        size = 0
        while size < length:
            if own and dice.random() < 0.15:
                part = dice.choice(own)
            else:
                part = self._phrases[int(dice.random() * PHRASES)]
            parts.append(part)
            size += len(part) + 1
        return " ".join(parts)

    def name(self, dice: Random) -> str:
        """The name of a person or a thing."""
        return " ".join(self._words[dice.randrange(800, WORDS)].capitalize() for _ in range(2))

    def term(self, dice: Random) -> str:
        """Two words with a hyphen, such as a tag."""
        return f"{self._words[dice.randrange(60, WORDS)]}-{self._words[dice.randrange(200, WORDS)]}"


def _words(dice: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < WORDS:
        # The commonest words of a language are short.
        syllables = 1 if len(found) < 150 else 2 if len(found) < 6_000 else dice.choice((2, 3, 3, 4))
        word = "".join(
            dice.choice(_BEGINNINGS) + dice.choice(_VOWELS) + dice.choice(_ENDS) for _ in range(syllables)
        )
        found[word] = None
    return list(found)


@dataclass
class Growing:
    """Values of which new ones come up ever more rarely, and old ones by how early they came (Zipf)."""

    make: Callable[[], str]
    rate: float
    power: float
    """After n draws there are about `rate * n ** power` values: by Heaps' law about the square root."""
    known: list[str] = field(default_factory=list)
    drawn: int = 0

    def draw(self, dice: Random) -> str:
        """The next value."""
        self.drawn += 1
        if len(self.known) < self.rate * self.drawn**self.power:
            self.known.append(self.make())
            return self.known[-1]
        return self.known[int(len(self.known) ** dice.random()) - 1]
