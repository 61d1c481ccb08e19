"""The codex for programs: JSON, feeds, and texts for language models, written beside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from codex_publisher.site.exports.facets import facets, tags
from codex_publisher.site.exports.feeds import writing_feeds
from codex_publisher.site.exports.graph import graph
from codex_publisher.site.exports.llms import write_llms
from codex_publisher.site.exports.merges import Merge
from codex_publisher.site.exports.notes import writing_notes
from codex_publisher.site.exports.published import Published
from codex_publisher.site.exports.schema_bundles import bundled_schemas
from codex_publisher.site.exports.web_application import ApplicationNotes, claims_context, graph_data
from codex_publisher.site.exports.writing import write_json


def schema_files(config: MkDocsConfig) -> list[File]:
    """The schemas as files of MkDocs, so that hand-written pages may link to them."""
    return [
        File.generated(config, f"api/schemas/{name}", content=text)
        for name, text in bundled_schemas().items()
    ]


def write_exports(published: Published, merges: Iterable[Merge], site: Path) -> None:
    """Write every file that is for programs."""
    for _ in writing_exports(published, merges, site):
        pass


def writing_exports(published: Published, merges: Iterable[Merge], site: Path) -> Iterator[None]:
    """Write them part by part: between two parts something else may be done."""
    api = site / "api"
    yield from writing_notes(published, site)
    write_json(api / "graph.json", graph(published))
    write_json(api / "tags.json", tags(published))
    write_json(api / "facets.json", facets(published))
    yield
    notes = ApplicationNotes(published)
    write_json(api / "graph-data.json", graph_data(notes, merges))
    write_json(api / "claims-context.json", claims_context(notes))
    yield
    write_llms(published, site)
    yield
    yield from writing_feeds(published, site)
