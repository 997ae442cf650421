"""
What in a page would stop a reader who does not see it: pictures without words, headings that skip a level, empty links.

It reads what authors wrote, not what a template makes of it; the checks in the editor's preview look at the whole screen. It
warns and forbids nothing: what may not be published at all is the business of blocks and models.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

HEADING_BLOCKS = {"heading": 2}  # name of a block that is a heading → its level; the page's title is the first
_FILE_NAME = re.compile(r"\.(avif|gif|jpe?g|png|svg|webp)$|_", re.IGNORECASE)
_LONGEST_HEADING = 80  # of a bold paragraph that is taken for a heading


@dataclass(frozen=True)
class Finding:
    """A place of the page in words, and what is wrong there with the way out."""

    where: str
    problem: str

    def __str__(self):
        return f"{self.where}: {self.problem}"


def check_page(page):
    """The Findings of this page or draft, from top to bottom, in the active language. No queries but for its pictures."""
    checker = _Checker()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for number, child in enumerate(getattr(page, field.name), start=1):
                checker.where = _("block %(number)d “%(label)s”") % {"number": number, "label": child.block.label}
                checker.look_at(child.value, child.block_type)
        elif isinstance(field, RichTextField):
            checker.where = f"“{field.verbose_name}”"
            checker.look_at(RichText(getattr(page, field.name) or ""))
    return checker.findings


class _Checker:
    def __init__(self):
        self.where = ""
        self.level = 1
        self.findings = []

    def find(self, problem):
        finding = Finding(self.where, problem)
        if finding not in self.findings:
            self.findings.append(finding)

    def look_at(self, value, name=""):
        """A value of a block, however deep it is."""
        if name in HEADING_BLOCKS and isinstance(value, str):
            self.heading(HEADING_BLOCKS[name], value)
        elif isinstance(value, RichText):
            self.rich_text(value.source or "")
        elif isinstance(value, get_image_model()):  # Wagtail's ImageBlock keeps both on the image
            self.picture(getattr(value, "contextual_alt_text", None) or "", getattr(value, "decorative", False))
        elif hasattr(value, "bound_blocks"):
            self.parts(value)

    def parts(self, value):
        """A struct (names and bound blocks), a list or a stream."""
        bound = value.bound_blocks
        if not hasattr(bound, "items"):
            for child in bound:
                self.look_at(child.value, getattr(child, "block_type", ""))
            return
        has_words = "alt" in bound
        for name, child in bound.items():
            if has_words and isinstance(child.value, get_image_model()):
                self.picture(bound["alt"].value or "", bool(value.get("decorative")))
            else:
                self.look_at(child.value, name)

    def picture(self, alt, decorative):
        if decorative:
            return
        if not alt.strip():
            self.find(_("the picture has no alternative text. Say what it shows, or mark it as decorative."))
        elif _FILE_NAME.search(alt):
            self.find(_("the alternative text looks like the name of a file. Say what the picture shows."))

    def heading(self, level, words):
        if not words.strip():
            self.find(_("the heading is empty. Write it, or delete it."))
            return
        if level > self.level + 1:
            self.find(
                _("the heading “%(words)s” skips a level. Make it one level higher, or put a heading above it.")
                % {"words": words.strip()[:60]}
            )
        self.level = level

    def rich_text(self, source):
        reader = _Reader()
        reader.feed(source)
        reader.close()
        for tag, words, alone_in_bold in reader.found:
            if tag == "a" and not words.strip():
                self.find(_("a link has no words. Write where it leads, or remove it."))
            elif tag[0] == "h":
                self.heading(int(tag[1]), words)
            elif alone_in_bold and 0 < len(words.strip()) <= _LONGEST_HEADING:
                self.find(
                    _("“%(words)s” is a paragraph in bold. If it is a heading, use a heading block.")
                    % {"words": words.strip()[:60]}
                )


class _Reader(HTMLParser):
    """Collects (tag, words, is all of it bold?) of links, headings and paragraphs, in the order in which they end."""

    WATCHED = {"a", "p", "h1", "h2", "h3", "h4", "h5", "h6"}

    def __init__(self):
        super().__init__()
        self.found, self.open, self.bold = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag in {"b", "strong"}:
            self.bold += 1
        elif tag in self.WATCHED:
            self.open.append([tag, "", True])
        elif tag == "img":
            for each in self.open:
                each[1] += dict(attrs).get("alt") or ""

    def handle_data(self, data):
        for each in self.open:
            each[1] += data
            each[2] = each[2] and (self.bold > 0 or not data.strip())

    def handle_endtag(self, tag):
        if tag in {"b", "strong"}:
            self.bold -= 1
        elif self.open and self.open[-1][0] == tag:
            self.found.append(tuple(self.open.pop()))
