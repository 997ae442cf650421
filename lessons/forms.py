"""What may be uploaded: pictures, and files of lessons."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.forms import BaseImageForm

from .file_types import CAPTIONS, TYPES, file_problem, most_megabytes, type_of
from .files import LessonFile
from .svg import svg_problem


class PictureForm(BaseImageForm):
    """Wagtail's form of an image, which refuses a drawing that holds more than a drawing (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and PurePath(file.name).suffix.lower() == ".svg":
            file.seek(0)
            problem = svg_problem(file.read())
            file.seek(0)
            if problem:
                raise ValidationError(problem)
        return file


class LessonFileForm(WagtailAdminModelForm):
    """
    A file of a lesson, new or in place of another. `kind` is the one that is wanted, if only one is: the chooser of a block
    names it, and a file that is there already keeps its own, for blocks of that kind show it.
    """

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Of what is said or written in it; none where there are no words. Captions need it."),
    )

    class Meta:
        model = LessonFile
        fields = ["file", "title", "language"]
        widgets = {"file": forms.FileInput}

    def __init__(self, *args, kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = self.instance.kind or kind
        self.fields["language"].choices = [("", _("No words in it")), *settings.WAGTAIL_CONTENT_LANGUAGES]
        if not self.instance.pk:
            self.initial.setdefault("language", settings.LANGUAGE_CODE)
        self.fields["file"].help_text = self._present_file() if self.instance.pk else self._most()

    def _present_file(self):
        return gettext(
            "Now it is “%(name)s” (%(type)s, %(size)s). Another file takes its place in each lesson that shows it."
        ) % {
            "name": self.instance.name,
            "type": self.instance.type_label,
            "size": filesizeformat(self.instance.size),
        }

    def _most(self):
        kinds = [self.kind] if self.kind else list(dict.fromkeys(type_.kind for type_ in TYPES.values()))
        endings = ", ".join(end.upper() for end, type_ in TYPES.items() if type_.kind in kinds)
        return gettext("%(endings)s, at most %(most)d MB.") % {
            "endings": endings,
            "most": max(most_megabytes(kind) for kind in kinds),
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            problem = file_problem(file, self.kind)
            if problem:
                raise ValidationError(problem)
        return file

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        is_captions = self.kind == CAPTIONS or (file and type_of(file.name).kind == CAPTIONS)
        if is_captions and not cleaned.get("language"):
            self.add_error("language", gettext("Choose the language of the captions: players show it in their menu."))
        return cleaned
