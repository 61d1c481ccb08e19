"""The notes of a made-up codex, kind by kind, with the slips that writers make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

from corpus import CONFIDENCES, FORMATS, LONGEST_NAME, PRIORITIES, STATUSES, Claim, Corpus
from slips import block, with_slips

Files = Iterator[tuple[str, str]]


def sources(codex: Corpus, count: int) -> Files:
    """Articles and reports; a third of them come from one platform, by a form."""
    dice = codex.dice
    for number in range(count):
        domain, topic = codex.domain(), codex.topic()
        is_form = dice.random() < 0.33
        date = codex.date()
        title = codex.heading(int(dice.uniform(22, 80)))
        in_queue = dice.random() < 0.2
        status = "unprocessed" if in_queue or dice.random() < 0.29 else dice.choice(STATUSES)
        author = codex.platform if is_form else codex.authors.draw(dice)
        tags = (
            list(codex.platform_tags)
            if is_form
            else [codex.tags.draw(dice) for _ in range(dice.randint(3, 6))]
        )
        fields = {
            "type": "source",
            "title": f'"{title}"',
            "author": f'"{author}{", " + codex.authors.draw(dice) if dice.random() < 0.15 else ""}"',
            "url": f"https://{domain}.example/{number}",
            "date": date,
            "domain": domain,
            "format": "data" if is_form else dice.choice(FORMATS),
            "status": status,
            "tags": f"[{', '.join(tags)}]",
        }
        if dice.random() < 0.45:
            fields["priority"] = dice.choice(PRIORITIES)
        if dice.random() < 0.37:
            fields["secondary_domains"] = f"[{codex.domain()}]"
        _process(codex, fields, domain, status)
        body = _form(codex, title, number) if is_form else _article(codex, domain, topic)
        slug = "-".join(title.lower().split())
        name = f"{date}-{slug}" if dice.random() > 0.07 else slug
        folder = "inbox/queue" if in_queue else "inbox/archive" if dice.random() < 0.95 else "inbox"
        yield f"{folder}/{name[:LONGEST_NAME]}-{number}.md", with_slips(codex, fields) + body


def _process(codex: Corpus, fields: dict[str, str], domain: str, status: str) -> None:
    """What the front matter says of a source that was read."""
    dice = codex.dice
    if status == "unprocessed" and dice.random() < 0.8:
        return
    fields["processed_by"] = codex.agents[int(len(codex.agents) * dice.random() ** 2)]
    fields["processed_date"] = codex.date()
    for name, share, mean in (
        ("enrichments_applied", 0.46, 2.4),
        ("claims_extracted", 0.36, 1.2),
        ("enrichments", 0.15, 0.9),
    ):
        if dice.random() < share:
            titles = [codex.claim(domain).title for _ in range(1 + codex.several(mean - 0.7, 7))]
            fields[name] = "[" + ", ".join(f'"{title}.md"' for title in titles) + "]"
    fields["extraction_notes"] = f'"{codex.text(500, ())}"'.replace("\n\n", " ").replace("**", "")


def _form(codex: Corpus, title: str, number: int) -> str:
    dice = codex.dice
    topic = codex.topic()
    data = "\n".join(f"- {codex.heading(12)}: {dice.randrange(10**9)}" for _ in range(8))
    facts = f"- Project: {title}\n- Status: Passed\n- Link: https://platform.example/{number}\n"
    length = codex.length(3_000, 0.85, 40_000)
    count = max(3, round(length / 420))
    links = "".join(
        f"\nSee [{codex.heading(15)}](https://platform.example/{number}/{at})."
        for at in range(codex.several(1, 20))
    )
    return f"## Details\n{facts}{links}\n\n{codex.sections(count, length, topic)}\n## Raw data\n\n{data}\n"


def _article(codex: Corpus, domain: str, topic: object) -> str:
    dice = codex.dice
    words = topic if isinstance(topic, list) else []
    length = codex.length(1_900, 0.75, 40_000)
    links = [
        f"See [{codex.heading(15)}](https://{codex.domain()}.example/{dice.randrange(10**6)}) for more."
        for _ in range(codex.several(4, 110) if dice.random() < 0.7 else 0)
    ]
    connections = "\n".join(
        f"- [[{codex.claim(domain).title}]] — {codex.heading(60)}" for _ in range(codex.several(1.2, 6))
    )
    return (
        f"## Content\n\n{codex.text(length * 0.45, words)}\n\n{' '.join(links)}\n\n"
        f"{codex.sections(dice.randint(1, 4), length * 0.4, words, '###')}\n"
        f"## Agent Notes\n\n**Why this matters:** {codex.text(200, words)}\n\n"
        f"**What surprised me:** {codex.text(150, words)}\n\n**KB connections:**\n{connections}\n\n"
        f"**Extraction hints:** {codex.text(150, words)}\n\n"
        f"{_curated(codex, domain) if dice.random() < 0.2 else ''}"
    )


def _curated(codex: Corpus, domain: str) -> str:
    main = codex.claim(domain).title
    return f"## Curator Notes\n\nPRIMARY CONNECTION: {main}\n\nWHY ARCHIVED: {codex.heading(80)}\n"


def claims(codex: Corpus, count: int) -> Files:
    """Propositions, named after their titles, with what they rest on."""
    dice = codex.dice
    for claim in islice((one for one in codex.claims if one.is_written), count):
        topic = codex.topic()
        fields = {
            "type": "claim",
            "domain": claim.domain,
            "description": f'"{codex.language.sentence(dice, 215)}"',
            "confidence": dice.choice(CONFIDENCES),
            "source": f'"{codex.authors.known[0] if codex.authors.known else "x"}, {codex.heading(30)}"',
            "created": codex.date(),
        }
        if dice.random() < 0.12:
            fields["secondary_domains"] = f"[{codex.domain()}]"
        if dice.random() < 0.1:
            titles = [codex.claim(claim.domain).title for _ in range(dice.randint(1, 4))]
            fields["depends_on"] = "\n" + "\n".join(f'  - "{title}"' for title in titles)
        if dice.random() < 0.08:
            fields["challenged_by"] = f'"{codex.language.sentence(dice, 120)}"'
        if dice.random() < 0.2:
            fields["tradition"] = f'"{codex.heading(40)}"'
        folder = dice.choice(("domains", "domains", "domains", "core", "foundations"))
        yield (
            f"{folder}/{claim.domain}/{claim.title}.md",
            with_slips(codex, fields) + _claim_text(codex, claim, topic),
        )


def _claim_text(codex: Corpus, claim: Claim, topic: object) -> str:
    dice = codex.dice
    words = topic if isinstance(topic, list) else []
    relevant = "\n".join(
        f"- [[{codex.claim(claim.domain).title}]] -- {codex.language.sentence(dice, 90)}"
        for _ in range(1 + codex.several(3.2, 36))
    )
    body = codex.text(codex.length(1_900, 0.4), words, lambda: codex.claim(claim.domain).title)
    more = codex.sections(dice.randint(2, 6), 1_500, words) if dice.random() < 0.2 else ""
    place = "_map" if dice.random() < 0.12 else f"domains/{claim.domain}/_map"
    if dice.random() < 0.5:
        place = f"{codex.domain()} overview"
    return (
        f"# {claim.title}\n\n{body}\n\n{more}\n---\n\nRelevant Notes:\n{relevant}\n\nTopics:\n- [[{place}]]\n"
    )


def entities(codex: Corpus, count: int) -> Files:
    """Organisations and the like."""
    dice = codex.dice
    for number, name in enumerate(codex.entities[:count]):
        domain, topic = codex.domain(), codex.topic()
        fields = {
            "type": "entity",
            "entity_type": dice.choice(("company", "decision_market", "person")),
            "name": f'"{name}"',
            "domain": domain,
            "status": dice.choice(("active", "active", "failed", "passed")),
            "tracked_by": dice.choice(codex.agents),
            "created": codex.date(),
            "summary": f'"{codex.language.sentence(dice, 110)}"',
        }
        if dice.random() < 0.5:
            fields["tags"] = f"[{', '.join(codex.tags.draw(dice) for _ in range(4))}]"
        if dice.random() < 0.5:
            fields["parent_entity"] = f'"[[{dice.choice(codex.entities)}]]"'
        kin = "\n".join(
            f"- [[{dice.choice(codex.entities)}]] — {codex.heading()}" for _ in range(dice.randint(1, 7))
        )
        text = codex.sections(3, 700, topic)
        yield (
            f"entities/{domain}/{name}-{number}.md",
            f"{block(fields)}# {name}\n\n{text}\n## Relations\n\n{kin}\n",
        )


def musings(codex: Corpus, count: int) -> Files:
    """Thoughts on their way."""
    dice = codex.dice
    for number in range(count):
        agent, topic = dice.choice(codex.agents), codex.topic()
        title = codex.heading(55)
        tags = ", ".join(codex.tags.draw(dice) for _ in range(4))
        fields = {
            "type": "musing",
            "agent": agent,
            "title": f'"{title}"',
            "status": "seed",
            "created": codex.date(),
        }
        fields["tags"] = f"[{tags}]"
        links = "\n".join(f"- [[{codex.claim(codex.domain()).title}]]" for _ in range(dice.randint(1, 11)))
        text = codex.sections(10, codex.length(6_200, 0.4), topic)
        candidate = f"CLAIM CANDIDATE: {codex.language.sentence(dice, 120)}\n"
        yield (
            f"agents/{agent}/musings/{'-'.join(title.lower().split())}-{number}.md",
            f"{block(fields)}# {title}\n\n{text}\n{candidate}\n{links}\n",
        )


def positions(codex: Corpus, count: int) -> Files:
    """What agents stand for."""
    dice = codex.dice
    for _ in range(count):
        agent, domain, topic = dice.choice(codex.agents), codex.domain(), codex.topic()
        title = codex.language.sentence(dice, 120)
        rests = "\n".join(f'  - "[[{codex.claim(domain).title}]]"' for _ in range(3))
        fields = {
            "type": "position",
            "agent": agent,
            "domain": domain,
            "description": f'"{codex.language.sentence(dice, 180)}"',
            "status": "active",
            "confidence": dice.choice(CONFIDENCES),
            "time_horizon": "2028",
            "performance_criteria": f'"{codex.language.sentence(dice, 150)}"',
            "depends_on": f"\n{rests}",
            "created": codex.date(),
        }
        text = codex.sections(5, 3_300, topic)
        links = "\n".join(f"- [[{codex.claim(domain).title}]]" for _ in range(11))
        yield f"agents/{agent}/positions/{title}.md", f"{block(fields)}# {title}\n\n{text}\n{links}\n"


def maps(codex: Corpus, count: int) -> Files:
    """Guided tours: one of each domain, then of other things."""
    dice = codex.dice
    for number in range(count):
        domain = codex.domains[number] if number < len(codex.domains) else codex.domain()
        name = codex.heading(22)
        path = f"domains/{domain}/_map.md" if number < len(codex.domains) else f"maps/{name}-{number}.md"
        parts = [f"# {name}\n\n{codex.text(300, codex.topic())}\n"]
        for _ in range(dice.randint(3, 8)):
            links = "\n".join(
                f"- [[{codex.claim(domain).title}]] — {codex.heading(50)}" for _ in range(dice.randint(1, 7))
            )
            parts.append(f"## {codex.heading(25)}\n\n{links}\n")
        yield path, "\n".join(parts)


def pages(codex: Corpus, count: int) -> Files:
    """Papers of agents and of the codex itself, without front matter."""
    dice = codex.dice
    for number in range(count):
        agent = dice.choice(codex.agents)
        folder = dice.choice((f"agents/{agent}", "core", "schemas"))
        text = codex.sections(9, codex.length(3_900, 0.7), codex.topic())
        many = dice.randint(2, 22) if dice.random() < 0.4 else 0
        links = "\n".join(f"- [[{codex.claim(codex.domain()).title}]]" for _ in range(many))
        title = codex.heading(18)
        yield f"{folder}/{'-'.join(title.lower().split())}-{number}.md", f"# {title}\n\n{text}\n{links}\n"


WRITERS: Final[Mapping[str, Callable[[Corpus, int], Files]]] = {
    "source": sources,
    "claim": claims,
    "entity": entities,
    "musing": musings,
    "position": positions,
    "map": maps,
    "page": pages,
}
"""In this order, which the dice know."""
