"""What was worked out before, kept on the disk under digests of all that it was worked out from.

Nothing is believed because it is there: a stranger's pull request may bring files as well. So the file has a
name that only this user's key gives, and each value is signed with that key, which lies outside the
repository. What was changed, half written or signed with another key is as if it were not there. Nothing
here is needed either: whatever fails, everything is worked out anew.
"""

from __future__ import annotations

import hmac
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Final

from codex_publisher.repository.secret import secret_key

log = logging.getLogger("mkdocs.hooks.codex")
MOST_BYTES: Final = 1 << 30
"""As large as the file may be after a build: the notes of about 100,000 pages."""
MOST_DAYS: Final = 30
"""What nobody has asked for so long is dropped."""
_DIGEST_SIZE: Final = 16
_AT_ONCE: Final = 500
"""Digests in one question; SQLite takes at most 32,766 (https://sqlite.org/limits.html)."""
_SECONDS_TO_WAIT: Final = 2.0
"""For another build that is writing. Its results are likely the same, so longer is not worth it."""
_HOUR: Final = 3600
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS kept "
    "(digest BLOB PRIMARY KEY, sum BLOB NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
)
_TAG: Final = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder holds what Codex Publisher worked out before. It may be deleted at any time.\n"
)
"""Tells programs that make backups to leave the folder out (https://bford.info/cachedir/)."""
_LABELS: Final = MappingProxyType({".gitignore": "*\n", "CACHEDIR.TAG": _TAG})


def digest_of(*parts: bytes | str) -> bytes:
    """A digest that other parts, or the same ones parted elsewhere, do not have."""
    whole = blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.digest()


class Store:
    """A file of values by digests. Where there can be none, nothing is kept, and nothing found."""

    def __init__(self, folder: Path | None, most_bytes: int = MOST_BYTES) -> None:
        """In this folder, which is made when there is something to keep. None keeps nothing."""
        self._folder = folder
        self._most_bytes = most_bytes
        self._key = b"" if folder is None else secret_key()
        self._file = folder / f"{self._name()}.sqlite" if folder and self._key else None

    def _name(self) -> str:
        return blake2b(b"name", key=self._key, digest_size=8).hexdigest() if self._key else ""

    @property
    def is_kept(self) -> bool:
        """Whether there is a place to keep anything in."""
        return self._file is not None

    def recall(self, digests: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values that are kept under these digests."""
        found: dict[bytes, bytes] = {}
        wanted = list(digests)

        def look_up(file: sqlite3.Connection) -> None:
            for start in range(0, len(wanted), _AT_ONCE):
                found.update(self._recall(file, wanted[start : start + _AT_ONCE]))

        if self._is_there():
            self._have_done(look_up)
        return found

    def _recall(self, file: sqlite3.Connection, digests: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        marks = ",".join("?" * len(digests))
        rows = file.execute(f"SELECT digest, sum, value FROM kept WHERE digest IN ({marks})", digests)  # noqa: S608  # question marks only
        for digest, total, value in rows:
            if hmac.compare_digest(total, self._signature(digest, value)):
                with suppress(zlib.error):
                    yield digest, zlib.decompress(value)
        now = int(time.time())
        # Not at each use: a check that changes nothing should write nothing.
        file.execute(
            f"UPDATE kept SET used = ? WHERE used < ? AND digest IN ({marks})",  # noqa: S608  # likewise
            (now, now - _HOUR, *digests),
        )

    def keep(self, values: Mapping[bytes, bytes]) -> None:
        """Keep these values under their digests."""
        now = int(time.time())
        small = ((digest, zlib.compress(value, 1)) for digest, value in values.items())
        rows = ((digest, self._signature(digest, value), value, now) for digest, value in small)
        if self._file is not None and values:
            self._have_done(
                lambda file: file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
            )

    def trim(self) -> None:
        """Drop what was not asked for in a long time, and the oldest of what is too much."""

        def drop(file: sqlite3.Connection) -> None:
            file.execute("DELETE FROM kept WHERE used < ?", (int(time.time()) - MOST_DAYS * 24 * _HOUR,))
            file.execute(
                "DELETE FROM kept WHERE digest IN (SELECT digest FROM (SELECT digest, "
                "sum(length(value)) OVER (ORDER BY used DESC, digest) AS total FROM kept) WHERE total > ?)",
                (self._most_bytes,),
            )

        if self._is_there():
            self._have_done(drop)

    def _is_there(self) -> bool:
        return self._file is not None and self._file.is_file()

    def _signature(self, digest: bytes, value: bytes) -> bytes:
        return blake2b(digest + value, key=self._key, digest_size=_DIGEST_SIZE).digest()

    def _have_done(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Have something done with the file wholly or not at all, and say nothing when it cannot be."""
        try:
            with closing(self._open()) as file, file:
                work(file)
        except (sqlite3.Error, OSError) as error:
            log.debug("What was worked out before could not be looked up or kept: %s", error)
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._drop()

    def _open(self) -> sqlite3.Connection:
        if self._file is None:
            raise FileNotFoundError("there is no folder to keep anything in")
        _prepare(self._file.parent)
        file = sqlite3.connect(self._file, timeout=_SECONDS_TO_WAIT)
        try:
            # Signatures tell what a power failure has spoiled, so nothing waits for the disk.
            file.execute("PRAGMA synchronous = OFF")
            file.execute("PRAGMA auto_vacuum = FULL")
            file.execute("PRAGMA journal_mode = WAL")
            file.execute(_SCHEMA)
        except BaseException:
            file.close()
            raise
        return file

    def _drop(self) -> None:
        """Begin anew next time: this file is damaged."""
        if self._file is not None:
            for suffix in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._file.with_name(self._file.name + suffix).unlink()


def clear(folder: Path) -> int:
    """Delete what stores have kept in a folder, and the folder with it, and give the bytes that were freed.

    Nothing else is deleted, whatever the folder holds. Raises OSError.
    """
    files = [path for path in (*folder.glob("*.sqlite*"), *map(folder.joinpath, _LABELS)) if path.is_file()]
    freed = sum(path.stat().st_size for path in files if path.name not in _LABELS)
    for path in files:
        path.unlink()
    with suppress(OSError):
        folder.rmdir()
    return freed


def _prepare(folder: Path) -> None:
    """Make the folder, and tell Git and backups to pass over it. Raises OSError where it cannot be."""
    # A link could have everything written into somebody's own folder.
    if any(place.is_symlink() for place in (folder, folder.parent)):
        raise NotADirectoryError(f"{folder} is a symbolic link")
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in _LABELS.items():
            (folder / name).write_text(text, encoding="utf-8")
