"""Every payload in every place of a body, each alone: what the Markdown room makes of it does no harm."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from codex_publisher.markdown import render
from support.hostile.codex import BODY_PLACES, PLACE_NAMES, bodies_with
from support.hostile.figures import tried_alone
from support.hostile.payloads import ATTACKS, PAYLOADS


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_left_that_does_harm(attack: str) -> None:
    """Even if the resolver handed on as an address whatever a note says is one."""
    tried = [one for one in tried_alone() if one.payload.attack == attack]
    assert len(tried) > len(BODY_PLACES)
    assert [str(one) for one in tried if one.findings] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_read_and_written_again_it_is_the_same(attack: str) -> None:
    """What changes when a browser writes it and reads it again is how sanitised HTML comes to run scripts."""
    for payload in (one for one in PAYLOADS if one.attack == attack):
        for place, body in bodies_with(payload):
            once = _written(render(body).html)
            assert _written(once) == once, f"{payload.text!r} as {PLACE_NAMES[place]}"


def _written(html: str) -> str:
    body = LexborHTMLParser(f"<!doctype html><body><div>{html}</div>").body
    assert body is not None
    return re.sub(r"\A<body><div>|</div></body>\Z", "", str(body.html))
