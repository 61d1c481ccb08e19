"""A state of the codex that is served, with all that its pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from codex_publisher.model.codex import Codex
from codex_publisher.model.health import Past
from codex_publisher.model.slugs import NotePath
from codex_publisher.site.exports.merges import Merge
from codex_publisher.site.history import History
from codex_publisher.site.output import redirects_of
from codex_publisher.site.plan import Plan, plan
from codex_publisher.site.queue import Queue
from codex_publisher.site.related import Related, still_related
from codex_publisher.site.settings import Settings


@dataclass(frozen=True)
class Edition:
    """The notes at one moment, connected. Never changed: who sees it while another comes has a whole one."""

    codex: Codex
    settings: Settings
    history: History
    merges: Callable[[], tuple[Merge, ...]]
    past: Callable[[], Past]
    related: Related
    hand_written: Mapping[str, str]
    """The sources of the pages beside them, by their addresses."""
    plan: Plan = field(init=False)
    redirects: Mapping[str, NotePath] = field(init=False)

    def __post_init__(self) -> None:
        """Plan the pages, none of which is made yet."""
        queue = Queue(self.codex, self.settings, self.history)
        taken = self.hand_written.keys()
        made = plan(self.codex, self.settings, self.history, self.related, queue, taken, self.past)
        object.__setattr__(self, "plan", made)
        object.__setattr__(self, "redirects", redirects_of(self.codex))

    def with_notes(self, codex: Codex) -> Edition:
        """The same with other notes. Which of them are alike is told as far as it is known already."""
        return replace(self, codex=codex, related=still_related(codex, self.related.all()))

    def with_related(self, related: Related) -> Edition:
        """The same when it is known which notes are alike."""
        return replace(self, related=related)
