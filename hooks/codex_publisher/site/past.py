"""The health on earlier days, read by another process while this one makes the site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from codex_publisher.model.health import Past, Unknown
from codex_publisher.repository.config import CodexFolder
from codex_publisher.repository.git import ask
from codex_publisher.repository.past import head_of, read_past
from codex_publisher.site.background import Background, Task
from codex_publisher.site.remembered import Results, digest_of_data
from codex_publisher.site.settings import Settings


@dataclass(frozen=True, slots=True)
class PastReading:
    """What is read of the past, and of which commit's."""

    folder: CodexFolder
    head: str
    task: Task[Past] | None
    """None where there is nothing to read."""

    def result(self) -> Past:
        """What came of it, waited for if need be."""
        return self.task.result() if self.task else Past(unknown=Unknown.NO_GIT)

    def serves(self, folder: CodexFolder, head: str) -> bool:
        """Whether this is what is to be read, and nobody has called it off."""
        called_off = self.task is not None and self.task.future.cancelled()
        return (self.folder, self.head) == (folder, head) and not called_off


def begin_reading(
    settings: Settings,
    background: Background,
    before: PastReading | None = None,
    results: Results | None = None,
) -> PastReading:
    """Have the past read, unless the build before this one had the same one read, or `results` has it."""
    # The worker gets all it is given in a letter, in which no read-only mapping can be.
    policy = replace(settings.policy, queue_days=dict(settings.policy.queue_days))
    folder = CodexFolder(settings.root, settings.only, settings.skipped, policy)
    head = head_of(settings.root)
    if before and before.serves(folder, head):
        return before
    unread = Past(unknown=Unknown.UNREADABLE)
    if not head:
        return PastReading(folder, head, None)
    if results is None:
        return PastReading(folder, head, background.start(NAME, read_past, folder, unread))
    shallow = ask(settings.root, "rev-parse", "--is-shallow-repository") or ""
    key = results.key(NAME, head, shallow, digest_of_data(_plain(folder)))
    return PastReading(folder, head, results.start(background, key, NAME, read_past, folder, unread))


NAME: Final = "The health of earlier days"


def _plain(folder: CodexFolder) -> object:
    policy = folder.policy
    days = (policy.today, sorted(policy.queue_days.items()), policy.entity_days, policy.sector_days)
    judged = (policy.ignored, sorted(policy.severities.items()))
    return str(folder.root), folder.only, folder.skipped, days, judged
