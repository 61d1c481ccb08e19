"""Templates that are compiled once in a process, however many sites are built in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """What templates became, by their names and places; jinja compares their sources before it takes one."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


@contextmanager
def compiled_once() -> Iterator[None]:
    """Have environments of jinja take what others of their kind have compiled: a fifth of a small build."""
    begin = Environment.__init__
    kinds: defaultdict[tuple[object, ...], _Compiled] = defaultdict(_Compiled)

    @wraps(begin)
    def with_what_is_compiled(environment: Environment, *arguments: Any, **options: Any) -> None:
        begin(environment, *arguments, **options)
        # What templates become also depends on these, and on who escapes what.
        kind = (environment.autoescape, environment.trim_blocks, environment.lstrip_blocks)
        environment.bytecode_cache = kinds[(*kind, environment.undefined)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "__init__", with_what_is_compiled)
        yield
