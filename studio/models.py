"""What the workshop remembers: of the files that pages were loaded from, of words for changed sentences, of waivers."""

from django.conf import settings
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


class CarriedText(models.Model):
    """
    Words of the other language that a sentence of the source had before it was changed: what a translator sees beside the new one,
    and what readers are shown under a waiver. Apart from the translations, for nobody said that they are right.
    """

    personal_data = None

    key = models.UUIDField(help_text=_("Translation key of the page or question."))
    locale = models.ForeignKey("wagtailcore.Locale", models.CASCADE, related_name="+")
    path = models.TextField(help_text=_("Where the sentence stands, as wagtail-localize names it."))
    digest = models.UUIDField(help_text=_("Hash of the sentence as it is now."))
    was = models.TextField(help_text=_("The sentence that the words translate."))
    words = models.TextField()

    class Meta:
        verbose_name = _("carried text")
        verbose_name_plural = _("carried texts")
        constraints = [
            models.UniqueConstraint(fields=["key", "locale", "path", "digest"], name="one_carried_text_of_a_sentence")
        ]

    def __str__(self):
        return self.words[:60]


class WaiverQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at__isnull=True)

    def valid_on(self, day):
        """Those under which may be published on this day."""
        return self.open().filter(until__gte=day)

    def expired_on(self, day):
        """Those whose day is over while the language is still behind."""
        return self.open().filter(until__lt=day)


class Waiver(models.Model):
    """
    Somebody let a page or question out in its source language while another one is behind: why, and until when it may be so. It
    ends by itself once everything is translated and published.
    """

    personal_data = {
        "purpose": _("To know who let a page out before its translation was ready, and why."),
        "basis": _("Legitimate interest: responsibility for what is taught."),
        "retention": _("As long as the text and its history are kept; without the person once the account is deleted."),
    }

    key = models.UUIDField(db_index=True, help_text=_("Translation key of the page or question."))
    locale = models.ForeignKey(
        "wagtailcore.Locale", models.CASCADE, related_name="+", verbose_name=_("language that is behind")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    reason = models.TextField(_("why"))
    until = models.DateField(_("until"))
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    newer_since = models.DateTimeField(
        null=True, blank=True, help_text=_("When the source language went ahead of what readers of this one see.")
    )
    gaps = models.JSONField(
        default=list, help_text=_("Paths of sentences that stand in the source language on the page of this one.")
    )

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver of a translation")
        verbose_name_plural = _("waivers of translations")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_waiver_of_a_text_and_language",
            )
        ]

    def __str__(self):
        return f"{self.key} {self.locale.language_code} {self.until}"
