"""Each JSON Schema with all that it refers to, so that a validator needs no other file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

SCHEMAS: Final = Path(__file__).resolve().parent / "schemas"
SUFFIX: Final = ".schema.json"
_PART: Final = "#/$defs/"


def bundled_schemas() -> Mapping[str, str]:
    """The texts of the schemas by the names of their files, in the order of these."""
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.iterdir())}
    return {
        name: json.dumps(_Bundle(name, schemas).schema, indent=2, ensure_ascii=False) + "\n"
        for name in schemas
    }


class _Bundle:
    """One schema; parts of others become parts of its own."""

    def __init__(self, name: str, schemas: Mapping[str, dict[str, Any]]) -> None:
        self._name = name
        self._schemas = schemas
        self._parts: dict[str, Any] = {}
        whole = {key: value for key, value in schemas[name].items() if key != "$defs"}
        self.schema = self._settled(whole, name)
        if self._parts:
            self.schema["$defs"] = dict(sorted(self._parts.items()))

    def _settled(self, value: Any, home: str) -> Any:
        """A value of the schema `home` with its references led to parts of this one."""
        if isinstance(value, list):
            return [self._settled(item, home) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            key: self._reference(inner, home) if key == "$ref" else self._settled(inner, home)
            for key, inner in value.items()
        }

    def _reference(self, to: str, home: str) -> str:
        file, _, part = to.partition(_PART)
        owner = file or home
        key = part if owner == self._name else f"{owner.removesuffix(SUFFIX)}-{part}"
        if key not in self._parts:
            self._parts[key] = {}  # taken, should the part refer to itself
            self._parts[key] = self._settled(self._schemas[owner]["$defs"][part], owner)
        return f"{_PART}{key}"
