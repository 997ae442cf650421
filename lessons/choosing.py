"""Choosing a file of a lesson in the editor: of the kind that the block needs, and a new one can be uploaded there."""

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.widgets import AdminSnippetChooser

from .file_types import KIND_LABELS
from .forms import LessonFileForm


class FileChooser(AdminSnippetChooser):
    """The widget of a block that needs one kind of file."""

    def __init__(self, model, kind, **kwargs):
        self.kind = kind
        super().__init__(model, **kwargs)

    def get_chooser_modal_url(self):
        return f"{super().get_chooser_modal_url()}?{urlencode({'kind': self.kind})}"


class FileFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Search term"), required=False)

    def filter(self, objects):
        objects = super().filter(objects)
        query = self.cleaned_data.get("q")
        if query:
            self.is_searching, self.search_query = True, query
            objects = objects.filter(title__icontains=query) | objects.filter(name__icontains=query)
        return objects


class _OfKind:
    """The form for a new file knows the kind that the block needs."""

    filter_form_class = FileFilterForm

    def get_creation_form_kwargs(self):
        kind = self.request.GET.get("kind")
        return {**super().get_creation_form_kwargs(), "kind": kind if kind in KIND_LABELS else None}


class FileChooseView(_OfKind, ChooseView):
    pass


class FileChooseResultsView(_OfKind, ChooseResultsView):
    pass


class FileCreateView(_OfKind, SnippetCreateView):
    pass


class LessonFileChooserViewSet(SnippetChooserViewSet):
    choose_view_class = FileChooseView
    choose_results_view_class = FileChooseResultsView
    create_view_class = FileCreateView
    creation_form_class = LessonFileForm
    creation_tab_label = _("Upload")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Uploading…")
    preserve_url_parameters = ["multiple", "kind"]
    url_filter_parameters = ["kind"]
