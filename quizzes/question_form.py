"""The form of a question: where it belongs and what teaches it are chosen from what there is."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import Locale

from .modules import labelled_modules
from .teaching import teaching_blocks

_SOURCE_ALONE = ("kind", "points", "module", "tags", "teaches")


class QuestionForm(WagtailAdminModelForm):
    """
    The blocks to choose from are those of the module that was saved last; one of any lesson is taken, for the module may be
    changed in the same step. A question of another language has its own words alone.
    """

    teaches = forms.ChoiceField(label=_("Taught by"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "module" in self.fields:
            names = {module.pk: f"{name} · {module.title}" for module, name in labelled_modules()}
            self.fields["module"].choices = [("", _("None")), *names.items()]
        if "teaches" in self.fields:
            self.fields["teaches"].help_text = self._meta.model._meta.get_field("teaches").help_text
            self.fields["teaches"].choices = self._places()
        if self.instance.locale_id not in (None, Locale.get_default().pk):
            for name in _SOURCE_ALONE:
                if name in self.fields:
                    self.fields[name].disabled = True

    def _places(self):
        groups = teaching_blocks(None if self.is_bound else self.instance.module)
        now = self.instance.teaches
        if now and not any(now == place for _lesson, blocks in groups for place, _words in blocks):
            groups.insert(0, (_("Chosen before"), [(now, _("A block of a lesson that is not in this list"))]))
        return [("", _("Nothing yet")), *groups]
