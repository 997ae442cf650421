"""What a published question writes: immutable versions, and texts that are only ever added."""

import hashlib
import json

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from progress.frozen import Frozen

from .registry import question_type


class QuestionVersion(models.Model):
    """
    A question as it was asked and graded: kind, options and answer key, once and for good.

    A change of wording adds a QuestionText; a change of options or key makes the next version.
    """

    personal_data = None

    key = models.UUIDField(db_index=True, help_text=_("The question's translation key."))
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    definition = models.JSONField(help_text=_("Option ids in order, and points."))
    answer_key = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    frozen = Frozen()

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="one_question_version_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="question_versions_count_from_one"),
        ]

    def __str__(self):
        return f"{self.key} / {self.number}"

    @property
    def option_ids(self):
        return [option["id"] for option in self.definition["options"]]

    @property
    def part_ids(self):
        """The ids of all parts that have words: options, and whatever else is shown to choose from."""
        return {*self.option_ids, *(match["id"] for match in self.definition.get("matches", ()))}


class QuestionText(models.Model):
    """The words of a version in one language. The newest row counts; older ones say what earlier readers saw."""

    personal_data = None

    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    texts = models.JSONField(help_text=_("Prompt, explanation, and text and feedback of each option."))
    published_at = models.DateTimeField(default=timezone.now, editable=False)

    frozen = Frozen()

    class Meta:
        verbose_name = _("question text")
        verbose_name_plural = _("question texts")
        indexes = [models.Index(fields=["version", "language", "-id"], name="question_text_newest")]

    def __str__(self):
        return f"{self.version} {self.language}"


WORDS = ("text", "match", "feedback")


def texts_of(question):
    """The words of this question as its texts keep them."""
    return {
        "prompt": question.prompt,
        "explanation": question.explanation,
        "options": {part["id"]: {name: str(part[name]) for name in WORDS if name in part} for part in question.parts()},
    }


@transaction.atomic
def record_question(question):
    """
    Write what this published question says and return its version; None for a translation that came before its source.

    The source-language question writes parts and key; another language adds its words alone, which make the next version
    where the words are the key. Words with a gap write nothing: nobody chooses an answer without words, and readers keep the last
    good ones. Calling it again with nothing changed writes nothing.
    """
    newest = (
        QuestionVersion.objects.select_for_update().filter(key=question.translation_key).order_by("-number").first()
    )
    language, texts = question.locale.language_code, texts_of(question)
    if question.locale_id == Locale.get_default().pk:
        kind, parts = question_type(question.kind), question.parts()
        definition = kind.definition(parts) | {"points": question.points}
        key = kind.answer_key(parts, _words(newest, language, texts) if kind.key_in_texts else None)
        newest = _version_of(newest, question, kind.name, definition, key)
    elif newest is None:
        return None
    elif _lacks_words(texts, newest):
        return newest
    elif question_type(newest.kind).key_in_texts:
        key = question_type(newest.kind).answer_key(newest.definition["options"], _words(newest, language, texts))
        newest = _version_of(newest, question, newest.kind, newest.definition, key)
    _add_text(newest, language, texts)
    return newest


def _lacks_words(texts, version):
    """Has the prompt or a part no words here that has some in the source language?"""
    source = version.texts.filter(language=settings.LANGUAGE_CODE).latest("id").texts
    if not texts["prompt"].strip():
        return True
    return any(
        said and name != "feedback" and not texts["options"].get(part, {}).get(name, "").strip()
        for part, words in source["options"].items()
        for name, said in words.items()
    )


def _words(version, language, texts):
    """The words of the parts by language: the newest ones of the version, and these in this language."""
    older = version.texts.order_by("id") if version else ()
    return {text.language: text.texts["options"] for text in older} | {language: texts["options"]}


def _version_of(newest, question, kind, definition, answer_key):
    digest = hashlib.sha256(json.dumps([kind, definition, answer_key], sort_keys=True).encode()).hexdigest()
    if newest is not None and newest.digest == digest:
        return newest
    version = QuestionVersion.objects.create(
        key=question.translation_key,
        number=newest.number + 1 if newest else 1,
        kind=kind,
        definition=definition,
        answer_key=answer_key,
        digest=digest,
    )
    if newest is not None:
        _carry_texts(newest, version, question.locale.language_code)
    return version


def _carry_texts(old, new, written_language):
    """Give the new version the other languages' last good words, where every one of its options has them."""
    for language in set(old.texts.values_list("language", flat=True)) - {written_language}:
        texts = old.texts.filter(language=language).latest("id").texts
        if new.part_ids <= set(texts["options"]):
            QuestionText.objects.create(version=new, language=language, texts=texts)


def _add_text(version, language, texts):
    newest = version.texts.filter(language=language).order_by("-id").first()
    if newest is None or newest.texts != texts:
        QuestionText.objects.create(version=version, language=language, texts=texts)


def newest_versions(keys):
    """The newest QuestionVersion of each of these keys, in their order; keys without a version are left out. One query."""
    newest = {version.key: version for version in QuestionVersion.objects.filter(key__in=keys).order_by("number")}
    return [newest[key] for key in keys if key in newest]
