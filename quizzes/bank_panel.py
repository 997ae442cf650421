"""What the editor of a question tells about it: where it is used, and what each version changed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale

from .uses import open_attempts_asking, uses_of
from .versions import QuestionText, QuestionVersion


class UsedPanel(Panel):
    """Nothing to edit. A question that is not saved yet has nothing to tell."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "tiltas_quizzes/used_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            source = _source(self.instance)
            return super().get_context_data(parent_context) | {
                "uses": uses_of([source])[source.pk] if source else None,
                "open_attempts": open_attempts_asking(self.instance.translation_key),
                "changes": changes_of(self.instance.translation_key),
            }


def _source(question):
    """The source-language question as it is published: what draws and tests know."""
    rows = type(question).objects.select_related("module")
    return rows.filter(translation_key=question.translation_key, locale=Locale.get_default()).first()


@dataclass(frozen=True)
class Change:
    """A version, or new words of it, as it was published."""

    number: int
    at: datetime
    what: str


def changes_of(key):
    """What was published of the question of this key, the newest first. Two queries."""
    found, number_of = [], {}
    for version in QuestionVersion.objects.filter(key=key).order_by("number"):
        number_of[version.pk] = version.number
        what = _("first version") if version.number == 1 else _("what is right, or what there is to choose from")
        found.append((version.created_at, 0, Change(version.number, version.created_at, what)))
    seen, languages, names = set(), set(), get_content_languages()
    for text in QuestionText.objects.filter(version__in=number_of).order_by("id"):
        # The first words of a version came with it; those of another language, and each rewording, came later.
        is_new_language = languages and text.language not in languages
        if (text.version_id, text.language) in seen or is_new_language:
            what = _("the words (%(language)s)") % {"language": names.get(text.language, text.language)}
            found.append((text.published_at, 1, Change(number_of[text.version_id], text.published_at, what)))
        seen.add((text.version_id, text.language))
        languages.add(text.language)
    return [change for _at, _kind, change in sorted(found, key=lambda each: each[:2], reverse=True)]
