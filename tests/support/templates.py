"""Templates that are compiled once for many builds: compiling all of a theme takes half of a small build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jinja2
import pytest
from jinja2.bccache import Bucket, BytecodeCache


class _InMemory(BytecodeCache):
    """Compiled templates by their names and sources."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


@contextmanager
def compiled_once() -> Iterator[None]:
    """Have every environment that is made take what another one has compiled."""
    code = {True: _InMemory(), False: _InMemory()}
    make = jinja2.Environment.__init__

    def with_cache(self: jinja2.Environment, *arguments: Any, **options: Any) -> None:
        # What escapes is compiled otherwise, and so are blocks whose white space is trimmed.
        options.setdefault("bytecode_cache", code[bool(options.get("autoescape"))])
        make(self, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "__init__", with_cache)
        yield
