"""Tags of the course's screens."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context, panel):
    """Draw a panel of `courses.panels` with its own context; request and language are the screen's."""
    shown = context.template.engine.get_template(panel.template)
    with context.push(**panel.context):
        return shown.render(context)


@register.simple_tag(takes_context=True)
def course_of_page(context):
    """The course of the screen as `tiltas_ui/components/outline.html` takes it: title and address."""
    page = context.get("course_page")
    return {"title": page.title, "url": page.url} if page else None


@register.simple_tag(takes_context=True)
def said_in(context, place):
    """` lang="…"` for a part of the page that stands in its source's language: a field's name, or a block's id; else nothing."""
    newer = context.get("newer_source")
    return format_html(' lang="{}"', newer.language) if newer and str(place) in newer.places else ""


@register.simple_tag(takes_context=True)
def not_translated(context, place):
    """The sentence above such a part, in the reader's language; else nothing."""
    newer = context.get("newer_source")
    if not newer or str(place) not in newer.places:
        return ""
    return format_html('<p class="small" lang="{}">{}</p>', get_language(), _("Not translated yet."))
