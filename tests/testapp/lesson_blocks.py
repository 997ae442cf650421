"""The plug-in's block, found by its file's name."""

from wagtail import blocks


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Quotation")
    who = blocks.CharBlock(label="Who said it", required=False)

    class Meta:
        template = "testapp/quotation.html"


LESSON_BLOCKS = [("testapp_quotation", QuotationBlock())]
