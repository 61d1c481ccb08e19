"""A codex of everything that a stranger's folder may hold besides notes with ordinary names."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from support.sites import write_codex
from support.small_codex import PIXEL

SECRET: Final = b"what nobody but its owner may see"
LONG: Final = "a name of two hundred and fifty-five bytes " * 6
LIMIT: Final = 17 << 20
"""Bytes of a file that is larger than a note may be."""

OUTSIDE: Final[Mapping[str, str | bytes]] = {
    "secret.md": b"---\ntype: claim\n---\n# A secret\n\n" + SECRET,
    "secret.png": PIXEL + SECRET,
    "folder/claims/secret.md": SECRET,
}
EVIL: Final = (
    *("evil.html", "evil.htm", "evil.xhtml", "evil.svg", "evil.js", "evil.wasm", "index.html"),
    *("CNAME", "_headers", "_redirects", ".htaccess", "robots.txt.html", "sitemap.xml"),
)
"""Files that run in a browser, or by which a server is told what to do."""
NOTES: Final[Mapping[str, str | bytes]] = {
    # Paths that lead out, in everything that is a path or becomes one.
    "claims/paths.md": """\
---
type: claim
title: ../../../title
status: ../../status
domain: ../../../domain
tags: [.., ../../tag, /etc/passwd, "C:\\\\x", "..\\\\..\\\\x"]
aliases: [../../alias, .., /alias, ../index.html, index, "C:alias"]
author: ../../author
depends_on: ["[[../../outside/secret]]", ../../outside/secret.md]
---
[[../../outside/secret]] [[../outside/secret]] [[/outside/secret.md]] ![[../../outside/secret.png]]
[x](../../outside/secret.md) ![x](../../outside/secret.png) ![x](/../outside/secret.png)
[x](file:///etc/passwd) [x](..%2f..%2foutside%2fsecret.md) ![[linked.png]] ![x](within/away/secret.png)
""",
    # Names that some systems refuse, or take for another.
    "claims/aux.md": "---\ntype: claim\n---\nText.\n",
    "claims/nul.txt.md": "---\ntype: claim\n---\nText.\n",
    "com1/note.md": "Text.\n",
    "CON.md": "Text.\n",
    "maps/trailing dot..md": "Text.\n",
    "maps/trailing space .md": "Text.\n",
    "folder with dot./note.md": "Text.\n",
    "folder with space /note.md": "Text.\n",
    'maps/what? *all* <of>: it | "here".md': "Text.\n",
    "maps/..\\..\\windows.md": "Text.\n",
    "maps/%2e%2e%2f%2e%2e%2fescape.md": "Text.\n",
    "maps/-rf.md": "Text.\n",
    "maps/$(touch pwned).md": "Text.\n",
    "maps/..md": "Text.\n",
    "maps/...md": "Text.\n",
    ".md": "Text.\n",
    f"maps/{LONG[:252]}.md": "Text.\n",
    f"claims/{'é' * 126}.md": "---\ntype: claim\n---\nText.\n",
    # Hidden characters.
    "claims/line\nbreak.md": "---\ntype: claim\n---\nText.\n",
    "claims/tab\tand\x1b[31mcolour.md": "---\ntype: claim\n---\nText.\n",
    "claims/\u202egnp.md": "---\ntype: claim\n---\nText.\n",
    "claims/zero\u200bwidth.md": "---\ntype: claim\n---\nText.\n",
    # Names that are nearly the same.
    "claims/Naps Help.md": "---\ntype: claim\n---\nThe first.\n",
    "claims/naps help.md": "---\ntype: claim\n---\nThe second.\n",
    "claims/naps-help.md": "---\ntype: claim\n---\nThe third.\n",
    f"maps/{unicodedata.normalize('NFC', 'café')}.md": "Text.\n",
    f"maps/{unicodedata.normalize('NFD', 'café')}.md": "Text.\n",
    "garden.md": "Beside the folder.\n",
    "garden/index.md": "In the folder.\n",
    "garden/README.md": "In the folder as well.\n",
    "tags/memory.md": "Where an index is.\n",
    "claims.md": "Where a list is.\n",
    "index.md": "Where the home page is.\n",
    "404.md": "Where the page for lost readers is.\n",
    "search/pagefind.md": "Where the search is.\n",
    "assets/javascripts/bundle.md": "Where scripts are.\n",
    # Contents.
    "empty.md": b"",
    "nothing but marks.md": b"\xef\xbb\xbf",
    "zeros.md": bytes(1000),
    "latin.md": "caf\xe9".encode("latin-1"),
    "folder.md/inside.md": "Text.\n",
    "folder.png/inside.md": "Text.\n",
    # What is not published, though a note asks for it.
    "asks.md": "".join(f"![[{name}]] [x]({name})\n\n" for name in (*EVIL, "pipe.png", "a.png")),
    "a.png": PIXEL,
    **dict.fromkeys(EVIL, "<script>alert('evil')</script>"),
}
LINKS: Final[Mapping[str, str]] = {
    "claims/linked.md": "../../outside/secret.md",
    "linked.png": "../outside/secret.png",
    "linked folder": "../outside/folder",
    "within/away": "../../outside",
    "loop": ".",
    "garden/loop": "..",
    "around": "round",
    "round": "around",
    "lost.md": "nowhere.md",
    "device.md": "/dev/zero",
    "claims/terminal.md": "/dev/stdin",
    "kernel.md": "/proc/self/environ",
}
"""Symbolic links with where they lead."""
NOT_FILES: Final = ("pipe.md", "pipe.png", "socket.md")
TOO_LARGE: Final = "large.md"
NOT_UTF_8: Final = b"claims/latin\xe9.md"


def write_nasty_codex(folder: Path) -> Path:
    """Write it into `folder/codex`, with what it must not touch in `folder/outside`, and give its place.

    What the system or the disk refuses is left out.
    """
    write_codex(folder / "outside", OUTSIDE)
    codex = folder / "codex"
    for name, content in NOTES.items():
        with suppress(OSError):
            write_codex(codex, {name: content})
    for name, target in LINKS.items():
        (codex / name).parent.mkdir(exist_ok=True)
        (codex / name).symlink_to(target)
    for name in NOT_FILES:
        if name.startswith("pipe"):
            os.mkfifo(codex / name)
        else:
            _make_socket(codex / name)
    with (codex / TOO_LARGE).open("wb") as large:
        large.truncate(LIMIT)
    if sys.platform == "linux":
        (codex / os.fsdecode(NOT_UTF_8)).write_text("---\ntype: claim\n---\nText.\n")
        _make_depths(codex)
    return codex


def _make_socket(place: Path) -> None:
    # Its whole path may be too long for a socket.
    before = Path.cwd()
    os.chdir(place.parent)
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(place.name)
    finally:
        os.chdir(before)


def _make_depths(codex: Path) -> None:
    """Folders in folders, until no system call takes the whole path any more."""
    above = os.open(codex, os.O_RDONLY)
    for number in range(30):
        name = f"depth {number:02} " + "of a long way down " * 10
        os.mkdir(name, dir_fd=above)
        below = os.open(name, os.O_RDONLY, dir_fd=above)
        os.close(above)
        above = below
        if number in (5, 29):
            note = os.open("deep.md", os.O_WRONLY | os.O_CREAT, dir_fd=above)
            os.write(note, b"Text.\n")
            os.close(note)
    os.close(above)
