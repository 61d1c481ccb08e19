"""Files for programs, made of codices without MkDocs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry, Resource

from codex_publisher.site.exports import write_exports
from codex_publisher.site.exports.addresses import site_address
from codex_publisher.site.exports.merges import Merge
from codex_publisher.site.exports.published import Published
from codex_publisher.site.exports.schema_bundles import SCHEMAS
from codex_publisher.site.history import History
from support.sites import codex_of
from support.views import settings

SITE = "https://example.org/notes/"
HOSTILE = "</script>\"'><script>alert(1)</script>]](x)\u202e&amp; [a](b) `c` \\ \u0001"
HOSTILE_CODEX: dict[str, str | bytes] = {
    os.fsdecode(b"domains/odd/latin\xe9.md"): "---\ntype: claim\ncreated: 2026-01-02\n---\n[[x]]\n",
    os.fsdecode(b"domains/odd/latin\xe8.md"): "---\ntype: claim\ncreated: 2026-01-02\n---\n",
    "domains/odd/surrogate.md": '---\ntype: claim\ntitle: "\\ud800 \\u0000 \\uffff"\ndate: 2026-01-02\n---\n',
    "domains/odd/empty.md": "",
    "domains/odd/bytes.md": b"---\ntype: claim\ntitle: \xff\xfe\ncreated: 2026-01-03\n---\n\x00\x01\xff",
    "domains/odd/long.md": f"---\ntype: claim\ntitle: {'x' * 10_000}\ndate: 2026-01-04\n---\n{'y ' * 900}",
    "domains/odd/\n## New section\n- [x](y).md": "---\ntype: claim\ndate: 2026-01-05\n---\n# a\n\n---\n# b\n",
    "domains/odd/hostile.md": "---\ntype: claim\ncreated: 2026-01-06\n"
    + "".join(
        f"{name}: {json.dumps(HOSTILE)}\n"
        for name in ("title", "description", "author", "confidence", "domain", "status", "challenged_by")
    )
    + f"tags: [{json.dumps(HOSTILE)}, ok]\nurl: 'https://example.org/?a=\"<&>|é'\n---\n"
    + "# <script>alert(1)</script>\n\n[a](javascript:alert(1)) <img src=x onerror=alert(1)> [b](#c)\n\n"
    + "## c\n",
    "inbox/queue/group.md": "---\ntype: source\ndate: 2024-02-30\nfields: {a: [1, {b: null}], c: ''}\n---\n",
}
"""Notes in which everything stands that should break something."""


def published(
    files: Mapping[str, str | bytes],
    url: str | None = SITE,
    history: History | None = None,
    **changes: object,
) -> Published:
    """A codex of these notes, published at an address."""
    return Published(codex_of(files), settings(**changes), history or History(), site_address(url))


def exported(site: Path, made: Published, merges: tuple[Merge, ...] = ()) -> Path:
    """The folder with every file for programs."""
    (site / "api").mkdir(parents=True, exist_ok=True)
    write_exports(made, merges, site)
    return site


def read_json(path: Path) -> Any:
    """A JSON file as a strict reader takes it: valid UTF-8, no NaN, no member twice."""

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), f"{path} says something twice"
        return dict(pairs)

    def refuse(constant: str) -> object:
        raise AssertionError(f"{path} holds {constant}")

    return json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=members, parse_constant=refuse)


@lru_cache(maxsize=1)
def _schemas() -> Mapping[str, dict[str, Any]]:
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))}


@lru_cache
def schema(name: str) -> Validator:
    """A validator that also refuses members of which the schema says nothing."""
    closed = {key: _closed(one) for key, one in _schemas().items()}
    resources = ((key, Resource.from_contents(one)) for key, one in closed.items())
    registry: Registry[Any] = Registry().with_resources(resources)
    whole = {**closed[f"{name}.schema.json"], "$id": f"{name}.schema.json"}
    return Draft202012Validator(whole, registry=registry)


def _closed(schema: Any, is_part: bool = False) -> Any:
    """A schema in which every group of members is complete; one that is a part of others stays open."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {"head", "record"}
    closed = {
        key: {name: _closed(one, name in parts) for name, one in value.items()}
        if key in ("properties", "$defs")
        else _closed(value)
        for key, value in schema.items()
    }
    is_group = "properties" in schema or schema.get("$ref") == "#/$defs/record"
    if is_group and not is_part:
        closed["unevaluatedProperties"] = False
    return closed


def faults(name: str, content: Any) -> list[str]:
    """What a schema has against a file."""
    found = schema(name).iter_errors(content)
    return [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in found]
