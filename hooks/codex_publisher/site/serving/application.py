"""What answers a browser: MkDocs' own server, after the page that is asked for has been made right."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from codex_publisher.site.serving.search import OldSearch
from codex_publisher.site.serving.served import PAGE, RAW, ServedSite

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("mkdocs.hooks.codex")
_NOT_FOUND: Final = "404"


class Application:
    """A WSGI application before another one."""

    def __init__(
        self, inner: WSGIApplication, site: ServedSite, old_search: OldSearch, mount_path: str
    ) -> None:
        """`inner` serves the site's folder at `mount_path`."""
        self._inner = inner
        self._site = site
        self._old_search = old_search
        self._mount_path = mount_path

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(self._mount_path) or path.startswith("/livereload/"):
            return self._inner(environ, start_response)
        name = path[len(self._mount_path) :]
        while True:
            number = self._bring_up(_address(name))
            answer = _Answer(self._inner, environ)
            if number == self._site.number:
                break
            # While the page was read, another edition came: what was read may be of either.
            answer.close()
        if answer.status.startswith(_NOT_FOUND) and (old := self._old_search.find(name)) is not None:
            answer.close()
            start_response("200 OK", [("Content-Type", "application/octet-stream")])
            return [old]
        return answer.pass_on(start_response)

    def _bring_up(self, address: str) -> int:
        try:
            return self._site.bring_up(address)
        except Exception:
            # The server goes on, with the page as it was before.
            log.exception("The page %s could not be brought up to date", address)
            return self._site.number


class _Answer:
    """What an application answers, before it is passed on."""

    def __init__(self, application: WSGIApplication, environ: WSGIEnvironment) -> None:
        self._start: tuple[Any, ...] = ("500 Internal Server Error", [])
        self._body = application(environ, self._keep)

    def _keep(self, *start: Any) -> Callable[[bytes], object]:
        self._start = start
        return lambda _: None

    @property
    def status(self) -> str:
        return str(self._start[0])

    def pass_on(self, start_response: StartResponse) -> Iterable[bytes]:
        start_response(*self._start)
        return self._body

    def close(self) -> None:
        if close := getattr(self._body, "close", None):
            close()


def _address(name: str) -> str:
    """The address of the page that a file belongs to, which may be written without its last slash."""
    folder, _, file = name.rpartition("/")
    if file in (PAGE, RAW, ""):
        return f"{folder}/" if folder else ""
    return f"{name}/"
