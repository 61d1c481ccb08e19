"""Where a codex lies and what its `mkdocs.yml` says of it, for programs that run without MkDocs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import yaml
from platformdirs import user_cache_path
from yaml_env_tag import construct_env_tag

from codex_publisher.model.policy import Policy, PolicyError, read_policy
from codex_publisher.model.slugs import NotePath

CONFIG_NAMES: Final = ("mkdocs.yml", "mkdocs.yaml")
CACHE: Final = ".cache/codex"


class ConfigError(Exception):
    """Settings that cannot be used; its text is a sentence that names the file and what to write instead."""


@dataclass(frozen=True, slots=True)
class CodexFolder:
    """A codex on the disk."""

    root: Path
    """Absolute."""
    only: tuple[NotePath, ...]
    """Folders, relative to the root, that hold the notes; empty for all."""
    skipped: frozenset[str]
    """Folders, relative to the root, that a build writes."""
    policy: Policy
    cache: Path | None = None
    """Where to keep what was worked out; None to keep nothing."""


class _Loader(yaml.SafeLoader):
    """Reads `!ENV` as MkDocs does, and takes tags that name Python objects for nothing."""


def _nothing(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    """What stands for a value that only MkDocs needs."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _nothing)
_Loader.add_multi_constructor("!", _nothing)


def find_codex(start: Path, today: date, named: Path | None = None) -> CodexFolder:
    """The codex that the folder `start` belongs to.

    That is the folder `named`, if it is given; else what the nearest `mkdocs.yml` at or above `start` says
    in `extra.codex`; else the Git repository that `start` is in; else `start` itself.
    Raises ConfigError with a sentence for the person who can mend it.
    """
    start = start.resolve()
    if named is not None and not named.is_dir():
        raise ConfigError(f"There is no folder {named}. Name the folder of your codex.")
    place = named.resolve() if named else start
    for folder in (place, *place.parents) if named is None else (place,):
        for name in CONFIG_NAMES:
            if (folder / name).is_file() and (found := _read(folder / name, today, place, named)):
                return found
    root = place if named else _repository_above(start) or start
    if named is None and root in (Path(root.anchor), _home()):
        raise ConfigError(
            f"{root} is no folder of a codex: it has no mkdocs.yml and is in no Git repository, and all "
            "below it would be read. Go to the folder of your codex, or name it with -C FOLDER."
        )
    return CodexFolder(root, (), frozenset(), Policy(today), _cache_elsewhere(root))


def cache_folder(setting: object, home: Path) -> Path | None:
    """Where a setting of `extra.codex.cache` has things kept, seen from the folder `home`; None for nowhere.

    Raises ConfigError for what is neither a folder nor yes or no.
    """
    if setting is None or setting is True:
        setting = CACHE
    if setting is False or setting == "":
        return None
    if not isinstance(setting, str):
        raise ConfigError(f"`extra.codex.cache` is {setting!r}; write a folder, such as {CACHE}, or false.")
    return Path(os.path.normpath(home / setting))


def _cache_elsewhere(root: Path) -> Path | None:
    """A place among the user's own files for a folder that is no project of ours: nothing is added to it."""
    setting = os.environ.get("CODEX_CACHE", "")
    if setting.casefold() == "false":
        return None
    name = blake2b(os.fsencode(root), digest_size=8).hexdigest()
    try:
        return Path(setting, name) if setting else user_cache_path("codex-publisher", appauthor=False) / name
    except RuntimeError:  # there is no home
        return None


def _home() -> Path | None:
    """The person's own folder, in which nobody means every file to be a note; None where it is not known."""
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return None


def _read(file: Path, today: date, place: Path, named: Path | None) -> CodexFolder | None:
    """The codex of a settings file; None if it says nothing of one."""
    settings = _settings(file)
    codex = (settings.get("extra") or {}).get("codex") if isinstance(settings.get("extra"), dict) else None
    if not isinstance(codex, dict):
        return None
    try:
        policy = read_policy(codex.get("checks"), today)
    except PolicyError as error:
        raise ConfigError(f"{file}: `extra.codex.checks`: {error}") from error
    home = file.parent
    root = place if named else (home / str(codex.get("root") or ".")).resolve()
    if not root.is_dir():
        raise ConfigError(
            f"{file}: `extra.codex.root` is {codex.get('root')!r}, and there is no folder {root}. "
            "Set it, or the CODEX_ROOT environment variable, to the folder of the codex."
        )
    notes = codex.get("notes") or []
    if not isinstance(notes, list):
        raise ConfigError(f"{file}: `extra.codex.notes` is {notes!r}; write a list of folders.")
    only = () if root in home.parents else _inside(root, [home / str(folder) for folder in notes])
    site = home / str(settings.get("site_dir") or "site")
    try:
        cache = cache_folder(codex.get("cache"), home)
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from error
    return CodexFolder(root, only, frozenset(_inside(root, [site])), policy, cache)


def _settings(file: Path) -> Mapping[str, Any]:
    try:
        # The loader is SafeLoader with one more tag.
        settings = yaml.load(file.read_text("utf-8-sig"), Loader=_Loader)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} could not be read: {error}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{file} is not valid YAML: {error}") from error
    return settings if isinstance(settings, dict) else {}


def _inside(root: Path, folders: list[Path]) -> tuple[NotePath, ...]:
    """Those of the folders that lie in `root`, relative to it."""
    resolved = (Path(os.path.normpath(folder)) for folder in folders)
    return tuple(
        NotePath(folder.relative_to(root).as_posix())
        for folder in resolved
        if folder != root and root in folder.parents
    )


def place_in_repository(root: Path) -> str:
    """A folder's path inside its Git repository, with `/` between folders; empty if that is all of it."""
    above = _repository_above(root)
    return root.relative_to(above).as_posix() if above and above != root else ""


def _repository_above(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
