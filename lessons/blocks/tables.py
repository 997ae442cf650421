"""
A table of words: caption, header row, perhaps a header column, plain cells.

Wagtail's own TableBlock has nothing to translate in the eyes of wagtail-localize, so the English page would show the
Lithuanian table. Here each cell is a sentence for the translator.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

MOST_COLUMNS = 6

_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_SPACES = re.compile(r"[^\S\xa0]+")


def split_row(line):
    r"""The cells of a line such as `| one | two |`, whose outer bars may be missing. `\|` is a bar inside of a cell."""
    cells = _BAR.sub("\\1\n", line.strip()).split("\n")
    if len(cells) > 1 and not cells[0]:  # the line begins with a bar, so the last one is an outer one too
        cells = cells[1:-1] if not cells[-1] and len(cells) > 2 else cells[1:]
    return [_tidy(re.sub(r"\\([\\|])", r"\1", cell)) for cell in cells]


def _tidy(cell):
    return _SPACES.sub(" ", cell).strip()


def join_row(cells):
    """The line of these cells, which `split_row` reads back."""
    written = (re.sub(r"[\\|]", r"\\\g<0>", cell) for cell in cells)
    return f"| {' | '.join(written)} |"


class CellsBlock(blocks.FieldBlock):
    """
    Rows of plain cells, kept as a list of lists. They are typed one row a line with | between the cells, or pasted from a
    spreadsheet or a word processor's table, whose cells arrive with tabs between them.

    All cells share one path of segments, as the paragraphs of a rich text do: a row that is moved or put in between
    keeps its translations, and words that stand in two cells are translated once.
    """

    def __init__(self, required=True, help_text=None, rows=6, **kwargs):
        self.field_options = {"required": required, "help_text": help_text}
        self.rows = rows
        super().__init__(**kwargs)

    class Meta:
        icon = "table"
        default = ()

    @cached_property
    def field(self):
        from wagtail.admin.widgets import AdminAutoHeightTextInput

        return forms.CharField(widget=AdminAutoHeightTextInput(attrs={"rows": self.rows}), **self.field_options)

    def normalize(self, value):
        if isinstance(value, str):
            return self.value_from_form(value)
        return [[str(cell) for cell in row] for row in value or ()]

    def value_from_form(self, value):
        lines = (line for line in re.split(r"\r\n|\r|\n", value or "") if line.strip())
        return [_typed_row(line) for line in lines]

    def value_for_form(self, value):
        return "\n".join(join_row(row) for row in value or ())

    def get_default(self):
        return self.normalize(self.meta.default)

    def to_python(self, value):
        return self.normalize(value)

    def clean(self, value):
        rows = super().clean(value)
        problem = rows and _shape_problem(rows)
        if problem:
            raise ValidationError(problem)
        return rows

    def get_searchable_content(self, value):
        return [cell for row in value for cell in row if cell]

    def get_translatable_segments(self, value):
        # Needs the apps, which are not ready when blocks are made.
        from wagtail_localize.segments import StringSegmentValue

        return [StringSegmentValue("", cell) for row in self.normalize(value) for cell in row if cell]

    def restore_translated_segments(self, value, segments):
        words = iter(sorted(segments, key=lambda segment: segment.order))
        return [[next(words).render_text() if cell else "" for cell in row] for row in value]


def _typed_row(line):
    if "\t" in line:
        return [_tidy(cell) for cell in line.split("\t")]
    return split_row(line)


def _shape_problem(rows):
    """The first thing that makes this no table, as a sentence; None where all is well."""
    width = len(rows[0])
    if len(rows) < 2:
        return gettext("A table has a header row and at least one row below it. Add a line for each row.")
    if not 2 <= width <= MOST_COLUMNS:
        return ngettext(
            "The header row has %(count)d cell. A table has from 2 to %(most)d columns: put | between the cells, or split the table.",
            "The header row has %(count)d cells. A table has from 2 to %(most)d columns: put | between the cells, or split the table.",
            width,
        ) % {"count": width, "most": MOST_COLUMNS}
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            return gettext(
                "Cells in row %(row)d: %(found)d, in the header row: %(wanted)d. Leave a cell empty between two |, and write \\| for a bar inside of a cell."
            ) % {"row": number, "found": len(row), "wanted": width}
    return None


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=200,
        help_text=_("What the table shows, in one line: read aloud before the cells."),
    )
    header_column = blocks.BooleanBlock(
        label=_("The first column has headers"),
        required=False,
        help_text=_("Tick it where the first cell of a row says what the row is about."),
    )
    rows = CellsBlock(
        label=_("Rows"),
        help_text=_(
            "One row a line, | between the cells; the first line holds the headers of columns. A table copied from a spreadsheet or a document can be pasted."
        ),
    )

    class Meta:
        label = _("Table")
        icon = "table"
        template = "tiltas_lessons/blocks/table.html"

    def clean(self, value):
        cleaned = super().clean(value)
        corner = 1 if cleaned["header_column"] else 0
        nameless = (
            next((place for place, cell in enumerate(cleaned["rows"][0], start=1) if not cell and place > corner), None)
            if cleaned["rows"]
            else None
        )
        problem = None
        if nameless:
            problem = gettext("Column %(column)d has no header. Write one into the first row.") % {"column": nameless}
        elif corner and not all(row[0] for row in cleaned["rows"][1:]):
            problem = gettext("A row has no header. Fill the first cell of each row, or untick the header column.")
        if problem:
            raise StructBlockValidationError(block_errors={"rows": ValidationError(problem)})
        return cleaned

    def get_context(self, value, parent_context=None):
        head, *body = value["rows"] or [[]]
        return super().get_context(value, parent_context) | {"head": head, "body": body}
