"""Codices of any size that are like a real one: in kinds, links, tags, lengths and slips.

No text of a real codex is in them, only its figures. The same seed makes the same files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from typing import Final

from vocabulary import Growing, Language

SEED: Final = 20260322
SHARES: Final = {
    "source": 0.457,
    "claim": 0.381,
    "page": 0.053,
    "entity": 0.043,
    "map": 0.028,
    "musing": 0.025,
    "position": 0.013,
}
"""Of all notes."""
WRITTEN: Final = 0.55
"""The share of the claims that are spoken of which somebody has written."""
SPOKEN_OF_ONCE: Final = 0.09
"""The share of links to a claim that no other note speaks of."""
LONGEST_NAME: Final = 240
"""Characters of a file's name, of the 255 bytes that most systems allow."""
STATUSES: Final = (*("processed",) * 10, *("null-result",) * 6, "processing", "enrichment")
PRIORITIES: Final = ("high", "high", "medium", "medium", "medium", "low")
CONFIDENCES: Final = (
    *("likely",) * 24,
    *("experimental",) * 12,
    *("proven",) * 6,
    *("speculative",) * 3,
    "strong",
)
FORMATS: Final = (*("report",) * 5, *("article",) * 5, *("essay",) * 3, "tweet", "newsletter")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that notes speak of, whether or not it is written."""

    title: str
    domain: str
    is_written: bool


class Corpus:
    """A codex of so many notes, made file by file."""

    def __init__(self, notes: int, seed: int = SEED) -> None:
        """Make what notes have in common: words, domains, tags, authors, and the claims they speak of."""
        self.dice = dice = Random(seed)  # noqa: S311  # the same every time
        self.language = Language(dice)
        self.counts = _counts(notes)
        growth = (notes / 606) ** 0.25
        self.domains = [self.language.term(dice) for _ in range(max(3, round(17 * growth)))]
        self.agents = [self.language.name(dice).split()[0].lower() for _ in range(max(2, round(7 * growth)))]
        self.tags = Growing(lambda: self.language.term(dice), 21.0, 0.5)
        self.authors = Growing(lambda: self.language.name(dice), 2.4, 0.8)
        self.platform = self.language.name(dice)
        self.platform_tags = [self.language.term(dice) for _ in range(5)]
        self.claims = self._claims(ceil(self.counts["claim"] / WRITTEN))
        self.by_domain: dict[str, list[Claim]] = {domain: [] for domain in self.domains}
        for claim in self.claims:
            self.by_domain[claim.domain].append(claim)
        self.topics = [self.language.phrases(dice, 12) for _ in range(max(1, notes // 25))]
        self.entities = [self.language.name(dice) for _ in range(self.counts["entity"] * 3)]

    def _claims(self, count: int) -> list[Claim]:
        dice = self.dice
        written = set(dice.sample(range(count), min(count, self.counts["claim"])))
        titles = (
            self.language.sentence(dice, max(40, min(LONGEST_NAME - 30, round(dice.gauss(138, 34)))))
            for _ in range(count)
        )
        return [
            Claim(title[:LONGEST_NAME].strip(), self.domain(), index in written)
            for index, title in enumerate(titles)
        ]

    def domain(self) -> str:
        """A domain; some have far more notes than others."""
        return self.domains[int(len(self.domains) * self.dice.random() ** 1.8)]

    def claim(self, domain: str) -> Claim:
        """A claim to speak of, most often of the same domain; a few are spoken of far more than the rest."""
        if self.dice.random() < SPOKEN_OF_ONCE:
            return Claim(self.language.sentence(self.dice, 110), domain, is_written=False)
        group = self.by_domain[domain] if self.dice.random() < 0.7 else ()
        group = group or self.claims
        return group[int(len(group) * self.dice.random() ** 2.5)]

    def text(self, length: float, topic: Sequence[str], links: Callable[[], str] | None = None) -> str:
        """Paragraphs of about so many characters, some sentences of which end in a link."""
        dice = self.dice
        paragraphs: list[str] = []
        # The last paragraph goes beyond it by half of its own length.
        length -= 140
        size = 0
        while size < length or not paragraphs:
            sentences = []
            for _ in range(dice.randint(1, 4)):
                said = self.language.sentence(dice, dice.randint(50, 190), topic)
                if links and dice.random() < 0.2:
                    said += f" [[{links()}]]"
                elif dice.random() < 0.05:
                    said = f"**{said[:20]}**{said[20:]}"
                sentences.append(f"{said[:1].upper()}{said[1:]}.")
            paragraphs.append(" ".join(sentences))
            size += len(paragraphs[-1]) + 2
        return "\n\n".join(paragraphs)

    def heading(self, words: int = 30) -> str:
        """A few words that stand over a section."""
        return self.language.sentence(self.dice, words)[: words + 10].strip().capitalize()

    def sections(self, count: int, length: float, topic: Sequence[str], level: str = "##") -> str:
        """So many sections that are about so long together, some with a list."""
        parts: list[str] = []
        for _ in range(count):
            share = length / count * self.dice.uniform(0.3, 1.7)
            text = self.text(share, topic)
            if self.dice.random() < 0.4:
                text = "\n".join(
                    f"- {line.strip()}" for line in text.replace("\n\n", " ").split(". ") if line
                )
            parts.append(f"{level} {self.heading()}\n\n{text}\n")
        return "\n".join(parts)

    def topic(self) -> Sequence[str]:
        """What a note is about: phrases that some others have as well."""
        return self.dice.choice(self.topics)

    def date(self) -> str:
        """A day, most of them lately; of some only the month or the year is known."""
        dice = self.dice
        year = (
            2026
            if dice.random() < 0.7
            else 2025
            if dice.random() < 0.6
            else 2024 - int(15 * dice.random() ** 3)
        )
        month = dice.randint(1, 3) if year == 2026 else dice.randint(1, 12)
        if dice.random() < 0.06:
            return f"{year}-{month:02}-00" if dice.random() < 0.6 else f"{year}-00-00"
        return f"{year}-{month:02}-{dice.randint(1, 19 if year == 2026 else 28):02}"

    def several(self, mean: float, most: int) -> int:
        """A whole number, most often small."""
        return min(most, int(self.dice.expovariate(1 / (mean + 0.5))))

    def length(self, median: float, spread: float, most: int = 60_000) -> float:
        """A length in characters (log-normal)."""
        return min(most, median * self.dice.lognormvariate(0, spread))

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of each note."""
        from notes import WRITERS  # noqa: PLC0415  # which takes this class

        for kind, write in WRITERS.items():
            yield from write(self, self.counts[kind])


def _counts(notes: int) -> dict[str, int]:
    counts = {kind: int(notes * share) for kind, share in SHARES.items()}
    counts["source"] += notes - sum(counts.values())
    return counts


def codex_named(what: str, folder: Path) -> Path:
    """The codex that somebody names: by its folder, or by a number of notes; that one is made in `folder`."""
    if not what.isdecimal():
        return Path(what).resolve()
    made = folder / "made"
    write_codex(made, int(what))
    return made


def write_codex(folder: Path, notes: int, seed: int = SEED) -> None:
    """Write a codex of so many notes."""
    made: set[str] = set()
    for path, text in Corpus(notes, seed).files():
        target = folder / path
        if target.parent.as_posix() not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent.as_posix())
        target.write_text(text, "utf-8")
