"""The one door for HTML that someone else wrote: authors' rich text, imported course files, question texts."""

import re
from functools import lru_cache

import bleach
import nh3

from .pasted import tidy_pasted

TAGS = frozenset({"p", "ul", "ol", "li", "b", "i", "strong", "em", "a", "br"})
ATTRIBUTES = {"a": frozenset({"href"})}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def clean_html(html: str) -> str:
    """Return only what the policy above allows. Cleaning twice changes nothing; headings are blocks, not HTML.

    bleach cleans; nh3, another parser written in another language, is the boundary after it: what deceives one
    still has to deceive the other.
    """
    return clean_with_nh3(clean_with_bleach(html))


def clean_with_bleach(html: str) -> str:
    """Apply the policy with bleach alone. A forbidden tag goes, its words stay as text."""
    attributes = {tag: sorted(names) for tag, names in ATTRIBUTES.items()}
    return bleach.clean(html, tags=TAGS, attributes=attributes, protocols=SCHEMES, strip=True, strip_comments=True)


def clean_with_nh3(html: str) -> str:
    """Apply the policy with nh3 alone. No `rel` is added: the policy allows no `target`, so none is needed."""
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    return nh3.clean(html, tags=set(TAGS), attributes=attributes, url_schemes=set(SCHEMES), link_rel=None)


# Wagtail keeps internal links by kind and id, so that they survive a moved page, and gives each paragraph of its editor a key.
_OWN_MARKS = {
    ("a", "linktype"): re.compile("page|document|lang"),
    ("a", "id"): re.compile("[0-9]{1,18}|[a-z]{2,3}"),
    ("p", "data-block-key"): re.compile("[a-z0-9]{1,12}"),
    ("li", "data-block-key"): re.compile("[a-z0-9]{1,12}"),
}
_RICH_ATTRIBUTES = {
    tag: {name for each, name in _OWN_MARKS if each == tag} | set(ATTRIBUTES.get(tag, ())) for tag in TAGS
}


@lru_cache(maxsize=512)  # a text is saved several times in a row: as a revision, as a page, in each language
def clean_rich_text(html: str) -> str:
    """
    What a rich text of the editor keeps: the same policy, and Wagtail's own marks besides.

    Whatever a word processor left in it goes first. Cleaning twice changes nothing.
    """
    tidy = tidy_pasted(html)
    tidy = bleach.clean(
        tidy, tags=TAGS, attributes=_keeps_in_rich_text, protocols=SCHEMES, strip=True, strip_comments=True
    )
    return nh3.clean(
        tidy,
        tags=set(TAGS),
        attributes=_RICH_ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
        attribute_filter=lambda tag, name, value: value if _keeps_in_rich_text(tag, name, value) else None,
    )


def _keeps_in_rich_text(tag: str, name: str, value: str) -> bool:
    if name in ATTRIBUTES.get(tag, ()):
        return True
    form = _OWN_MARKS.get((tag, name))
    return form is not None and form.fullmatch(value) is not None
