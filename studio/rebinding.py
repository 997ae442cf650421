"""What a page's texts point at, led to copies: internal links, chosen pages and questions, draws from the bank."""

import re
from dataclasses import dataclass, field

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from quizzes.blocks import DrawBlock
from quizzes.copying import QuestionCopies
from quizzes.models import Question

_LINK = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")
_ID = re.compile(r"(\bid=\")(\d+)(\")")


@dataclass
class Rebinding:
    """Primary key of each original → that of its copy."""

    questions: QuestionCopies
    pages: dict[int, int] = field(default_factory=dict)

    def bind(self, page):
        """Lead what this page points at to the copies; tells whether anything changed. Nothing is saved."""
        changed = False
        for each in page._meta.get_fields():
            if isinstance(each, StreamField):
                raw = list(getattr(page, each.name).raw_data)
                bound = self._stream(each.stream_block, raw)
                if bound != raw:
                    setattr(page, each.name, each.stream_block.to_python(bound))
                    changed = True
            elif isinstance(each, RichTextField):
                bound = self._text(getattr(page, each.name))
                changed = changed or bound != getattr(page, each.name)
                setattr(page, each.name, bound)
        return changed

    def _stream(self, block, raw):
        return [
            child | {"value": self._value(block.child_blocks[child["type"]], child["value"])}
            if child["type"] in block.child_blocks
            else child
            for child in map(dict, raw)
        ]

    def _value(self, block, value):
        if value is None:
            return value
        if isinstance(block, DrawBlock):
            return self.questions.draw(dict(value))
        if isinstance(block, blocks.StreamBlock):
            return self._stream(block, value)
        if isinstance(block, blocks.ListBlock):
            return [self._item(block.child_block, item) for item in value]
        if isinstance(block, blocks.StructBlock):
            inside = block.child_blocks
            return {name: self._value(inside[name], each) if name in inside else each for name, each in value.items()}
        if isinstance(block, ChooserBlock):
            return self._chosen(block, value)
        return self._text(value) if isinstance(block, blocks.RichTextBlock) else value

    def _item(self, block, item):
        """An item of a list: with its id as Wagtail keeps it now, or the bare value of older pages."""
        if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
            return item | {"value": self._value(block, item["value"])}
        return self._value(block, item)

    def _chosen(self, block, pk):
        if issubclass(block.model_class, Page):
            return self.pages.get(pk, pk)
        return self.questions.pks.get(pk, pk) if issubclass(block.model_class, Question) else pk

    def _text(self, html):
        return _LINK.sub(lambda link: _ID.sub(self._number, link[0]), html) if isinstance(html, str) else html

    def _number(self, found):
        return f"{found[1]}{self.pages.get(int(found[2]), found[2])}{found[3]}"
