"""What a build depends on besides the notes, as a digest: program, settings, hand-written pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from codex_publisher.repository.program import NOTE_LIBRARIES, PACKAGE, program_digest
from codex_publisher.repository.store import digest_of
from codex_publisher.site.settings import Settings

LIBRARIES: Final = (
    *NOTE_LIBRARIES,
    *("cbor2", "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "msgspec", "numpy"),
    *("pagefind", "pymdown-extensions", "scikit-learn", "scipy"),
)
ROOMS: Final = ("markdown", "model", "repository", "site", "theme")
_PLACES: Final = frozenset({"config_file_path", "docs_dir", "site_dir"})
"""Where things lie. The same things elsewhere make the same pages."""
_ABOUT_THE_BUILD: Final = frozenset({"cache", "engine", "profile"})
"""Settings of this project that no page depends on."""
_OBJECTS: Final = frozenset({"hooks", "plugins", "theme", "markdown_extensions"})
_EXTENSIONS: Final = frozenset(
    {
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
        *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables"),
        *("toc", "wikilinks", "material.extensions.emoji"),
    }
)
_READING_FILES: Final = frozenset({"pymdownx.snippets", "pymdownx.b64"})


def is_foreseeable(config: MkDocsConfig) -> bool:
    """Whether only this program makes pages: what a plugin or another hook makes may depend on anything."""
    # MkDocs counts hook files among the plugins, and this program is one.
    return len(config.plugins) == 1 and all(map(_is_known, config.markdown_extensions))


def _is_known(extension: object) -> bool:
    if not isinstance(extension, str) or extension in _READING_FILES:
        return False
    name = extension.removeprefix("markdown.extensions.")
    return name in _EXTENSIONS or extension.startswith("pymdownx.")


def program_of_site() -> bytes:
    """A digest of the program that makes sites."""
    return digest_of(program_digest(ROOMS, LIBRARIES), (PACKAGE.parent / "publish.py").read_bytes())


def frame_of(config: MkDocsConfig, settings: Settings, own: Iterable[File], program: bytes) -> bytes:
    """A digest of all that a page depends on besides its view. `own` are the files of `docs_dir`."""
    return digest_of(
        program,
        *_settings(settings),
        *_config(config),
        *_own_files(own),
        *_papers(settings.root),
    )


def _settings(settings: Settings) -> Iterator[str]:
    yield from (settings.name, settings.description, settings.repository, settings.branch, settings.prefix)


def _config(config: MkDocsConfig) -> Iterator[str]:
    yield ",".join(name for name in map(_name_of_extension, config.markdown_extensions))
    for key in sorted(config.keys() - _PLACES - _OBJECTS):
        yield key
        yield json.dumps(
            _shown(config[key]) if key == "extra" else config[key], sort_keys=True, default=_name
        )
    theme = config.theme
    yield json.dumps([theme.name, {key: theme[key] for key in theme}], sort_keys=True, default=_name)
    custom = Path(theme.custom_dir) if theme.custom_dir else None
    if custom and PACKAGE not in custom.resolve().parents:
        for path in sorted(custom.rglob("*")):
            if path.is_file():
                yield from (path.relative_to(custom).as_posix(), path.read_bytes().hex())


def _shown(extra: Mapping[str, Any]) -> dict[str, Any]:
    """What a theme's settings say of pages: not how the build is to go about it."""
    ours = extra.get("codex")
    if not isinstance(ours, Mapping):
        return dict(extra)
    return {**extra, "codex": {key: value for key, value in ours.items() if key not in _ABOUT_THE_BUILD}}


def _name_of_extension(extension: object) -> str:
    return extension if isinstance(extension, str) else str(_name(extension))


def _name(thing: object) -> object:
    """What stands for a value that is no plain data, such as a function that a setting names."""
    if isinstance(thing, Mapping):
        return dict(thing)
    kind = thing if hasattr(thing, "__qualname__") else type(thing)
    return f"{kind.__module__}.{kind.__qualname__}"


def _papers(root: Path) -> Iterator[bytes]:
    """The repository's README, whose first words describe a site that has no description."""
    for path in sorted(root.glob("[Rr][Ee][Aa][Dd][Mm][Ee].md")):
        if path.is_file() and not path.is_symlink():
            yield path.read_bytes()


def _own_files(files: Iterable[File]) -> Iterator[str | bytes]:
    """Names and contents. Those with text give the navigation its names as well."""
    for file in sorted(files, key=lambda file: file.src_uri):
        yield file.src_uri
        yield file.content_bytes
