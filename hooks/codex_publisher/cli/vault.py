"""The codex that a command works on, found and read when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import click

from codex_publisher.model.codex import Codex
from codex_publisher.repository.config import CodexFolder, ConfigError, find_codex
from codex_publisher.repository.first_seen import FirstSeen
from codex_publisher.repository.loading import load_codex
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
            raise click.UsageError(str(error)) from error

    @cached_property
    def codex(self) -> Codex:
        """All notes, connected. Ends the command with a sentence when the folder cannot be read."""
        try:
            folder = self.folder
            added = FirstSeen(folder.root)
            return load_codex(folder.root, folder.only, folder.skipped, (), folder.policy, added)
        except OSError as error:
            raise click.UsageError(f"{self.folder.root} could not be read: {error.strerror}") from error

    @cached_property
    def surveyed(self) -> Codex:
        """The same with documents that lack what only readers need (HTML, citations), in half the time."""
        try:
            return survey(self.folder)
        except OSError as error:
            raise click.UsageError(f"{self.folder.root} could not be read: {error.strerror}") from error
