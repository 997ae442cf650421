from django import forms
from django.utils.translation import gettext_lazy as _


class CatalogueForm(forms.Form):
    """What somebody looks for in the catalogue: words, a topic, or both."""

    q = forms.CharField(
        label=_("Search the courses"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        required=False,
        error_messages={"invalid_choice": _("There is no such topic any more. Choose one from the list, or all.")},
    )

    def __init__(self, *args, topics=(), **kwargs):
        """`topics`: (id, words) of every topic there is."""
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("All topics")), *topics]
