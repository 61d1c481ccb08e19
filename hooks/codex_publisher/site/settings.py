"""The settings of `extra.codex` in `mkdocs.yml`, checked before anything is written."""

from __future__ import annotations

import difflib
import logging
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils import get_build_datetime

from codex_publisher.model.policy import Policy, PolicyError, read_policy
from codex_publisher.model.slugs import NotePath
from codex_publisher.repository.config import cache_folder
from codex_publisher.site.engine import complaint_about
from codex_publisher.site.history import read_repository


class CodexConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' own method has no types
    """Every key with its type and default; `docs/configuration.md` explains them."""

    root = c.Type((str, int), default=".")
    notes = c.ListOfItems(c.Type(str), default=[])
    guide = c.ListOfItems(c.Type(str), default=[])
    name = c.Type(str, default="")
    description = c.Type(str, default="")
    repository = c.Type(str, default="")
    branch = c.Type(str, default="main")
    notes_per_page = c.Type(int, default=100)
    backlinks_per_group = c.Type(int, default=20)
    checks = c.Type(dict, default={})
    cache = c.Type((str, bool), default=True)
    profile = c.Type((bool, int), default=False)
    engine = c.Type(str, default="")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings as the rest of the site uses them."""

    root: Path
    """Absolute."""
    only: tuple[NotePath, ...]
    """Folders, relative to the root, that hold the notes; empty for all."""
    name: str
    description: str
    repository: str
    """The repository's web address without a trailing slash, or an empty text."""
    branch: str
    prefix: str
    """The codex's folder inside its repository, with a trailing slash; empty for the root."""
    notes_per_page: int
    backlinks_per_group: int
    policy: Policy
    guide: frozenset[str] | None
    """Pages of `docs_dir` that are shown with a codex elsewhere; None for this project's own codex."""
    own_docs: tuple[str, ...]
    """Folders below `docs_dir` (as `src_uri` prefixes) that hold notes rather than MkDocs pages."""
    skipped: frozenset[str]
    """Folders, relative to the root, that the build itself writes."""
    cache: Path | None = None
    """Where to keep what was worked out, for later builds; None to keep nothing."""
    profile: bool = False
    """Whether to say where the time of a build went."""
    engine: str = ""
    """Address of a Dask scheduler whose workers render the notes; empty for this machine alone."""

    @property
    def today(self) -> date:
        """The day of the build."""
        return self.policy.today


log = logging.getLogger("mkdocs.hooks.codex")
_SIGNS_OF_A_SITE: Final = ("index.html", "404.html", "sitemap.xml")
LIMITS: Final = {"notes_per_page": (10, 500), "backlinks_per_group": (1, 100)}


def read_settings(config: MkDocsConfig) -> Settings:
    """Check `extra.codex` and make it usable.

    Raises ConfigurationError with a sentence naming the file, the key and what to write instead.
    """
    raw = config.extra.get("codex") or {}
    where = config.config_file_path or "mkdocs.yml"
    if not isinstance(raw, dict):
        raise ConfigurationError(f"{where}: `extra.codex` should be a group of settings, not {raw!r}.")
    options = _validate(raw, where)
    home = Path(where).resolve().parent
    root = (home / str(options["root"])).resolve()
    if not root.is_dir():
        raise ConfigurationError(
            f"{where}: `extra.codex.root` is {options['root']!r}, and there is no folder {root}. "
            "Set it (or the CODEX_ROOT environment variable, or CODEX= with make) to the folder of the codex."
        )
    _refuse_to_overwrite(Path(config.site_dir).absolute(), root, where)
    if (encoding := sys.getfilesystemencoding()) != "utf-8":
        log.warning(
            "Names of files are read as %s here; set PYTHONUTF8=1 to have them read as UTF-8.", encoding
        )
    # The folder above this project holds more than this project's own notes.
    folders = [] if root in home.parents else [home / folder for folder in options["notes"]]
    for folder in folders:
        if root == home and not folder.is_dir():
            log.warning("%s: `extra.codex.notes` names %s, and there is no such folder.", where, folder.name)
    only = _inside(root, folders)
    docs = Path(config.docs_dir).resolve()
    repository = read_repository(root)
    web_address = options["repository"] or (config.repo_url or "" if root == home else "") or repository.url
    return Settings(
        root=root,
        only=only,
        name=options["name"] or (config.site_name if root == home else _name_of(root)),
        description=options["description"] or (config.site_description or "" if root == home else ""),
        repository=_checked_address(web_address, where),
        prefix=repository.prefix,
        branch=options["branch"],
        notes_per_page=options["notes_per_page"],
        backlinks_per_group=options["backlinks_per_group"],
        policy=_policy(options["checks"], where),
        guide=None if root == home else frozenset(options["guide"]),
        own_docs=tuple(f"{folder}/" for folder in _inside(docs, [home / name for name in options["notes"]])),
        skipped=frozenset(_inside(root, [Path(config.site_dir).resolve()])),
        cache=cache_folder(options["cache"], home),
        profile=bool(options["profile"]),
        engine=_checked_engine(options["engine"].strip(), where),
    )


def _policy(checks: dict[str, Any], where: str) -> Policy:
    try:
        return read_policy(checks, get_build_datetime().date())
    except PolicyError as error:
        raise ConfigurationError(f"{where}: `extra.codex.checks`: {error}") from error


def _refuse_to_overwrite(site: Path, root: Path, where: str) -> None:
    """A finished site replaces what stands in its place, which must not be the codex or a single file."""
    resolved = site.resolve()
    if resolved == root or resolved in root.parents:
        raise ConfigurationError(
            f"{where}: `site_dir` is {site}, which is or holds the codex itself, and a build replaces it. "
            "Choose a folder of its own for the site."
        )
    if site.is_dir() and any(site.iterdir()) and not any((site / name).exists() for name in _SIGNS_OF_A_SITE):
        raise ConfigurationError(
            f"{where}: `site_dir` is {site}, which holds files that are not a site, and a build replaces it. "
            "Choose a folder of its own for the site, or empty this one."
        )
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise ConfigurationError(
            f"{where}: `site_dir` is {site}, which is a file or a link. Choose a folder of its own."
        )


def _validate(raw: dict[str, Any], where: str) -> CodexConfig:
    options = CodexConfig(config_file_path=where)
    known = [name for name, _ in options._schema]
    if "overdue_days" in raw:
        raise ConfigurationError(
            f"{where}: `extra.codex.overdue_days` has become `extra.codex.checks.queue_days.high`. "
            f"Write `checks: {{queue_days: {{high: {raw['overdue_days']}}}}}` instead."
        )
    for key in raw:
        if key not in known:
            nearest = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
            hint = f" Did you mean `{nearest[0]}`?" if nearest else f" The settings are: {', '.join(known)}."
            raise ConfigurationError(f"{where}: `extra.codex` has no setting `{key}`.{hint}")
    # A key with nothing after it has its default, as if it were not there.
    options.load_dict({key: value for key, value in raw.items() if value is not None})
    errors, _ = options.validate()
    for key, error in errors:
        if key in LIMITS:
            raise ConfigurationError(_out_of_limits(where, key, raw.get(key)))
        raise ConfigurationError(f"{where}: `extra.codex.{key}` cannot be {raw.get(key)!r}. {error}")
    for key, (least, most) in LIMITS.items():
        if isinstance(options[key], bool) or not least <= options[key] <= most:
            raise ConfigurationError(_out_of_limits(where, key, options[key]))
    return options


def _out_of_limits(where: str, key: str, value: object) -> str:
    least, most = LIMITS[key]
    return f"{where}: `extra.codex.{key}` is {value!r}; use a number from {least} to {most}."


def _inside(root: Path, folders: list[Path]) -> tuple[NotePath, ...]:
    """Those of the folders that lie in `root`, relative to it. The notes of another codex are not ours."""
    resolved = (Path(os.path.normpath(folder)) for folder in folders)
    return tuple(
        NotePath(folder.relative_to(root).as_posix())
        for folder in resolved
        if folder != root and root in folder.parents
    )


def _checked_address(url: str, where: str) -> str:
    if url and not _is_web_address(url):
        raise ConfigurationError(
            f"{where}: `extra.codex.repository` is {url!r}; use the address of the repository's web page, https://…"
        )
    return url.rstrip("/")


def _checked_engine(address: str, where: str) -> str:
    if complaint := complaint_about(address):
        raise ConfigurationError(f"{where}: `extra.codex.engine` is {address!r}; {complaint}")
    return address


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url.split()) == 1


def _name_of(root: Path) -> str:
    words = root.name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "Codex"
