"""What the workshop remembers of the files that pages were loaded from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string


class ContentStamp(models.Model):
    """What a page or question looked like in its files when they were last loaded: it tells an admin's edit from a file's."""

    personal_data = None

    key = models.UUIDField(unique=True, help_text=_("Translation key of the page or question."))
    path = models.CharField(max_length=200, help_text=_("Below the content folder, without language and ending."))
    hashes = models.JSONField(default=dict, help_text=_("Language code and SHA-256 of its canonical file as loaded."))
    anchors = models.JSONField(default=dict, help_text=_("Block id and anchor."))
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("content stamp")
        verbose_name_plural = _("content stamps")

    def __str__(self):
        return self.path


class ContentPicture(models.Model):
    """The image that a picture's file became, and what that file was when it was last loaded."""

    personal_data = None

    path = models.CharField(max_length=200, unique=True, help_text=_("Below the content folder."))
    image = models.OneToOneField(get_image_model_string(), models.CASCADE, related_name="+")
    digest = models.CharField(
        max_length=40, help_text=_("SHA-1 of its file as loaded, which is Wagtail's hash of an image.")
    )

    class Meta:
        verbose_name = _("content picture")
        verbose_name_plural = _("content pictures")

    def __str__(self):
        return self.path


class ContentUpload(models.Model):
    """The lesson's file that a file beside the content files became, and what that was when it was last loaded."""

    personal_data = None

    path = models.CharField(max_length=200, unique=True, help_text=_("Below the content folder."))
    file = models.OneToOneField("tiltas_lessons.LessonFile", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of its file as loaded."))

    class Meta:
        verbose_name = _("content upload")
        verbose_name_plural = _("content uploads")

    def __str__(self):
        return self.path
