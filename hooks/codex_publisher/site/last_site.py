"""The site that the last build has left: its pages serve again where nothing that they show has changed.

The store knows of each page which bytes a view has become. They are taken from the site that is there, and
only if they are those bytes: nothing is kept twice, and nothing that was changed since is published.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from codex_publisher.repository.store import Store, digest_of


class LastSite:
    """Pages of the site before this one, by what they were made of."""

    def __init__(self, site: Path, store: Store, frame: bytes | None) -> None:
        """`frame` stands for all that pages depend on besides their views; None where that is not known."""
        self._site = site
        self._store = store
        self._frame = frame
        self._made: dict[bytes, bytes] = {}

    def recall(self, pages: dict[str, str]) -> dict[str, bytes]:
        """For the addresses of pages and the digests of their views the digests of their bytes, if known."""
        keys = {self._key(address, view): address for address, view in pages.items()}
        if self._frame is None or not self._site.is_dir():
            return {}
        return {keys[key]: made for key, made in self._store.recall(keys).items()}

    def take(self, address: str, made: bytes, target: Path) -> bool:
        """Put the page at an address to the place `target` if it still has the bytes with this digest."""
        source = self._site / address / "index.html"
        try:
            if source.is_symlink() or digest_of(source.read_bytes()) != made:
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            put_same(source, target)
        except OSError:
            return False
        return True

    def remember(self, address: str, view: str, data: bytes) -> None:
        """Know what a view has become."""
        if self._frame is not None:
            self._made[self._key(address, view)] = digest_of(data)

    def keep(self) -> None:
        """Have the store know it for later builds."""
        self._store.keep(self._made)
        self._made = {}

    def take_folder(self, name: str, contents: bytes, target: Path) -> bool:
        """Put a folder of the last site, made of these contents, into `target`, if it is still the same."""
        source = self._site / name
        key = self._folder_key(name, contents)
        try:
            made = self._store.recall([key]).get(key)
            if self._frame is None or made is None or source.is_symlink() or made != _digest_of_tree(source):
                return False
            copy_tree(source, target / name)
        except OSError:
            return False
        return True

    def remember_folder(self, name: str, contents: bytes, target: Path) -> None:
        """Know what the folder in `target` was made of."""
        if self._frame is not None and (target / name).is_dir():
            self._made[self._folder_key(name, contents)] = _digest_of_tree(target / name)

    def _folder_key(self, name: str, contents: bytes) -> bytes:
        return digest_of("folder", self._frame or b"", name, contents)

    def _key(self, address: str, view: str) -> bytes:
        return digest_of("page", self._frame or b"", address, view)


def put_same(source: Path, target: Path) -> None:
    """Have the same file at two places. The first goes when the new site has taken the old one's place."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _digest_of_tree(folder: Path) -> bytes:
    """A digest of the names and bytes of all files of a folder. Raises OSError."""
    files = sorted(path for path in folder.rglob("*") if not path.is_dir())
    if any(path.is_symlink() for path in files):
        raise OSError(f"there is a symbolic link in {folder}")
    return digest_of(
        *(part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes()))
    )


def state_of(folder: Path) -> bytes:
    """A digest that changes when any file of a folder is written, replaced, added, or removed.

    By what the system says of each file, as Git and make tell what was changed. Raises OSError.
    """
    return digest_of(*(part for line in _files(str(folder), "") for part in line))


def _files(folder: str, prefix: str) -> Iterator[tuple[bytes, bytes]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{name}/")
            else:
                told = entry.stat(follow_symlinks=False)
                facts = (told.st_mode, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
                yield os.fsencode(name), repr(facts).encode()


def copy_tree(source: Path, target: Path) -> None:
    """Have the files of a folder at a second place as well. Raises OSError; `target` is then not there."""
    try:
        for folder, _, names in os.walk(source):
            place = target / Path(folder).relative_to(source)
            place.mkdir(parents=True)
            for name in names:
                put_same(Path(folder, name), place / name)
    except OSError:
        with suppress(OSError):
            shutil.rmtree(target)
        raise
