"""Where a sentence stands, as its author knows it: the field's name, and the block's with its number."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from wagtail.fields import StreamField


def place_of(instance, path):
    """Such as “body, block 3: Text” or “title”."""
    name, _dot, rest = path.partition(".")
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    label = str(field.verbose_name)
    if not isinstance(field, StreamField):
        return label
    block_id = rest.partition(".")[0]
    for number, block in enumerate(getattr(instance, name), start=1):
        if str(block.id) == block_id:
            return _("%(field)s, block %(number)d: %(block)s") % {
                "field": label,
                "number": number,
                "block": block.block.label,
            }
    return label
