"""Files of lessons: documents, videos, sound and captions. They lie in the private storage; a view hands them out to readers."""

import hashlib
import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses.models import Activity, Enrolment
from ui.files import private_storage

from .file_types import DOCUMENT, KIND_LABELS, ending, type_of

_LONGEST_NAME = 100


def file_place(file, name):
    """Where the file lies in the storage: its uuid says nothing to whoever looks into the folder."""
    return f"lessons/{file.uuid}.{ending(name)}"


class LessonFileUseQuerySet(models.QuerySet):
    def for_user(self, user):
        """Uses in published lessons that this person may read: those of the own courses, and those open to everyone."""
        own = Enrolment.objects.for_user(user).filter(withdrawn_at__isnull=True)
        readable = Activity.objects.filter(
            Q(module__course__in=own.values("course")) | Q(pk__in=Activity.objects.open_to_everyone().values("pk"))
        )
        return self.filter(page__live=True, page__translation_key__in=readable.values("key"))

    def outside(self, paths):
        """Those whose page is not at or below one of these paths of the page tree."""
        inside = Q()
        for path in paths:
            inside |= Q(page__path__startswith=path)
        return self.exclude(inside) if inside else self


class LessonFileQuerySet(models.QuerySet):
    def for_user(self, user, closed=()):
        """
        The files of lessons that this person may read; no others are ever found. `closed` are the paths of pages that their
        editors have closed to this reader.
        """
        uses = LessonFileUse.objects.for_user(user).outside(closed)
        return self.filter(pk__in=uses.values("file"))


class LessonFile(models.Model):
    """
    A file that lessons may show or offer. Its kind, name, size and digest are read from the file when it is saved.

    Not one of Wagtail's documents: those are a host site's own, and everybody who has their address may fetch them.
    """

    personal_data = None

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("For the authors' list. Left empty: the name of the file.")
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_place)
    language = models.CharField(
        _("language"),
        max_length=15,
        blank=True,
        help_text=_("Of what is said or written in it; none where there are no words. Captions need it."),
    )
    kind = models.CharField(_("kind"), max_length=12, editable=False)
    name = models.CharField(_("name of the file"), max_length=120, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False, help_text=_("In bytes."))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    objects = LessonFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson file")
        verbose_name_plural = _("lesson files")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """A new file brings its own kind, name, size and digest; the one before goes once the change is kept."""
        before = ""
        if self.file and not self.file._committed:
            before = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first() or ""
            self._describe(self.file.file)
        super().save(*args, **kwargs)
        if before and before != self.file.name:
            transaction.on_commit(lambda: self.file.storage.delete(before))

    def _describe(self, opened):
        stem, _dot, end = get_valid_filename(opened.name.rpartition("/")[2]).rpartition(".")
        stem = stem.strip(".") or "file"  # of a name such as "???.pdf" nothing is left
        self.name = f"{stem[:_LONGEST_NAME]}.{end}"
        self.kind = type_of(self.name).kind
        self.title = self.title or stem[:_LONGEST_NAME]
        self.size = opened.size
        digest = hashlib.sha256()
        for piece in opened.chunks():
            digest.update(piece)
        opened.seek(0)
        self.digest = digest.hexdigest()

    @property
    def url(self):
        """Its address in the active language."""
        return reverse("tiltas_lessons:file", args=[self.uuid, self.name])

    @property
    def content_type(self):
        return type_of(self.name).content_type

    @property
    def type_label(self):
        """What it is in words, such as "PDF document"."""
        return type_of(self.name).label

    type_label.fget.short_description = _("type")  # heading of the authors' list

    @property
    def kind_label(self):
        return KIND_LABELS[self.kind]

    @property
    def is_document(self):
        return self.kind == DOCUMENT

    @property
    def language_label(self):
        """The name of its language in the reader's; "" where it has none."""
        return get_language_info(self.language)["name_translated"] if self.language else ""

    @property
    def other_language(self):
        """The name of its language where it is not the reader's: what is in it is worth saying beforehand."""
        return self.language_label if self.language != get_language() else ""

    @property
    def captions_language(self):
        """The language code of captions, and its own name for the menu of the player."""
        code = self.language or settings.LANGUAGE_CODE
        return {"code": code, "name": get_language_info(code)["name_local"].capitalize()}


class LessonFileUse(models.Model):
    """A published lesson shows this file. Written at publishing: who may read the lesson may have the file."""

    personal_data = None

    file = models.ForeignKey(LessonFile, models.PROTECT, related_name="uses")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")

    objects = LessonFileUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a lesson file")
        verbose_name_plural = _("uses of lesson files")
        constraints = [models.UniqueConstraint(fields=["file", "page"], name="one_use_per_file_and_page")]

    def __str__(self):
        return f"{self.page}: {self.file}"
