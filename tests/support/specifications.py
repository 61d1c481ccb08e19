"""The examples of the Markdown specifications, from a package that `make` has put beside the tests.

They are under a licence of their own (CC BY-SA), so none of them is copied here.
"""

from __future__ import annotations

import re
import sys
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

_PLACE = Path(sys.prefix) / "specifications"
_PACKAGES = {
    "gfm": ("marko-1.2.2.tar.gz", "marko-1.2.2/tests/spec/gfm.txt"),
    "commonmark": ("marko-2.2.4.tar.gz", "marko-2.2.4/tests/spec/commonmark.txt"),
}
"""Which package has which: GitHub Flavored Markdown 0.29, of 673 examples, and CommonMark 0.31.2, of 652."""

_EXAMPLE = re.compile(
    r"^`{32} example(?P<of>[^\n]*)\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Example:
    """Markdown and the HTML that a specification wants it to become."""

    number: int
    extension: str
    """The extension that the example is about; empty for what CommonMark has too."""
    markdown: str
    html: str


@cache
def examples(name: str) -> tuple[Example, ...]:
    """All examples of the specification `gfm` or `commonmark`; skips the test where they are not at hand."""
    package, member = _PACKAGES[name]
    if not (_PLACE / package).is_file():
        pytest.skip(f"the examples of {name} are not here: `make .venv/.ready-dev` fetches {package}")
    with tarfile.open(_PLACE / package) as archive:
        file = archive.extractfile(member)
        assert file is not None
        text = file.read().decode("utf-8")
    return tuple(
        Example(number, found["of"].strip(), _with_tabs(found["markdown"]), _with_tabs(found["html"]))
        for number, found in enumerate(_EXAMPLE.finditer(text), start=1)
    )


def _with_tabs(text: str) -> str:
    """The specifications show a tab as an arrow."""
    return text.replace("→", "\t")
