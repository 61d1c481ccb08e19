"""Every rule explained, in a module for each group. `codex explain` and docs/rules.md show the same texts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from codex_publisher.model.explanation import Explanation
from codex_publisher.model.explanations import (
    claims,
    fields,
    front_matter,
    further,
    links,
    names,
    queue,
    resting,
    safety,
)

_MODULES: Final = (front_matter, fields, links, names, safety, queue, claims, resting, further)

EXPLANATIONS: Final[Mapping[str, Explanation]] = MappingProxyType(
    {
        explanation.rule.code: explanation
        for explanation in sorted(
            (each for module in _MODULES for each in module.EXPLANATIONS), key=lambda each: each.rule.code
        )
    }
)
"""By code."""
