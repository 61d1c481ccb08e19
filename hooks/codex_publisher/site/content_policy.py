"""What the pages may load and run, as they tell the browser: the last line of defence against a note.

A page sends no headers of its own, so the policy stands in a `<meta>` element, first in its head:
https://www.w3.org/TR/CSP3/#meta-element. There `frame-ancestors`, `report-uri` and `sandbox` have no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

POLICY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "default-src": ("'none'",),
        # No inline script runs, whoever wrote it; Pagefind's engine is WebAssembly.
        "script-src": ("'self'", "'wasm-unsafe-eval'"),
        "style-src": ("'self'",),
        # Material's style sheet holds its marks as data.
        "img-src": ("'self'", "data:"),
        "media-src": ("'self'",),
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
    }
)
NOTHING: Final = "default-src 'none'"
"""The policy of a page that only leads on to another."""


def policy_of(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy of a site whose maintainers have added these scripts and styles in `mkdocs.yml`.

    What they take from other hosts is allowed from there; a note can add nothing.
    """
    further = {"script-src": _origins(scripts), "style-src": _origins(styles)}
    return "; ".join(" ".join((name, *sources, *further.get(name, ()))) for name, sources in POLICY.items())


def _origins(addresses: Iterable[str]) -> tuple[str, ...]:
    """The hosts of whole addresses, in order, each once."""
    parts = (urlsplit(address) for address in addresses)
    return tuple(dict.fromkeys(f"https://{part.netloc}" for part in parts if part.netloc))
