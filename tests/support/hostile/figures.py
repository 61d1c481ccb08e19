"""How many attacks were tried and how many stopped, by kind, as the guide shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import markdown
from codex_publisher.markdown import Address, AddressKind, fill_links, render
from support.hostile.codex import PLACE_NAMES, bodies_with, body_with, placements
from support.hostile.files import fragment_findings
from support.hostile.inspection import Finding, Inspector
from support.hostile.payloads import ATTACKS, PAYLOADS, Payload, payload_of

HEAD: Final = """\
| kind of attack | texts | tried in a site | tried alone | stopped | texts that stock MkDocs lets through |
|---|---:|---:|---:|---:|---:|
"""
_HARM: Final = re.compile(
    r"<(?:script|iframe|object|embed|applet|frame|portal|svg|math|base|meta|link|form|button|input|select|textarea"
    r"|style|template|noscript|xmp|plaintext|title|audio|video|source|bgsound|isindex|dialog)\b"
    r"|<\w+ (?:on\w+|style|srcset|poster|background|ping|formaction)="
    r"|<\w+ [\w:]+=\s*(?:javascript|vbscript|data|blob|file|intent|feed|view-source|ms-msdt):"
    r"|<(?!a )\w+ [\w:]+=(?:https?:)?[/\\\\]{2}canary",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"(?<!\d)\d{5}(?!\d)")


def table(in_site: Iterable[Finding]) -> str:
    """The whole table, given what was found in a site in which every text stands in every place."""
    texts = Counter(payload.attack for payload in PAYLOADS)
    placed = Counter(payload.attack for payload, _ in placements())
    tried = Counter(one.payload.attack for one in tried_alone())
    got_through = Counter(one.payload.attack for one in tried_alone() if one.findings)
    got_through.update(map(attack_of, in_site))
    stock = stock_lets_through()
    rows = [
        (attack, texts[attack], placed[attack], tried[attack], got_through[attack], stock[attack])
        for attack in ATTACKS
    ]
    rows.append(("**All**", *(sum(column) for column in list(zip(*rows, strict=True))[1:])))
    return HEAD + "".join(
        f"| {name} | {count:,} | {site:,} | {alone:,} | {site + alone - through:,} | {let:,} |\n"
        for name, count, site, alone, through, let in rows
    )


def attack_of(finding: Finding) -> str:
    """The kind of attack that a finding comes from, told by the number in it."""
    mark = _MARK.search(finding.told)
    number = payload_of(int(mark[0]))[0] if mark else len(PAYLOADS)
    return PAYLOADS[number].attack if 0 <= number < len(PAYLOADS) else ATTACKS[0]


@dataclass(frozen=True, slots=True)
class Alone:
    """A text that stood alone in a place of a body, and what was found."""

    payload: Payload
    place: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return f"{self.payload.text!r} as {PLACE_NAMES[self.place]}: {', '.join(map(str, self.findings))}"


@lru_cache(maxsize=1)
def tried_alone() -> tuple[Alone, ...]:
    """Each text alone in each place, as it stands and in one line.

    As if the resolver handed on as an address whatever a note says is one.
    """
    inspector = Inspector(Path(), "")

    def findings(body: str) -> Iterator[Finding]:
        document = render(body)
        filled = (
            fill_links(document.html, [Address(link.target, kind, link.text) for link in document.links])
            for kind in (AddressKind.OUTWARD, AddressKind.NOTE, AddressKind.ATTACHMENT)
        )
        # Most have no links, and are the same three times.
        for html in dict.fromkeys(filled):
            yield from inspector.inspect_body(html)
            yield from fragment_findings("", html)

    return tuple(
        Alone(payload, place, tuple(findings(body)))
        for payload in PAYLOADS
        for place, body in bodies_with(payload)
    )


def stock_lets_through() -> Counter[str]:
    """How many texts of each kind do harm in a body that Python-Markdown has rendered, as for MkDocs.

    Only what runs, loads, frames, asks or covers something counts, and names only where they are the attack.
    """
    inspector = Inspector(Path(), "")
    counted: Counter[str] = Counter()
    renderer = markdown.Markdown(extensions=["toc", "tables", "fenced_code"])

    def does_harm(finding: Finding, attack: str) -> bool:
        if attack == "Clobbered names":
            return finding.attack == "clobbering"
        return bool(_HARM.match(finding.told))

    for payload in PAYLOADS:
        found = inspector.inspect_body(renderer.reset().convert(body_with(payload)))
        counted[payload.attack] += any(does_harm(one, payload.attack) for one in found)
    return counted
