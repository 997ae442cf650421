"""All real pages and questions as PO files, out and back: no difference."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, TranslationSource

from studio.po_files import units_of, write_zip
from studio.po_import import apply_import, plan_import

pytestmark = pytest.mark.everything


def test_the_files_of_all_real_pages_and_questions_come_back_without_a_difference(real_content, django_user_model):
    locale = Locale.objects.get(language_code="en")
    sources = list(TranslationSource.objects.all())
    strings = sum(len(units) for units in units_of(sources, locale).values())
    before = list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at"))
    boss = django_user_model.objects.create_superuser("po@tiltas.test", "slaptas-zodis")
    packed = write_zip(sources, locale)

    plan = plan_import(name="viskas.zip", data=packed, user=boss)

    assert len(plan.files) == len(sources) > 40
    assert [(file.name, file.refused, file.changes, file.skipped) for file in plan.files if file.same == 0] == []
    assert (sum(file.same for file in plan.files), plan.changes) == (strings, 0)
    assert apply_import(name="viskas.zip", data=packed, user=boss, agreed=plan.digest)[1] is False
    assert list(StringTranslation.objects.order_by("pk").values_list("pk", "data", "updated_at")) == before
    assert write_zip(sources, locale) == packed


def test_an_empty_site_is_filled_by_them_with_the_same_words(real_content, django_user_model):
    locale = Locale.objects.get(language_code="en")
    sources = list(TranslationSource.objects.all())
    packed, before = write_zip(sources, locale), said_in(locale)
    StringTranslation.objects.all().delete()
    boss = django_user_model.objects.create_superuser("po@tiltas.test", "slaptas-zodis")

    plan = plan_import(name="viskas.zip", data=packed, user=boss)
    _plan, is_done = apply_import(name="viskas.zip", data=packed, user=boss, agreed=plan.digest)

    assert is_done
    assert said_in(locale) == before
    assert write_zip(sources, locale) == packed


def said_in(locale):
    rows = StringTranslation.objects.filter(locale=locale)
    return sorted(rows.values_list("context__object_id", "context__path", "translation_of__data", "data"))
