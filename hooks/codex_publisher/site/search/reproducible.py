"""The same index, byte for byte, from the same notes.

Pagefind writes the values of a filter, and the filters and sorts themselves, in an order that differs
from run to run. Here they get a fixed one, and their files the names that belong to what is in them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any, Final

import cbor2

_MARK: Final = b"pagefind_dcd"
_FILTERS, _SORTS = 3, 4
"""Where they stand in Pagefind's meta file: version, pages, chunks, filters, sorts, fields."""


def make_reproducible(index: Path) -> None:
    """Put what Pagefind 1.5 has written into the folder `index` in a fixed order.

    Raises ValueError when the files are not of the form that this version writes.
    """
    entry_file = index / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text("utf-8"))
    for language in entry["languages"].values():
        language["hash"] = _rewrite_meta(index, language["hash"])
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _rewrite_meta(index: Path, name: str) -> str:
    file = index / f"pagefind.{name}.pf_meta"
    meta = _decode(file)
    if not isinstance(meta, list) or len(meta) <= _SORTS:
        raise ValueError(f"{file.name} is not of the form that is known")
    meta[_FILTERS] = sorted([facet, _rewrite_filter(index, old)] for facet, old in meta[_FILTERS])
    meta[_SORTS] = sorted(meta[_SORTS])
    new, content = _encode(meta, name)
    file.unlink()
    (index / f"pagefind.{new}.pf_meta").write_bytes(content)
    return new


def _rewrite_filter(index: Path, name: str) -> str:
    file = index / "filter" / f"{name}.pf_filter"
    facet, values = _decode(file)
    new, content = _encode([facet, sorted(values)], name)
    file.unlink()
    (index / "filter" / f"{new}.pf_filter").write_bytes(content)
    return new


def _decode(file: Path) -> Any:
    content = gzip.decompress(file.read_bytes())
    if not content.startswith(_MARK):
        raise ValueError(f"{file.name} does not begin with {_MARK!r}")
    return cbor2.loads(content.removeprefix(_MARK))


def _encode(value: object, old_name: str) -> tuple[str, bytes]:
    """A name like the old one, of which the part before `_` is the language, and the file's bytes."""
    content = _MARK + cbor2.dumps(value)
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    return f"{old_name.partition('_')[0]}_{digest}", gzip.compress(content, mtime=0)
