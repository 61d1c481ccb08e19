"""The key by which this user's programs know again what they have kept."""

from __future__ import annotations

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

log = logging.getLogger("mkdocs.hooks.codex")
_SIZE: Final = 32


def key_file() -> Path:
    """Where the key is: in the user's own folder, never in a repository."""
    return user_state_path("codex-publisher", appauthor=False) / "cache-key"


def secret_key() -> bytes:
    """The key, made when there is none yet; nothing where it can be neither read nor written."""
    try:
        file = key_file()
        return _read(file) or _make(file)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home
        log.debug("Nothing is kept from build to build, since there is no key: %s", error)
        return b""


def _read(file: Path) -> bytes:
    try:
        key = file.read_bytes()
    except FileNotFoundError:
        return b""
    return key if len(key) == _SIZE else b""


def _make(file: Path) -> bytes:
    key = secrets.token_bytes(_SIZE)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = file.with_name(f"{file.name}-{os.getpid()}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as writing:
            writing.write(key)
        # Of two programs that make one at once, the second replaces that of the first, whose next run
        # then finds nothing of what it kept.
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink()
    return key
