"""Many files of a repository's past, or their heads, from one `git cat-file`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from codex_publisher.repository.git import GitError, answering

HEAD_BYTES: Final = 16 * 1024
"""As much of a file as front matter may take."""
CONTENT_BYTES: Final = 16 << 20
"""As much of a file as is read where the whole is asked for: notes are far smaller."""
MAX_BYTES: Final = 256 << 20
"""Bytes of all files together that are read; what comes after them is not known."""
_CHUNK: Final = 1 << 16


def read_heads(root: Path, names: Iterable[str], size: int = HEAD_BYTES) -> Iterator[tuple[str, bytes]]:
    """The first `size` bytes of each of these contents, as far as Git tells them, however large they are."""
    questions = "".join(f"{name}\n" for name in names).encode("ascii", "replace")
    if not questions:
        return
    try:
        with answering(root, "cat-file", "--batch", given=questions) as stream:
            yield from parse_heads(stream, size)
    except GitError:
        # What is not known is not told: the other facts about the past stand without it.
        return


def read_contents(root: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each of these contents, of a very large one the beginning. Raises GitError, also in their midst.

    What Git does not hold is passed over.
    """
    questions = "".join(f"{name}\n" for name in names).encode("ascii", "replace")
    if questions:
        with answering(root, "cat-file", "--batch", given=questions) as stream:
            yield from parse_heads(stream, CONTENT_BYTES)


def parse_heads(stream: IO[bytes], most: int = HEAD_BYTES) -> Iterator[tuple[str, bytes]]:
    """Names and first bytes in the answer of `git cat-file --batch`. Takes any bytes, and never raises."""
    left = MAX_BYTES
    while left > 0 and (line := stream.readline(_CHUNK)):
        parts = line.split()
        if len(parts) != 3 or not parts[2].isdigit() or len(parts[2]) > 18:
            # `<name> missing`: a clone need not hold every file's past.
            continue
        size = int(parts[2])
        left -= size
        if left < 0:
            return
        head = stream.read(min(size, most))
        if parts[1] == b"blob":
            yield parts[0].decode("ascii", "replace"), head
        _pass_over(stream, size - len(head) + 1)


def _pass_over(stream: IO[bytes], count: int) -> None:
    while count > 0 and (chunk := stream.read(min(count, _CHUNK))):
        count -= len(chunk)
