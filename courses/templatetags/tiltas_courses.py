"""Tags of the course's screens."""

from django import template

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
