"""Writes the figures of docs/security.md: `.venv/bin/python scripts/security_page.py`.

Builds the site of a codex in which every attack stands in every place, which takes a minute, and looks at
it as tests/security/ does. A test compares the page with what is found.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = PROJECT / "docs" / "security.md"
BEGIN: Final = "<!-- Written by scripts/security_page.py -->\n\n"
END: Final = "<!-- As far as here -->\n"


def with_figures(page: str, table: str) -> str:
    """The page with this table."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} has no place for the figures.")
    return f"{before}{begin}{table}\n{end}{after}"


def main() -> None:
    """Build, look and write."""
    with_figures(PAGE.read_text("utf-8"), "")
    sys.path.insert(0, str(PROJECT / "tests"))
    # What is looked at is a part of the tests, which are found by the line above.
    from support.built import built  # noqa: PLC0415
    from support.hostile.codex import SETTINGS, hostile_codex  # noqa: PLC0415
    from support.hostile.figures import table  # noqa: PLC0415
    from support.hostile.inspection import inspector_of  # noqa: PLC0415
    from support.sites import write_codex  # noqa: PLC0415

    os.environ.setdefault("SOURCE_DATE_EPOCH", "1795219200")
    with tempfile.TemporaryDirectory() as folder:
        codex = write_codex(Path(folder) / "codex", hostile_codex())
        site = built(codex, Path(folder) / "site", **SETTINGS)
        found = inspector_of(site.site).inspect_all()
    PAGE.write_text(with_figures(PAGE.read_text("utf-8"), table(found)), "utf-8")


if __name__ == "__main__":
    main()
