"""Notes and documents as bytes, for other processes and for later builds, and back again."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from codex_publisher.model.catalogue import RULES
from codex_publisher.model.kinds import KINDS, Kind
from codex_publisher.model.problems import Rule

OWN: Final = "codex_publisher."
_PLAIN: Final = {("builtins", "frozenset"): frozenset, ("datetime", "date"): date}
_KINDS: Final = {kind.name: kind for kind in KINDS}


class PackedError(ValueError):
    """Bytes that `packed` did not make."""


def packed(thing: object) -> bytes:
    """The bytes of plain data: this package's frozen dataclasses, texts, numbers, tuples, lists, mappings."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _WAYS
    pickler.dump(thing)
    return stream.getvalue()


class _Ways(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How things of each type are packed."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        """What the pickler asks for a type that is not listed; with a KeyError it does as it always does."""
        if not is_dataclass(kind):
            raise KeyError(kind)
        way = self[kind] = _way_of_dataclass(kind)
        return way


def _way_of_dataclass(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """A dataclass as a call with its fields' values: in half the time that its own way takes with slots."""
    names = [field.name for field in fields(kind)]
    if len(names) < 2:  # for which there is no tuple
        return lambda thing: (kind, tuple(getattr(thing, name) for name in names))
    values = attrgetter(*names)
    return lambda thing: (kind, values(thing))


_WAYS: Final = _Ways(
    {
        MappingProxyType: lambda mapping: (_frozen, (dict(mapping),)),
        # Kinds and rules are compared by identity, so their names are sent.
        Kind: lambda kind: (_kind, (kind.name,)),
        Rule: lambda rule: (_rule, (rule.code,)),
    }
)


def unpacked(data: bytes) -> Any:
    """What `packed` was given. Raises PackedError for other bytes, and never runs anything they name.

    Whose bytes they are is for the caller to know; this refuses whatever is not this package's own.
    """
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as error:  # whatever broken bytes make a pickle's parts raise
        raise PackedError(f"these bytes are not what was packed: {error}") from error


class _Unpickler(pickle.Unpickler):
    """Makes no object but those of this package, whose making does nothing but set fields.

    What there is one of, a kind, a rule, or a member of an enumeration, takes no state: it is `Shared`.
    """

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(OWN) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) or found in (_frozen, _kind, _rule):
                # To be called only: a class itself would take attributes from the bytes.
                return partial(found)
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        raise pickle.UnpicklingError(f"{module}.{name} is not expected here")


def _frozen(mapping: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(mapping)


def _kind(name: str) -> Kind:
    return _KINDS[name]


def _rule(code: str) -> Rule:
    return RULES[code]
