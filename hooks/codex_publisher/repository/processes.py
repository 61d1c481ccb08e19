"""What may pass between processes of this program, and how many of them are of use."""

from __future__ import annotations

import io
import os
import pickle
from types import MappingProxyType
from typing import Any

from codex_publisher.model.catalogue import RULES
from codex_publisher.model.kinds import KINDS, Kind
from codex_publisher.model.problems import Rule


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def packed(result: object) -> bytes:
    """A result as bytes that another process makes the same result of."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {
        MappingProxyType: lambda mapping: (_frozen, (dict(mapping),)),
        # Kinds and rules are compared by identity, so their names are sent.
        Kind: lambda kind: (_kind, (kind.name,)),
        Rule: lambda rule: (_rule, (rule.code,)),
    }
    pickler.dump(result)
    return stream.getvalue()


def unpacked(result: bytes) -> Any:
    """What `packed` was given, in a process of the same program."""
    return pickle.loads(result)  # noqa: S301  # our own process wrote it


def _frozen(mapping: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(mapping)


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def _rule(code: str) -> Rule:
    return RULES[code]
