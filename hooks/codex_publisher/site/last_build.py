"""Whether anything has changed since the last build, of whose site then nothing need be made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.git import ask
from codex_publisher.repository.loading import Files
from codex_publisher.repository.store import Store, digest_of
from codex_publisher.site.last_site import state_of
from codex_publisher.site.report import Line
from codex_publisher.site.settings import Settings


def digest_of_notes(files: Files) -> bytes:
    """A digest of the names and bytes of all notes."""
    return digest_of(*(part for pair in files.notes.items() for part in pair))


def digest_of_everything(frame: bytes, files: Files, settings: Settings) -> bytes:
    """A digest of all that a site depends on."""
    return digest_of(
        frame,
        digest_of_notes(files),
        *(str(problem) for problem in files.problems),
        *_attachments(settings.root, files.attachments),
        *(str(settings.root), str(settings.only), settings.today.isoformat()),
        # What Git tells of a folder follows from its commit, but for where a clone was cut off.
        ask(settings.root, "rev-parse", "HEAD", "--is-shallow-repository") or "",
    )


def _attachments(root: Path, paths: Iterable[NotePath]) -> Iterator[str]:
    for path in paths:
        try:
            told = os.lstat(root / path)
            yield repr((path, told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino))
        except OSError:
            yield path


class LastBuild:
    """What the store knows of the build that made the site in a folder."""

    def __init__(self, store: Store, site: Path, everything: bytes) -> None:
        self._store = store
        self._site = site
        self._key = digest_of("build", str(site), everything)

    def report(self) -> list[Line] | None:
        """What that build said, if it was made of the same and its site is as it was left; else None."""
        data = self._store.recall([self._key]).get(self._key)
        try:
            if data is None or not self._site.is_dir() or self._site.is_symlink():
                return None
            told = json.loads(data)
            if told["state"] != state_of(self._site).hex():
                return None
            return [Line(int(level), str(text)) for level, text in told["said"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, said: Iterable[Line]) -> None:
        """Know this site, and what its build said."""
        try:
            told = {"state": state_of(self._site).hex(), "said": list(said)}
        except OSError:
            return
        self._store.keep({self._key: json.dumps(told).encode()})
