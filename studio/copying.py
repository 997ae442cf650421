"""A course for a new year: its pages, records, questions and translations once more, and nothing of any learner."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale

from courses.copying import CodeTaken, copy_pages, copy_records, is_code_taken, pages_to_copy
from courses.models import Course, CoursePage
from quizzes.copying import copy_questions, quizzes_of

from . import translations
from .copied_words import words_of
from .rebinding import Rebinding
from .segments import sync_first


@dataclass(frozen=True)
class CourseCopy:
    """What was copied: the new course's page (a draft), its record, and how many pages and questions it has."""

    page: CoursePage
    course: Course
    pages: int
    questions: int


@transaction.atomic
def copy_course(*, course_key, code, titles, at, user=None):
    """
    Copy what is published of this course; `titles` are the new course's by language code. Pages are drafts in all languages and
    nothing is released; questions are published, so that draws find them. All is made or nothing. Raises CodeTaken.
    """
    original = Course.objects.select_for_update().get(key=course_key)
    if is_code_taken(code):
        raise CodeTaken(code)
    page = CoursePage.objects.get(translation_key=original.key, locale=Locale.get_default())
    pages, _left_out = pages_to_copy(page)
    copied = copy_pages(pages, code=code, title=titles[settings.LANGUAGE_CODE], user=user)
    course = copy_records(copied, titles=titles)
    questions = copy_questions(quizzes_of(pages), code=code, keys=copied.keys)
    for pair in questions.pairs:
        _translate(*pair, at=at)
    rebinding = Rebinding(questions, copied.pks)
    for original_page, copy in copied.pairs:
        _bind(copy, rebinding, user)
        _translate(original_page, copy, titles=titles if original_page.pk == page.pk else None, at=at)
    return CourseCopy(copied.course_page, course, len(copied.pairs), len(questions.pairs))


def _bind(copy, rebinding, user):
    if rebinding.bind(copy):
        copy.save(clean=False)
        copy.save_revision(user=user, clean=False, changed=False)


def _translate(original, copy, *, titles=None, at):
    """
    Bring the words that the original has in each other language to its copy, and build it there: published where original and
    copy are. Where a word is missing, the language's page is a draft to go on with, as a new translation is.
    """
    source = None
    for locale in Locale.objects.exclude(pk=original.locale_id):
        twin = original.get_translation_or_none(locale)
        if twin is None:
            continue
        source = source or sync_first(copy)
        own = _own_words(copy, twin, locale, titles) if titles else {}
        translations.store_words(source, copy, locale, words_of(original, source, locale, own), at=at)
        try:
            with transaction.atomic():
                translations.publish(source, copy, locale, live=copy.live and twin.live)
        except translations.NotTranslated:
            translations.begin(copy, locale)


def _own_words(copy, twin, locale, titles):
    """Segment path → what the copied course's page says there in this language, where that is not the original's."""
    title = titles.get(locale.language_code)
    slug = find_available_slug(twin.get_parent(), f"{twin.slug}-{copy.code.lower()}")
    return {"slug": slug} | ({"title": title} if title else {})
