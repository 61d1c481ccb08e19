"""Projects made for tests: a folder with its own mkdocs.yml, which inherits this repository's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from support.sites import PROJECT, write_codex

HOOK = PROJECT / "hooks" / "publish.py"
THEME = PROJECT / "hooks" / "codex_publisher" / "theme"


def write_project(
    folder: Path, files: Mapping[str, str | bytes], codex: Mapping[str, object], **settings: object
) -> Path:
    """Write files into a folder and an mkdocs.yml beside them, and give the latter's path."""
    write_codex(folder, files)
    (folder / "docs").mkdir(exist_ok=True)
    whole = {
        "INHERIT": str(PROJECT / "mkdocs.yml"),
        "hooks": [str(HOOK)],
        "theme": {"custom_dir": str(THEME)},
        "nav": None,
        "extra": {"codex": {"root": ".", "notes": [], **codex}},
        **settings,
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(whole), "utf-8")
    return path
