"""
Rich text as it comes from a word processor or a web page, brought to paragraphs, lists, bold, italic and links.

This is tidiness, no defence: what may stay is decided by `ui.clean_html` afterwards.
"""

import re
import unicodedata

from bs4 import BeautifulSoup, NavigableString
from bs4.exceptions import ParserRejectedMarkup

# Their content is no text: styles, scripts, Word's own XML, drawings.
_NO_TEXT = [
    "script",
    "style",
    "xml",
    "head",
    "title",
    "template",
    "noscript",
    "svg",
    "math",
    "object",
    "iframe",
    "select",
]
_BLOCKS = [
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption"),
    *(
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "main",
        "nav",
        "pre",
        "section",
    ),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
]
_KEPT = ["p", "ul", "ol", "li", "b", "i", "strong", "em", "a", "br"]
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SPACES = re.compile(r"[ \t\n\xa0]*[ \t\n][ \t\n\xa0]*|\xa0{2,}")
_BULLET = re.compile(r"^[ \xa0]*[·•▪■‣◦●○\uf0a7\uf0b7][ \xa0]+")
_WORD_BULLET = re.compile(r"^[ \xa0]*[o§–-][ \xa0]+")
_NUMBER = re.compile(r"^[ \xa0]*\d{1,2}[.)][ \xa0]+")
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|400)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


def tidy_pasted(html):
    """The same words in paragraphs and lists: no styles, no invisible characters, no empty paragraphs. Twice changes nothing."""
    try:
        soup = BeautifulSoup(html or "", "html.parser")
    except ParserRejectedMarkup:  # a declaration that never ends, such as "<![": words, then
        soup = BeautifulSoup((html or "").replace("<!", "&lt;!"), "html.parser")
    for element in soup(_NO_TEXT):
        element.decompose()
    _marks(soup)
    _paragraphs(soup)
    _lists(soup)
    for element in soup.find_all(lambda element: element.name not in _KEPT):
        element.unwrap()
    _words(soup)
    _ends(soup)
    return soup.decode(formatter="minimal")


def _words(soup):
    """Text without what nobody sees; what stood outside of paragraphs makes paragraphs."""
    for text in soup.find_all(string=True):
        if type(text) is NavigableString:
            text.replace_with(_clean(text))
        else:  # a comment, a declaration
            text.extract()
    for place in [soup, *soup(["ul", "ol"])]:
        for child in list(place.children):
            if isinstance(child, NavigableString) and not str(child).strip():
                child.extract()
    paragraph = None
    for child in list(soup.children):
        if child.name in ("p", "ul", "ol"):
            paragraph = None
        elif paragraph is None:
            paragraph = child.wrap(soup.new_tag("p"))
        else:
            paragraph.append(child.extract())


def _clean(text):
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", str(text))))
    return _SPACES.sub(" ", text)


def _marks(soup):
    """Bold and italic that a style says become tags; a `<b>` whose style takes it back, as Google Docs wraps a whole text, goes."""
    for element in soup.find_all(style=True):
        style = str(element["style"])
        if element.name in ("b", "strong") and _NOT_BOLD.search(style):
            element.unwrap()
        elif element.name == "span" and element.get_text(strip=True):
            if _BOLD.search(style):
                element.wrap(soup.new_tag("b"))
            if _ITALIC.search(style):
                element.wrap(soup.new_tag("i"))


def _paragraphs(soup):
    """A block that holds no other is a paragraph; one that does only stood around them. Inside of an item, a line of it."""
    holders = [*_BLOCKS, "p", "ul", "ol", "li"]
    for element in soup(_BLOCKS):
        if element.find(holders) or element.find_parent(["p", "li"]):
            element.unwrap()
        else:
            element.name = "p"
    for item in soup("li"):
        for place, paragraph in enumerate(item.find_all("p")):
            if place:
                paragraph.insert_before(soup.new_tag("br"))
            paragraph.unwrap()


def _lists(soup):
    """Word writes lists as paragraphs that begin with a sign: they become lists again."""
    for paragraph in soup("p"):
        if paragraph.parent is None:
            continue
        text = _INVISIBLE.sub("", re.sub(r"[\t\n]", " ", paragraph.get_text()))
        is_word = "MsoList" in " ".join(paragraph.get("class") or []) or "mso-list" in str(paragraph.get("style", ""))
        sign, tag = _BULLET.match(text), "ul"
        if sign is None and is_word:
            sign, tag = (_WORD_BULLET.match(text), "ul") if _WORD_BULLET.match(text) else (_NUMBER.match(text), "ol")
        if sign is None:
            continue
        _drop_start(paragraph, len(sign[0]))
        before = paragraph.find_previous_sibling()
        if (
            before is not None
            and before.name == tag
            and before.get("data-word")
            and not _words_between(before, paragraph)
        ):
            before.append(paragraph.extract())
        else:
            paragraph.wrap(soup.new_tag(tag, attrs={"data-word": "yes"}))
        paragraph.name = "li"


def _drop_start(paragraph, count):
    """Take this many visible characters from the beginning, across whatever tags they stand in."""
    for text in paragraph.find_all(string=True):
        if type(text) is not NavigableString:
            continue
        visible = _INVISIBLE.sub("", str(text))
        text.replace_with(visible[count:])
        count -= len(visible)
        if count <= 0:
            return


def _words_between(before, paragraph):
    return any(str(each).strip() for each in before.next_siblings if _comes_before(each, paragraph))


def _comes_before(each, paragraph):
    return isinstance(each, NavigableString) and any(later is paragraph for later in each.next_siblings)


def _ends(soup):
    """No spaces or line breaks at the ends of a paragraph, and nothing that is empty."""
    for element in soup(["p", "li"]):
        for inner in element.find_all(["b", "i", "strong", "em", "span", "a"]):
            if not inner.get_text(strip=True) and not inner.find("br"):
                inner.unwrap()
        _strip_end(list(element.children), str.lstrip)
        _strip_end(list(element.children)[::-1], str.rstrip)
        if not element.get_text().strip():
            element.decompose()
    for element in soup(["ul", "ol"]):
        if element.find("li") is None:
            element.unwrap()


def _strip_end(children, strip):
    for child in children:
        if type(child) is NavigableString:
            kept = strip(str(child))
            child.replace_with(kept)
            if kept:
                return
        elif child.name != "br":
            return
        else:
            child.decompose()
