"""The folder that is served: its pages are made anew when they are asked for, and are then right."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Lock
from typing import Final

from codex_publisher.site import output
from codex_publisher.site.plan import PlannedPage
from codex_publisher.site.serving.edition import Edition
from codex_publisher.site.serving.stage import Stage
from codex_publisher.site.views import digest

PAGE: Final = "index.html"
RAW: Final = "index.md"


class SupersededError(Exception):
    """What is being made is of an edition that is no longer the latest."""


class ServedSite:
    """A built site whose notes change. Editions are numbered; a page is right for one of them.

    Pages are written by one thread at a time. Whoever waits for a page comes before whoever brings up pages
    that nobody has asked for.
    """

    def __init__(self, folder: Path) -> None:
        """The site is in `folder` as soon as it is taken over from a build."""
        self.folder = folder
        self.number = 0
        self._writing = Lock()
        self._asking = 0
        self._calm = Condition()

    def take(self, edition: Edition, stage: Stage, shown: Mapping[str, str]) -> None:
        """Take over what a build has written: for each address the digest of the view that is shown there."""
        with self._writing:
            self.edition, self.stage = edition, stage
            self._shown = dict(shown)
            self._redirects = set(edition.redirects)
            self.number += 1
            self._right = dict.fromkeys((*shown, *edition.hand_written, *edition.redirects), self.number)

    def turn_to(self, edition: Edition) -> None:
        """Show another edition from now on: no page is right any more."""
        with self._writing:
            self.edition = edition
            self.stage.turn()
            self.number += 1

    def amend(self, edition: Edition, stale: Collection[str], number: int) -> int:
        """Put a fuller edition in the place of the latest, from which only some pages differ.

        Gives the number that this one has. Raises SupersededError when the latest is not that of `number`.
        """
        with self._turn(number):
            self.edition = edition
            self.number += 1
            right = (address for address, of in self._right.items() if of == number)
            self._right = dict.fromkeys(right, self.number)
            for address in stale:
                self._right.pop(address, None)
            return self.number

    def supersede(self) -> None:
        """Have nothing more made of the latest edition, until it is asked for."""
        with self._writing:
            self.number += 1

    @contextmanager
    def closed(self) -> Iterator[None]:
        """While the whole site is built, nobody else writes, and what was under way is superseded."""
        with self._writing:
            self.number += 1
            yield

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While somebody waits, what nobody waits for is left alone."""
        with self._calm:
            self._asking += 1
        try:
            yield
        finally:
            with self._calm:
                self._asking -= 1
                self._calm.notify_all()

    def wait_for_calm(self) -> None:
        """Until nobody waits for anything."""
        with self._calm:
            self._calm.wait_for(lambda: not self._asking)

    def check(self, number: int) -> None:
        """Raise SupersededError when the edition of that number is no longer the latest."""
        if number != self.number:
            raise SupersededError

    @contextmanager
    def _turn(self, number: int) -> Iterator[None]:
        """The right to write, for an edition that is still the latest. Raises SupersededError."""
        with self._writing:
            self.check(number)
            yield

    def bring_up(self, address: str) -> int:
        """Make the page at an address right, and give the number of the edition that it is right for."""
        with self.asked():
            while True:
                number = self.number
                try:
                    self._bring_up(address, number)
                except SupersededError:
                    continue
                return number

    def _bring_up(self, address: str, number: int) -> None:
        if self._right.get(address) == number:
            return
        edition = self.edition
        if address in edition.hand_written:
            self.show_hand_written(address, number)
        elif planned := edition.plan.find(address):
            self.show(planned, number)
        elif address in edition.redirects or address in self._shown or address in self._redirects:
            with self._turn(number):
                self._redirect_or_remove(address, edition)
                self._right[address] = number

    def show(self, planned: PlannedPage, number: int) -> None:
        """Write a page if it has changed. Raises SupersededError."""
        address = planned.permalink
        if self._right.get(address) == number:
            return
        # What is made of an edition alone needs nobody to wait.
        view = planned.make_view()
        made_of = digest(view)
        with self._turn(number):
            folder = self.folder / address
            # What shows the same as before is there already.
            if self._shown.get(address) != made_of:
                put(folder / PAGE, self.stage.page_of(view))
                self._shown[address] = made_of
            if planned.note:
                put(folder / RAW, planned.note.digest_source)
            self._redirects.discard(address)
            self._right[address] = number

    def show_hand_written(self, address: str, number: int) -> None:
        """Write a hand-written page, whose wiki links may lead elsewhere now. Raises SupersededError."""
        with self._turn(number):
            if page := self.stage.hand_written(self.edition.hand_written[address]):
                name, data = page
                put(self.folder / name, data)
            self._right[address] = number

    def _redirect_or_remove(self, address: str, edition: Edition) -> None:
        if path := edition.redirects.get(address):
            output.write_redirects(edition.codex, self.folder, frozenset(), {address: path})
            self._redirects.add(address)
            self._shown.pop(address, None)
        else:
            for name in (PAGE, RAW):
                (self.folder / address / name).unlink(missing_ok=True)
            self._shown.pop(address, None)
            self._redirects.discard(address)

    @contextmanager
    def writing(self, number: int) -> Iterator[tuple[Path, Stage]]:
        """The folder and what pages are made with, to write something else. Raises SupersededError."""
        with self._turn(number):
            yield self.folder, self.stage

    def settle(self, addresses: Collection[str], number: int) -> None:
        """Know that there are pages at these addresses and no others. Raises SupersededError."""
        with self._turn(number):
            self._shown = {address: self._shown[address] for address in addresses if address in self._shown}
            self._redirects = set(self.edition.redirects)


def put(path: Path, data: bytes) -> None:
    """Have a file hold these bytes. Who reads it meanwhile has it as it was."""
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(data)
    os.replace(partial, path)  # noqa: PTH105  # as pathlib does it, which first looks at both
