"""The Markdown beside a page is the file as it was committed, to the byte, whatever the bytes are."""

from __future__ import annotations

from pathlib import Path

from support.built import built, words
from support.sites import write_codex

FILES: dict[str, str | bytes] = {
    "claims/windows.md": b"\xef\xbb\xbf---\r\ntype: claim\r\n---\r\n\r\nLines end as on Windows.\r\n",
    "claims/old mac.md": b"---\rtype: claim\r---\rLines end as long ago.\r",
    "claims/no last line end.md": b"---\ntype: claim\n---\nThe end",
    "claims/not utf-8.md": b"---\ntype: claim\ntitle: caf\xe9\n---\n\xff\xfe\x00\x1b[31m words\n",
    "claims/utf-16.md": "---\ntype: claim\n---\nWide words.\n".encode("utf-16"),
    "claims/blanks.md": b"\n\n \t\n---\ntype: claim\n---\n \x0c\n trailing   \n\n\n\n",
    "claims/empty.md": b"",
    "claims/broken.md": b"---\ntitle: [\n{{ config }} <script>alert(1)</script>\n",
    "claims/template.md": b"---\ntype: claim\n---\n{{ config }} {% raw %} {# gone? #}\n",
}


def test_every_byte_of_every_file_is_published_beside_its_page(tmp_path: Path) -> None:
    site = built(write_codex(tmp_path / "codex", FILES), tmp_path / "site")
    pages = {words(page.one("codex-provenance").find("code")): page for page in site.note_pages()}
    assert pages.keys() == FILES.keys()
    for path, written in FILES.items():
        assert (site.site / pages[path].address / "index.md").read_bytes() == written, path
