"""How long it takes to find similar notes, and how much memory: `python benchmarks/similar.py 606 20000`.

The notes are made up: their words have the frequencies of natural language (Zipf), each note has a
subject of its own words, and the same notes are made every time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from itertools import accumulate

from codex_publisher.site.similar import Words, similar_notes

WORDS_OF_A_NOTE = 900
VOCABULARY = 60_000
NOTES_OF_A_SUBJECT = 25
WORDS_OF_A_SUBJECT = 40


def made_up(number: int) -> list[Words]:
    """So many notes."""
    dice = random.Random(20260322)  # noqa: S311  # no secret depends on it
    language = [f"word{chr(97 + rank % 26)}{rank}" for rank in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
    subjects = [dice.sample(language, WORDS_OF_A_SUBJECT) for _ in range(number // NOTES_OF_A_SUBJECT + 1)]
    notes = []
    for index in range(number):
        words = dice.choices(language, cum_weights=weights, k=WORDS_OF_A_NOTE)
        words += dice.choices(dice.choice(subjects), k=WORDS_OF_A_NOTE // 6)
        notes.append(Words(f"{index}.md", " ".join(words[-6:]), (), (" ".join(words),), frozenset()))
    return notes


def measure(number: int) -> None:
    """Compare so many notes and say what it took."""
    notes = made_up(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    found = similar_notes(notes)
    seconds = time.process_time() - start
    # Kilobytes on Linux, bytes on macOS.
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / (
        2**20 if sys.platform == "darwin" else 2**10
    )
    pairs = sum(len(similar) for similar in found.values())
    print(f"{number:>7,} notes: {seconds:6.1f} s of one core, {more:5.0f} MB more, {pairs:,} found")  # noqa: T201


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]] or [606, 2_000, 5_000]
    if len(numbers) == 1:
        measure(numbers[0])
    for number in numbers if len(numbers) > 1 else ():
        # A process of its own for each, since memory that was once used is not given back.
        subprocess.run([sys.executable, __file__, str(number)], check=True)
