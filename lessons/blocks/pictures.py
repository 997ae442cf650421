"""A picture of a lesson: a photograph or a drawing, with words for whoever does not see it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """Shown in `<img>`, an SVG drawing too, so that nothing in it runs. `lessons.svg` says which drawings may be uploaded."""

    image = ImageChooserBlock(
        label=_("Image"), help_text=_("A photograph or a drawing (SVG). No recognisable people without their consent.")
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"),
        required=False,
        help_text=_("Tick it where the picture says nothing that the text does not: screen readers pass over it."),
    )
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=300,
        help_text=_("What the picture says, for whoever does not see it. Needed unless it is decorative."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=200,
        help_text=_("Who made it and by what right it is shown, such as: Ona Petraitė, CC BY 4.0."),
    )

    class Meta:
        label = _("Image")
        icon = "image"
        template = "tiltas_lessons/blocks/image.html"

    def clean(self, value):
        problem = _alt_problem(value)
        try:
            cleaned = super().clean(value)
        except StructBlockValidationError as refusal:
            if problem:
                refusal.block_errors.setdefault("alt", ValidationError(problem))
            raise
        if problem:
            raise StructBlockValidationError(block_errors={"alt": ValidationError(problem)})
        return cleaned


def _alt_problem(value):
    """A picture says what it shows or that it shows nothing, one of the two; None where it does."""
    has_text = bool((value.get("alt") or "").strip())
    if value.get("decorative"):
        return (
            gettext("A decorative picture has no alternative text. Clear the text, or untick “decorative”.")
            if has_text
            else None
        )
    if has_text:
        return None
    return gettext("The alternative text is missing. Write what the picture says, or tick “decorative”.")
