"""The codex that a command works on, found and read when it is first asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from codex_publisher.cli.terminal import Refusal
from codex_publisher.model.codex import Codex
from codex_publisher.repository.config import CodexFolder, ConfigError, find_codex
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import load_codex
from codex_publisher.repository.revisions import RevisionError, codex_at, merge_base, outlined
from codex_publisher.repository.survey import survey


@dataclass(frozen=True)
class Vault:
    """A codex, by the folder that the command was started in."""

    start: Path
    named: Path | None
    """The folder that the person named, if any."""
    today: date

    @cached_property
    def folder(self) -> CodexFolder:
        """Where the codex lies. Ends the command with a sentence when its settings cannot be used."""
        try:
            return find_codex(self.start, self.today, self.named)
        except ConfigError as error:
            raise Refusal(str(error)) from error

    @property
    def cache_of_builds(self) -> Path | None:
        """Where a build that is started in the same folder keeps what it worked out; None for nowhere."""
        try:
            return find_codex(self.start, self.today).cache
        except ConfigError:
            return None

    @cached_property
    def codex(self) -> Codex:
        """All notes, connected. Ends the command with a sentence when the folder cannot be read."""
        try:
            folder = self.folder
            added = FirstSeen(folder.root)
            return load_codex(folder.root, folder.only, folder.skipped, (), folder.policy, added)
        except OSError as error:
            raise self._unreadable(error) from error

    @property
    def filled(self) -> Codex:
        """The same, for what needs a note. Ends the command with a sentence when there is none."""
        return self.refuse_nothing(self.codex)

    @cached_property
    def surveyed(self) -> Codex:
        """The same with documents that lack what only readers need (HTML, citations), in half the time."""
        try:
            with _for_good():
                return survey(self.folder)
        except OSError as error:
            raise self._unreadable(error) from error

    def merge_base(self, revision: str) -> str:
        """The commit where the work here parted from a revision. Ends the command when Git cannot tell."""
        try:
            return merge_base(self.folder.root, revision)
        except RevisionError as error:
            raise Refusal(str(error)) from error

    def codex_at(self, commit: str) -> Codex:
        """The codex as it was at a commit, by today's settings. Ends the command when Git cannot tell."""
        try:
            return codex_at(self.folder, commit, self.codex)
        except RevisionError as error:
            raise Refusal(str(error)) from error

    def surveyed_since(self, revision: str) -> Codex:
        """The codex as it was where the work here parted from a revision, as `surveyed` has it of today."""
        commit = self.merge_base(revision)
        try:
            return codex_at(self.folder, commit, self.surveyed, outlined)
        except RevisionError as error:
            raise Refusal(str(error)) from error

    def refuse_nothing(self, codex: Codex) -> Codex:
        """The same codex, if it has any note. Ends the command with a sentence otherwise."""
        if not codex.notes:
            raise Refusal(
                f"There is no note in {self.folder.root}. Name the folder of your codex: codex -C FOLDER …"
            )
        return codex

    def _unreadable(self, error: OSError) -> Refusal:
        return Refusal(f"{self.folder.root} could not be read: {error.strerror}.")


@contextmanager
def _for_good() -> Iterator[None]:
    """Have nothing that is made here looked through for what could be collected, now or later.

    All of it stays until the command ends. Looking through it takes a tenth of a check, much of that when
    the interpreter ends.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_collecting:
            gc.enable()
