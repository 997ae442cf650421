"""What a word processor or a web page leaves in a pasted text goes; the words, their emphasis and their lists stay."""

import pytest

from tests.ui.test_clean_html import PAYLOADS, Reader
from ui.clean_html import SCHEMES, TAGS, clean_rich_text

WORD_LIST = """<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Pirmas <b>punktas</b><o:p></o:p></p>

<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;
</span></span>Antras<o:p></o:p></p>"""

PASTED = [
    # Word
    (WORD_LIST, "<ul><li>Pirmas <b>punktas</b></li><li>Antras</li></ul>"),
    (
        "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>1.<span>&nbsp;&nbsp;</span>Vienas</p>"
        "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>2.<span>&nbsp;&nbsp;</span>Du</p>",
        "<ol><li>Vienas</li><li>Du</li></ol>",
    ),
    ("<p class=MsoNormal><span lang=LT style='color:red'>Žodžiai<o:p></o:p></span></p>", "<p>Žodžiai</p>"),
    (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><p>Tekstas</p>",
        "<p>Tekstas</p>",
    ),
    ("<style>p.MsoNormal {margin:0cm}</style><p>Tekstas</p>", "<p>Tekstas</p>"),
    ("<xml><o:OfficeDocumentSettings>x</o:OfficeDocumentSettings></xml><p>Tekstas</p>", "<p>Tekstas</p>"),
    # Google Docs, LibreOffice
    (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Svarbu</span>'
        '<span style="font-weight:400">, bet </span><span style="font-style:italic">lėtai</span></p></b>',
        "<p><b>Svarbu</b>, bet <i>lėtai</i></p>",
    ),
    ("<ul><li><p>Vienas</p></li><li><p>Du</p><p>toliau</p></li></ul>", "<ul><li>Vienas</li><li>Du<br>toliau</li></ul>"),
    ('<p align="justify"><font face="Arial"><font size="3">Tekstas</font></font></p>', "<p>Tekstas</p>"),
    # web pages, tables
    ("<h2>Antraštė</h2><div>Pirma</div><div><p>Antra</p></div>", "<p>Antraštė</p><p>Pirma</p><p>Antra</p>"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
    ("Vien žodžiai <b>be</b> pastraipos<p>Kita</p>", "<p>Vien žodžiai <b>be</b> pastraipos</p><p>Kita</p>"),
    # signs that nobody sees
    ("<p>ko\u00adky\u200bbė\ufeff</p>", "<p>kokybė</p>"),
    ("<p>du  tarpai,\n nauja\x0beilutė, &nbsp;trečia</p>", "<p>du tarpai, nauja eilutė, trečia</p>"),
    ("<p>c\u030caikos</p>", "<p>čaikos</p>"),
    ("<p>79&nbsp;metų</p>", "<p>79&nbsp;metų</p>"),
    ("<p>&nbsp;Tekstas. &nbsp;<br><br></p><p>&nbsp;</p><p></p><p><b> </b></p>", "<p>Tekstas.</p>"),
    ("<ul><li></li></ul><p>Tekstas</p>", "<p>Tekstas</p>"),
    ("<p>• Pirmas</p><p>•&nbsp;Antras</p><p>Trečias</p>", "<ul><li>Pirmas</li><li>Antras</li></ul><p>Trečias</p>"),
    # no list: a dialogue, a year, a paragraph of the law
    (
        "<p>– Labas, – tarė ji.</p><p>2024. Metai</p><p>§ 5</p>",
        "<p>– Labas, – tarė ji.</p><p>2024. Metai</p><p>§ 5</p>",
    ),
]


@pytest.mark.parametrize(("pasted", "kept"), PASTED)
def test_the_words_stay_and_what_came_with_them_goes(pasted, kept):
    assert clean_rich_text(pasted) == kept


@pytest.mark.parametrize("html", [*PAYLOADS, *(pasted for pasted, _kept in PASTED)])
def test_tidying_twice_changes_nothing(html):
    assert clean_rich_text(clean_rich_text(html)) == clean_rich_text(html)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("around", ["{}", "<p>Labas</p>{}", "<ul><li>{}</li></ul>", "<div>{}</div>"])
def test_a_payload_becomes_harmless(payload, around):
    reader = Reader()
    reader.feed(clean_rich_text(around.format(payload)))
    reader.close()

    assert reader.others == []
    for tag, attributes in reader.elements:
        assert tag in TAGS
        for name, value in attributes:
            assert name == "href", (name, value)
            assert value.partition(":")[0] in SCHEMES or ":" not in value


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="abc12">Tekstas su <a id="17" linktype="page">nuoroda</a></p>',
        '<ul><li data-block-key="x">Punktas</li></ul>',
        '<p><a id="en" linktype="lang">burnout</a> ir <a href="https://www.e-tar.lt">aktas</a></p>',
    ],
)
def test_what_wagtail_notes_in_a_text_stays(html):
    assert clean_rich_text(html) == html


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="x onclick=1">x</p>',
        '<p id="17">x</p>',
        '<p><a linktype="javascript">x</a></p>',
        '<p><a linktype="page" id="17&quot; onclick=&quot;alert(1)">x</a></p>',
    ],
)
def test_a_forged_note_goes(html):
    cleaned = clean_rich_text(html)

    assert [word for word in ("onclick", "javascript", '"17') if word in cleaned] == []
