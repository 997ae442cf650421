"""Markdown and Wagtail's HTML: one text, one form, whichever way it goes."""

from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio import richtext
from studio.markdown import MarkdownError, parse, to_html, to_markdown
from ui.clean_html import clean_html

HOSTILE = st.text(
    alphabet=st.sampled_from(list("ab*_[]()<>&;#-+1.!\\`~|:\"' \n\t\xa0\u2003ąŽ„–/\u0301\u200b\u2028\x00%")),
    max_size=14,
) | st.sampled_from(
    [
        "&nbsp;",
        "&amp;",
        "&lt;",
        "&copy",
        "1. ",
        "- ",
        "http://x",
        "https://a.b/c_(d)",
        "**",
        "***",
        "<b>",
        ":::",
        "page:3",
    ]
)
WORDS = st.lists(HOSTILE, max_size=4).map("".join)


def tagged(inner):
    tags = st.sampled_from(["b", "i", "strong", "em", "p", "ul", "ol", "li", "a", "span", "br", "div", "script"])

    def write(parts):
        tag, children, address = parts
        opened = f'<a href="{escape(address)}">' if tag == "a" else f'<{tag} data-block-key="x1">'
        return opened + "".join(children) + ("" if tag == "br" else f"</{tag}>")

    return st.tuples(tags, st.lists(inner, max_size=4), WORDS).map(write)


HTML = st.lists(st.recursive(WORDS | WORDS.map(escape), tagged, max_leaves=12), max_size=5).map("".join)
SLOW = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(HTML)
def test_html_comes_back_from_markdown_as_it_was_understood(html):
    markdown = to_markdown(html)

    assert parse(markdown) == richtext.from_html(html)
    assert to_markdown(to_html(markdown)) == markdown
    assert to_html(to_markdown(to_html(markdown))) == to_html(markdown)


@SLOW
@given(st.lists(WORDS, max_size=6).map("\n".join) | WORDS)
def test_markdown_is_read_once_and_for_all(markdown):
    try:
        html = to_html(markdown)
    except MarkdownError:
        return
    canonical = to_markdown(html)

    assert to_html(canonical) == html
    assert to_markdown(to_html(canonical)) == canonical


@SLOW
@given(HTML)
def test_no_html_gets_through_but_ours(html):
    made = to_html(to_markdown(html)).replace("<br/>", "<br>").replace("\xa0", "&nbsp;")
    links = [run.link for block in parse(to_markdown(html)) for run in getattr(block, "runs", []) if run.link]

    if not links and "<a " not in made:
        assert clean_html(made) == made


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Vienas.\n\nDu.", "<p>Vienas.</p><p>Du.</p>"),
        ("**A** ir *b*", "<p><b>A</b> ir <i>b</i></p>"),
        ("- a\n- b\n  1. c\n  2. d", "<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>"),
        ("a\\\nb", "<p>a<br/>b</p>"),
        ("79&nbsp;metų", "<p>79\xa0metų</p>"),
        ("[x](https://a.b/c_\\(d\\)?e=1&f=2)", '<p><a href="https://a.b/c_(d)?e=1&amp;f=2">x</a></p>'),
        ("[x](page:ad1f12f9)", '<p><a id="ad1f12f9" linktype="page">x</a></p>'),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
        ("1\\. Ne sąrašas", "<p>1. Ne sąrašas</p>"),
        ("\\::: ne blokas", "<p>::: ne blokas</p>"),
    ],
)
def test_what_each_sign_means(markdown, html):
    assert to_html(markdown) == html
    assert to_markdown(html) == markdown


def test_bold_that_commonmark_cannot_write_falls_back_to_tags():
    html = "<p><b>Pastaba:</b>tekstas</p>"

    assert to_markdown(html) == "<b>Pastaba:</b>tekstas"
    assert to_html("<b>Pastaba:</b>tekstas") == html


@pytest.mark.parametrize(
    ("html", "same"),
    [
        ('<p data-block-key="a1b2c">Tekstas</p>', "<p>Tekstas</p>"),
        ("<p> \xa0Tekstas\xa0 </p>", "<p>Tekstas</p>"),
        ("<p><b>Žodis </b>kitas</p>", "<p><b>Žodis</b> kitas</p>"),
        ("<p><strong>a</strong><em>b</em></p>", "<p><b>a</b><i>b</i></p>"),
        ("<p>a</p><p></p><p><br/></p>", "<p>a</p>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>a &mdash; b</p>", "<p>a — b</p>"),
        ("<p>a  b</p>", "<p>a b</p>"),
        ("<p>e\u0301</p>", "<p>é</p>"),
        ('<p><a id="3" linktype="page" href="/x/">a</a></p>', '<p><a linktype="page" id="3">a</a></p>'),
    ],
)
def test_what_no_reader_sees_makes_no_difference(html, same):
    assert to_markdown(html) == to_markdown(same)


@pytest.mark.parametrize(
    ("markdown", "line", "word"),
    [
        ("a\n\n<span>b</span>", 2, "raw HTML"),
        ("<!-- a -->", 0, "raw HTML"),
        ("<b>a", 0, "without its end"),
        ("a\n\n# b", 2, "heading"),
        ("| a | b |", 0, "table"),
        ("![a](b)", 0, "image"),
        ("_a_", 0, "underscores"),
        ("3. a", 0, "start at 1"),
        ("- a\n\n  b", 2, "second paragraph"),
        ("> a", 0, "quotation"),
        ("a\\\n<u>b</u>", 1, "raw HTML"),
    ],
)
def test_another_kind_of_markdown_is_refused_with_its_line(markdown, line, word):
    with pytest.raises(MarkdownError, match=word) as refusal:
        to_html(markdown)

    assert refusal.value.line == line
