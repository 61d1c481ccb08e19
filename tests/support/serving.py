"""`mkdocs serve` without sockets: a built site with the server that it would have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import lxml.html
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from codex_publisher.site.serving.refresher import Refresher
from codex_publisher.site.session import Session
from support.built import Element
from support.projects import HOOK

URL = "http://127.0.0.1:8000/"


class Serving:
    """A server that nobody has started: what it would do is done when it is asked for."""

    def __init__(self, settings: Path, site: Path) -> None:
        """Build the site and hand it to the server, as MkDocs does."""
        self.settings = settings
        self.site = site
        self.whole_builds = 0
        config = self._config()
        # The hook file is imported once in a process; each server here has a session of its own.
        self._hook = vars(sys.modules[str(HOOK)])
        self._session_before = self._hook["_session"]
        self._hook["_session"] = Session()
        config.plugins.on_startup(command="serve", dirty=False)
        self._build(config)
        self.server = LiveReloadServer(self._build, "127.0.0.1", 8000, str(site))
        self.server.watch(config.docs_dir)
        config.plugins.on_serve(self.server, config=config, builder=self._build)

    def _config(self) -> MkDocsConfig:
        config = load_config(str(self.settings), site_dir=str(self.site))
        config.site_url = URL
        return config

    def _build(self, config: MkDocsConfig | None = None) -> None:
        self.whole_builds += 1
        build(config or self._config(), serve_url=URL)

    @property
    def refresher(self) -> Refresher:
        """What the server calls when a file has changed."""
        assert isinstance(self.server.builder, Refresher)
        return self.server.builder

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.settings.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Put other words into a file of the project that has the old ones."""
        path = self.settings.parent / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def notice(self) -> None:
        """Do what the server does when a file has changed."""
        self.server.builder()

    def settle(self) -> None:
        """Wait until there is nothing left to bring up."""
        assert self.refresher.catching_up.wait(120)

    def get(self, address: str) -> tuple[str, str]:
        """What a browser gets: the status and the page, without MkDocs' script that reloads it."""
        environ: dict[str, Any] = {"PATH_INFO": f"/{address}".encode().decode("latin-1")}
        setup_testing_defaults(environ)
        told: list[str] = []
        app: Any = self.server.get_app()
        body = app(environ, lambda status, headers: told.append(status))
        text = b"".join(body).decode("utf-8", "replace")
        if hasattr(body, "close"):
            body.close()
        page, script, rest = text.rpartition("<script>\nvar livereload")
        return told[-1], page + rest.partition("</script>")[2] if script else text

    def page(self, address: str) -> str:
        """A page that is there."""
        status, text = self.get(address)
        assert status == "200 OK", f"{address}: {status}"
        return text

    def html(self, address: str) -> Element:
        """The tree of a page that is there."""
        return lxml.html.document_fromstring(self.page(address))

    def close(self) -> None:
        """End what it has begun."""
        self._hook["on_shutdown"]()
        self.server.shutdown()
        self._hook["_session"] = self._session_before


def built_whole(settings: Path, site: Path) -> None:
    """Build the site at once, as a server that begins now would."""
    serving = Serving(settings, site)
    serving.close()


@contextmanager
def serving(settings: Path, site: Path) -> Iterator[Serving]:
    """A server, ended at last."""
    made = Serving(settings, site)
    try:
        yield made
    finally:
        made.close()
