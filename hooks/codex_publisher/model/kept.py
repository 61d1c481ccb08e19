"""Texts that an object has without holding them: they lie elsewhere, and are fetched when they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

Class = TypeVar("Class")


class Away(Protocol):
    """Something that lies elsewhere."""

    def fetch(self) -> str | bytes:
        """The thing itself."""


def may_be_away(*names: str) -> Callable[[type[Class]], type[Class]]:
    """For a dataclass with slots: fields that may lie elsewhere, of which nobody who reads them knows."""

    def prepare(owner: type[Class]) -> type[Class]:
        for name in names:
            setattr(owner, name, _Fetching(owner.__dict__[name]))
        return owner

    return prepare


def put_away(owner: object, name: str, keep: Callable[[Any], Away | None]) -> None:
    """Let a field that may be away be kept by `keep`; where that cannot keep it, it stays."""
    if away := keep(getattr(owner, name)):
        # The value that is read stays the same, so that a frozen object may be changed in this.
        object.__setattr__(owner, name, away)


class _Fetching:
    """Stands before a slot."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = self._slot.__get__(instance, owner)
        return value if isinstance(value, (str, bytes)) else value.fetch()

    def __set__(self, instance: object, value: object) -> None:
        self._slot.__set__(instance, value)
