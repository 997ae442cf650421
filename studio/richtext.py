"""
Rich text as blocks: what Markdown and Wagtail's HTML both mean.

Two texts are the same when their blocks are equal. `data-block-key`, the order of attributes and empty tags are not kept.
"""

from dataclasses import dataclass, field, replace
from html import escape

from bs4 import BeautifulSoup, NavigableString
from bs4.element import PreformattedString
from bs4.exceptions import ParserRejectedMarkup

from .runs import BREAK, LINK_TYPES, Run, link_attributes, nest, tidy_runs

_MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_BLOCK_TAGS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "form",
            "header",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "main", "nav", "p", "pre", "section"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    ]
)


@dataclass
class Item:
    runs: list
    lists: list = field(default_factory=list)


@dataclass
class Paragraph:
    runs: list


@dataclass
class List:
    ordered: bool
    items: list


def map_links(blocks, change):
    """The blocks with each link's attributes replaced by what `change` makes of them."""
    for block in blocks:
        holders = [block] if isinstance(block, Paragraph) else block.items
        for holder in holders:
            holder.runs = [replace(run, link=change(run.link)) if run.link else run for run in holder.runs]
            map_links(getattr(holder, "lists", []), change)
    return blocks


def tidy_blocks(blocks):
    """Blocks as they are kept: nothing empty, no two lists of a kind side by side."""
    kept = []
    for block in blocks:
        if isinstance(block, Paragraph):
            block = Paragraph(tidy_runs(block.runs))
            if block.runs:
                kept.append(block)
            continue
        block = List(block.ordered, _tidy_items(block.items))
        if not block.items:
            continue
        if kept and isinstance(kept[-1], List) and kept[-1].ordered == block.ordered:
            kept[-1] = List(block.ordered, kept[-1].items + block.items)
        else:
            kept.append(block)
    return kept


def _tidy_items(items):
    kept = []
    for item in items:
        runs, lists = tidy_runs(item.runs), tidy_blocks(item.lists)
        if runs:
            kept.append(Item(runs, lists))
        elif lists and kept:  # deeper points without a point of their own belong to the one before
            kept[-1] = Item(kept[-1].runs, tidy_blocks(kept[-1].lists + lists))
        else:
            kept += [deeper for each in lists for deeper in each.items]
    return kept


def to_html(blocks):
    """The HTML of these blocks, as Wagtail keeps rich text."""
    return "".join(_block_html(block) for block in blocks)


def _block_html(block):
    if isinstance(block, Paragraph):
        return f"<p>{_tree_html(nest(block.runs))}</p>"
    tag = "ol" if block.ordered else "ul"
    items = (f"<li>{_tree_html(nest(item.runs))}{to_html(item.lists)}</li>" for item in block.items)
    return f"<{tag}>{''.join(items)}</{tag}>"


def _tree_html(tree):
    return "".join(_node_html(node) for node in tree)


def _node_html(node):
    if isinstance(node, str):
        return "<br/>" if node == BREAK else escape(node, quote=False)
    mark, attributes, children = node
    tag = {"link": "a", "bold": "b", "italic": "i"}[mark]
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{tag}{written}>{_tree_html(children)}</{tag}>"


def from_html(html):
    """The blocks of this HTML. Words of a tag that rich text does not know stay; the tag goes."""
    reader = _Reader()
    reader.walk(_soup(html or ""), Run(""))
    reader.flush()
    return tidy_blocks(reader.blocks)


def _soup(html):
    try:
        return BeautifulSoup(f"<div>{html}</div>", "html.parser")
    except ParserRejectedMarkup:  # a declaration that never ends, such as "<![": words, then
        return BeautifulSoup(f"<div>{html.replace('<!', '&lt;!')}</div>", "html.parser")


class _Reader:
    """Walks HTML; text outside of paragraphs makes paragraphs."""

    def __init__(self):
        self.blocks, self.runs = [], []

    def flush(self):
        if self.runs:
            self.blocks.append(Paragraph(self.runs))
            self.runs = []

    def walk(self, element, marks):
        for child in element.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):
                    self.runs.append(replace(marks, text=str(child).replace(BREAK, " ")))
            elif child.name in ("ul", "ol"):
                self.flush()
                self.blocks.append(self.read_list(child))
            elif child.name == "li" or child.name in _BLOCK_TAGS:
                self.flush()
                self.walk(child, marks)
                self.flush()
            elif child.name == "br":
                self.runs.append(replace(marks, text=BREAK))
                self.walk(child, marks)
            else:
                self.walk(child, _with(marks, child))

    def read_list(self, element):
        items = []
        for child in element.children:
            if isinstance(child, NavigableString):
                if str(child).strip() and not isinstance(child, PreformattedString):
                    items.append(Item([Run(str(child).replace(BREAK, " "))]))
            elif child.name == "li":
                items.append(_item(child))
            else:
                items.append(_item(_wrapped(child)))
        return List(element.name == "ol", items)


def _item(element):
    """An item: its words in one piece, whatever stood between them, then the lists inside it."""
    reader = _Reader()
    reader.walk(element, Run(""))
    reader.flush()
    runs, lists = [], []
    for block in reader.blocks:
        if isinstance(block, List):
            lists.append(block)
        else:
            runs += [Run(BREAK), *block.runs] if tidy_runs(runs) else block.runs
    return Item(runs, lists)


def _wrapped(element):
    """A stray element of a list, walked as what an item holds."""

    class Holder:
        children = (element,)

    return Holder


def _with(marks, element):
    if element.name in _MARKS:
        return replace(marks, **{_MARKS[element.name]: True})
    if element.name == "a":
        kind, address = str(element.attrs.get("linktype", "")), str(element.attrs.get("href", ""))
        if kind in LINK_TYPES:
            address = f"{kind}:{element.attrs.get('id', '')}"
        return replace(marks, link=link_attributes(address)) if address and (kind in LINK_TYPES or not kind) else marks
    return marks
