"""A codex of a few notes in which everything that a site can show stands at least once."""

from __future__ import annotations

from typing import Final

PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
"""A PNG picture of one transparent point."""

NAPS: Final = "claims/short naps improve recall in adults.md"

SMALL_CODEX: Final[dict[str, str | bytes]] = {
    "inbox/queue/2026-03-12-smith-naps-and-recall.md": """\
---
type: source
title: "Naps and recall: a survey"
author: Ann Smith and Bo Chen
url: https://example.org/naps
date: 2026-03-12
created: 2026-11-09
domain: sleep
format: paper
status: unprocessed
priority: high
tags: [memory, B1-support]
---

## Content

People who nap remember more. [[short naps improve recall in adults]] would follow.
See also [[naps in old age]].
""",
    "inbox/queue/coffee-and-sleep.md": """\
---
type: source
title: Coffee and sleep
url: https://example.org/coffee
date: 2025-06
domain: sleep
status: processing
priority: medium
tags: [caffeine]
---

Coffee late in the day costs an hour of sleep, as [[naps in old age]] may.
""",
    "inbox/archive/dreams.md": """\
---
type: source
title: What dreams are for
url: https://example.org/dreams
date: 2024-01-05
domain: sleep
status: processed
processed_date: 2026-10-01
priority: low
claims_extracted: ["[[short naps improve recall in adults]]"]
---

Dreams sort the day.
""",
    NAPS: """\
---
type: claim
domain: sleep
confidence: likely
description: Rests on three trials with adults
created: 2026-04-01
aliases: [naps help recall]
tags: [memory]
---

# Short naps improve recall in adults

Three trials agree. ![[brain.png]]

## Evidence

- [[2026-03-12-smith-naps-and-recall]]: the largest of the three
""",
    "claims/long naps harm recall.md": """\
---
type: claim
domain: sleep
secondary_domains: [ageing]
confidence: speculative
description: One trial only
created: 2026-05-01
challenged_by: ["[[short naps improve recall in adults]]"]
---

An hour is too long, says the code B1 of our beliefs.
""",
    "agents/iris/beliefs.md": """\
---
agent: iris
domain: sleep
confidence: strong
title: "Iris's beliefs"
---

### 1. Sleep is when memory is made

It rests on [[short naps improve recall in adults]].
""",
    "entities/sleep-lab.md": """\
---
type: entity
entity_type: lab
title: The Sleep Lab
status: active
domain: sleep
tracked_by: iris
---

It ran two of the trials.
""",
    "maps/sleep.md": """\
---
type: map
title: A tour of sleep
---

- [[short naps improve recall in adults]]
- [[long naps harm recall]]
""",
    "notes/broken.md": "---\ntitle: Broken\ntags: [a, b\n---\n\nStill readable.\n",
    "images/brain.png": PIXEL,
    "images/unused.png": PIXEL,
    "README.md": "About this repository, not about sleep.\n",
}
