"""What stands below the front matter of a new note: `{heading}` and `{topic}` stand for these."""

from __future__ import annotations

from typing import Final

SOURCE_BODY: Final = """
## Content

## Agent Notes

**Why this matters:**

**What surprised me:**

**What I expected but didn't find:**

**KB connections:**

**Extraction hints:**

**Context:**

## Curator Notes

PRIMARY CONNECTION:
WHY ARCHIVED:
EXTRACTION HINT:

## Key Facts
"""
_END: Final = """
---

Relevant Notes:

Topics:
{topic}"""
CLAIM_BODY: Final = f"""
{{heading}}

## Evidence

## Challenges
{_END}"""
BELIEF_BODY: Final = f"""
{{heading}}

## Grounding

## Challenges Considered

## What Would Change My Mind
{_END}"""
POSITION_BODY: Final = f"""
{{heading}}

## Reasoning Chain

## Performance Criteria

## What Would Change My Mind
{_END}"""
CONVICTION_BODY: Final = f"""
{{heading}}

## What Would Change My Mind
{_END}"""
MUSING_BODY: Final = f"""
{{heading}}

## Question

## What I Found

## Follow-up Directions
{_END}"""
SECTOR_BODY: Final = """
{heading}

## Market Thesis

## Player Map

## Competitive Dynamics

## Key Metrics

## Catalysts & Risks

## Timeline

## Relationship to KB

---

Relevant Sectors:

Topics:
{topic}"""
MAP_BODY: Final = """
{heading}

## Notes

## Open Questions

---

Topics:
{topic}"""
ENTITY_BODY: Final = """
{heading}

## Overview

## Timeline

## Relationship to KB

---

Relevant Entities:

Topics:
{topic}"""
