"""How MkDocs' events become a site. Read from top to bottom, this is the whole way of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

# MkDocs has this folder on sys.path only while it imports this file, so everything is imported here.
from codex_publisher.site.ending import explain
from codex_publisher.site.pages import without_indentation
from codex_publisher.site.session import Session
from codex_publisher.site.shells import equip
from codex_publisher.site.signals import end_in_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_session = Session()
"""The build under way, and nothing else: `mkdocs serve` imports this file once for many builds."""


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether pages are built for this machine only, with MkDocs' script in them."""
    end_in_order()
    _session.start(is_serving=command == "serve", is_dirty=dirty)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the settings; begin a build."""
    _session.begin(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read the codex; add a page for each note and index."""
    return _session.build.add_pages(files, config)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Remember the page, from which its wiki links are written."""
    _session.build.page_under_way = page
    _session.build.between_pages()


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Remember the navigation, which stands round every page."""
    _session.build.nav = nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the templates what they need."""
    _session.build.environment = equip(env, _session.build.content_policy)
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave the theme's indentation out of each page."""
    _session.build.between_pages()
    return without_indentation(output, page)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the codex's pages and all that is no page; swap the site into its place."""
    _session.build.finish(config)


def on_build_error(error: Exception) -> None:
    """Leave the last good site as it was, and say what the system did not do."""
    _session.abandon()
    explain(error)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Watch the notes, and show at once what is written."""
    _session.serve(server, config, builder)
    return server


def on_shutdown() -> None:
    """End the workers, and a build that was told to end."""
    _session.end()
