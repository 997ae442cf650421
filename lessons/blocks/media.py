"""Files in a lesson: a document to save, a video with captions, sound; what is said in them stands beneath, for everybody."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from ..file_types import AUDIO, CAPTIONS, DOCUMENT, KIND_LABELS, VIDEO
from .texts import TextBlock


class FileChooserBlock(SnippetChooserBlock):
    """A file of a lesson, of one kind. Another language may have a file of its own in its place."""

    def __init__(self, kind, **kwargs):
        self.kind = kind
        super().__init__("tiltas_lessons.LessonFile", **kwargs)

    @cached_property
    def widget(self):
        from ..choosing import FileChooser  # needs the apps, which are not ready when blocks are made

        return FileChooser(self.target_model, self.kind, icon=self.meta.icon)

    def clean(self, value):
        file = super().clean(value)
        problem = self.problem(file)
        if problem:
            raise ValidationError(problem)
        return file

    def problem(self, file):
        """Why this file may not stand here, as a sentence; None where it may."""
        if file is None or file.kind == self.kind:
            return None
        return gettext("“%(file)s” is: %(found)s. What is needed here is: %(wanted)s. Choose another file.") % {
            "file": file,
            "found": file.kind_label,
            "wanted": KIND_LABELS[self.kind],
        }

    class Meta:
        icon = "doc-full"


class DocumentBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = FileChooserBlock(DOCUMENT, label=_("File"))
    purpose = blocks.CharBlock(
        label=_("What it is for"),
        max_length=300,
        help_text=_(
            "When a reader opens it and what to do with it, such as: print it and fill it in with a colleague."
        ),
    )

    class Meta:
        label = _("Document")
        icon = "doc-full"
        template = "tiltas_lessons/blocks/document.html"
        help_text = _("A sheet to print or fill in. What everybody has to read stands in the lesson itself.")


class _SpokenBlock(blocks.StructBlock):
    """What video and sound share: nothing is loaded or played before the reader asks for it."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)


def _transcript():
    return TextBlock(
        label=_("Transcript"),
        help_text=_(
            "All that is said and what is seen of importance, in order. It is read by whoever can't or won't play the file, and by search engines."
        ),
    )


class VideoBlock(_SpokenBlock):
    file = FileChooserBlock(VIDEO, label=_("File"), icon="media")
    captions = FileChooserBlock(
        CAPTIONS,
        label=_("Captions"),
        help_text=_("A WebVTT file in the language of the page: what is said, and sounds that matter."),
    )
    poster = ImageChooserBlock(
        label=_("Picture before it starts"), required=False, help_text=_("A still from the video, 16:9.")
    )
    transcript = _transcript()

    class Meta:
        label = _("Video")
        icon = "media"
        template = "tiltas_lessons/blocks/video.html"
        help_text = _("Short ones are watched to the end: three to six minutes. Nothing plays by itself.")


class AudioBlock(_SpokenBlock):
    file = FileChooserBlock(AUDIO, label=_("File"), icon="media")
    transcript = _transcript()

    class Meta:
        label = _("Sound recording")
        icon = "media"
        template = "tiltas_lessons/blocks/audio.html"
