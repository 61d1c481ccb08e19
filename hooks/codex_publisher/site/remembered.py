"""What another process works out, if the store does not know it from an earlier build."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from codex_publisher.repository.packing import PackedError, packed, unpacked
from codex_publisher.repository.store import Store, digest_of
from codex_publisher.site.background import Background, Task

Given = TypeVar("Given")
Result = TypeVar("Result")
_PLAIN = msgspec.msgpack.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Results:
    """Results of earlier builds, by what they were worked out from."""

    store: Store
    program: bytes
    """A digest of the program: another one may come to other results."""

    def key(self, name: str, *parts: bytes | str) -> bytes:
        """What a result is found by: `parts` tell all that it depends on."""
        return digest_of("result", self.program, name, *parts)

    def known(self, name: str, key: bytes, otherwise: Result) -> Task[Result] | None:
        """The result of an earlier build as a task that is done; None if there is none."""
        data = self.store.recall([key]).get(key)
        if data is None:
            return None
        future: Future[Result] = Future()
        try:
            future.set_result(unpacked(data))
        except PackedError:
            return None
        return Task(name, future, otherwise)

    def start(
        self,
        background: Background,
        key: bytes,
        name: str,
        work: Callable[[Given], Result],
        given: Given,
        otherwise: Result,
    ) -> Task[Result]:
        """The result of an earlier build, or the work begun in another process, and its result kept."""
        if known := self.known(name, key, otherwise):
            return known
        task = background.start(name, work, given, otherwise)
        task.future.add_done_callback(lambda future: self._keep(key, future))
        return task

    def _keep(self, key: bytes, future: Future[Result]) -> None:
        if not future.cancelled() and future.exception() is None:
            self.store.keep({key: packed(future.result())})


def digest_of_data(data: object) -> bytes:
    """A digest of plain data: dataclasses, texts, numbers, tuples, sets and mappings of them."""
    try:
        return digest_of(_PLAIN.encode(data))
    except UnicodeEncodeError:  # half a character, in the name of a file
        return digest_of(repr(data))
