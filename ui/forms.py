"""How every Django form of the site is drawn: `FORM_RENDERER = "ui.forms.TiltasFormRenderer"`."""

from django.forms.renderers import DjangoTemplates


class TiltasFormRenderer(DjangoTemplates):
    """Draws `{{ form }}` and `{{ field.as_field_group }}` with our components; widgets stay Django's own."""

    form_template_name = "tiltas_ui/components/form.html"
    formset_template_name = "tiltas_ui/components/formset.html"
    field_template_name = "tiltas_ui/components/field.html"
