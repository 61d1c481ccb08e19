"""After an edit, what is taken from the codex before it is what a codex made anew has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from hypothesis import example, given
from hypothesis import strategies as st

from codex_publisher.markdown.render import outline
from codex_publisher.model.codex import Codex, build_codex
from codex_publisher.model.document import Document
from codex_publisher.model.note import Note
from codex_publisher.model.slugs import NotePath
from support.notes import note_of, with_fields

_PATHS = (
    "docs/claims/one.md",
    "docs/claims/two.md",
    "agents/leo/beliefs.md",
    "agents/leo/one.md",
    "x/_map.md",
)
_NAMES = (
    "one",
    "two",
    "The first of all claims",
    "the first of all",
    "B1",
    "_map",
    "x/one",
    "one.md",
    "pic.png",
)
_names = st.sampled_from(_NAMES)
_link = st.one_of(
    _names.map("[[{}]]".format),
    _names.map("[[{}#Part]]".format),
    _names.map("[words]({}.md#part)".format),
    _names.map("![]({})".format),
    st.just("B1"),
)
_body = st.lists(st.one_of(_link, st.just("## Part"), st.just("### 1. First")), max_size=4).map("\n\n".join)
_front = st.lists(
    st.one_of(
        _names.map("title: {}".format),
        _names.map("aliases: [{}]".format),
        _names.map('depends_on: ["[[{}#Part]]"]'.format),
        st.sampled_from(("type: claim", "type: page", "domain: leo")),
    ),
    max_size=3,
    unique_by=lambda line: line.partition(":")[0],
)
_text = st.builds(lambda front, body: with_fields(*front, body=f"{body}\n"), _front, _body)
_codex = st.dictionaries(st.sampled_from(_PATHS), _text, max_size=len(_PATHS))


def _read(texts: Mapping[str, str]) -> tuple[dict[NotePath, Note], dict[NotePath, Document]]:
    notes = {NotePath(path): note_of(path, text) for path, text in texts.items()}
    return notes, {path: outline(note.body, note.body_line, note.title) for path, note in notes.items()}


def _facts(codex: Codex) -> dict[str, object]:
    """Everything but what looks names up."""
    facts = {field.name: getattr(codex, field.name) for field in fields(codex) if field.name != "links"}
    return facts | {"nearest": [one.near for one in codex.wanted]}


@given(_codex, _codex, st.lists(st.sampled_from(("pic.png", "x/pic.png")), unique=True))
@example(
    {"docs/claims/one.md": with_fields("title: Old"), "x/_map.md": "[[New]]\n"},
    {"docs/claims/one.md": with_fields("title: New")},
    [],
)
@example(
    {"docs/claims/one.md": "# One\n\n## Part\n", "x/_map.md": "[[one#Part]]\n"},
    {"docs/claims/one.md": "# One\n\n## Other part\n"},
    [],
)
@example(
    {"agents/leo/beliefs.md": "# Beliefs\n", "agents/leo/one.md": "See B1 here.\n"},
    {"agents/leo/beliefs.md": "# Beliefs\n\n### 1. First\n"},
    [],
)
@example({"docs/claims/one.md": "![](../../pic.png)\n"}, {}, ["x/pic.png"])
def test_a_codex_after_an_edit_is_the_one_that_is_made_anew(
    before: dict[str, str], edits: dict[str, str], attachments: list[str]
) -> None:
    notes, documents = _read(before)
    old = build_codex(notes.values(), documents, [NotePath("pic.png")])
    changed, outlines = _read(edits)
    notes, documents = notes | changed, documents | outlines
    paths = list(map(NotePath, attachments or ["pic.png"]))
    after = build_codex(notes.values(), documents, paths, before=old)
    assert _facts(after) == _facts(build_codex(notes.values(), documents, paths))
