"""A thread that brings up what nobody has asked for yet."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Condition, Thread

from codex_publisher.site.serving.served import ServedSite, SupersededError

log = logging.getLogger("mkdocs.hooks.codex")


class CatchingUp:
    """Follows the editions of a served site. A new one makes it begin anew."""

    def __init__(self, site: ServedSite, bring_up: Callable[[int], None]) -> None:
        """`bring_up` does it for the edition of a number; it raises SupersededError when another has come."""
        self._site = site
        self._bring_up = bring_up
        self._wanted = self._done = site.number
        self._changed = Condition()
        Thread(target=self._run, name="catching up", daemon=True).start()

    def begin(self) -> None:
        """Bring up the site's latest edition."""
        with self._changed:
            self._wanted = self._site.number
            self._changed.notify_all()

    def wait(self, seconds: float | None = None) -> bool:
        """Until all is brought up, or given up, or so many seconds; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._done == self._wanted, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._done != self._wanted)
                number = self._wanted
            try:
                self._bring_up(number)
            except SupersededError:
                log.debug("What was being brought up has changed again")
            except Exception:
                # The pages that are asked for are right all the same, and the next change begins anew.
                log.exception("Not all of the site could be brought up to date")
            with self._changed:
                self._done = number
                self._changed.notify_all()
