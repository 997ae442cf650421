"""
The gate: a page or question of ours goes out in all languages in one transaction, or under a waiver; or it doesn't go out, and a
sentence says why. Every door of the admin leads through here (`publishing_doors.py`).
"""

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Locale, TranslatableMixin

from courses.models import ActivityPage

from .translations import (
    LeftBehind,
    NotTranslated,
    StillBehind,
    behind_segments,
    publish_pair,
    publish_translation,
    source_of,
)
from .waivers import grant_waiver, note_left_behind, valid_waivers


class Refused(Exception):
    """
    Not published, and nothing is half published; the message says why. `instance` is the source's, `behind` the sentences that are
    missing in `locale`.
    """

    def __init__(self, message, *, instance, locale=None, behind=()):
        super().__init__(message)
        self.instance, self.locale, self.behind = instance, locale, behind


def is_ours(instance):
    """Pages and questions of Tiltas, and activities of plug-ins; a host's own pages go their own way."""
    if not (isinstance(instance, TranslatableMixin) and isinstance(instance, DraftStateMixin)):
        return False
    return isinstance(instance, ActivityPage) or apps.get_app_config(instance._meta.app_label).label.startswith(
        "tiltas_"
    )


def is_source(instance):
    return instance.locale_id == Locale.get_default().pk


def publish_source(*, instance, user, at, log_action=True):
    """
    Publish the newest draft of this source page or question, and its translations with it; those with a valid waiver may stay
    behind. Raises Refused, and then nothing was published.
    """
    with _refusing(instance), transaction.atomic():
        waivers = valid_waivers(key=instance.translation_key, at=at)
        outcome = publish_pair(instance, user=user, waived=frozenset(waivers), log_action=log_action)
        for locale, what in outcome.items():
            if isinstance(what, LeftBehind):
                note_left_behind(waiver=waivers[locale.pk], gaps=what.gaps, at=at)


def publish_with_waiver(*, instance, user, reason, until, at):
    """
    Publish it now, whatever is behind, with a waiver for each language that is. Raises Refused, or ValidationError where reason or
    day are not good; then nothing was published and no waiver is there.
    """
    with transaction.atomic():
        for locale in languages_behind(instance):
            grant_waiver(instance=instance, locale=locale, user=user, reason=reason, until=until, at=at)
        publish_source(instance=instance, user=user, at=at)


def languages_behind(instance):
    """Locale → Behinds of the newest draft, for each language in which sentences have no words."""
    draft = instance.get_latest_revision_as_object()
    found = {}
    for locale in Locale.objects.exclude(pk=instance.locale_id).order_by("pk"):
        behind = behind_segments(draft, locale)
        if behind:
            found[locale] = behind
    return found


def publish_other_language(*, instance, user):
    """
    Publish what translators wrote in this language, and with it what the source has that nobody saw yet. Raises Refused.
    """
    source = source_of(instance)
    if source is None:
        raise not_written(instance)
    with _refusing(_source_row(instance)), transaction.atomic():
        publish_translation(instance, user=user)


def _source_row(instance):
    return instance.get_translation_or_none(Locale.get_default()) or instance


def not_written(instance):
    """The Refused of a text in another language that somebody wrote in its own editor."""
    said = _(
        "%(language)s is built from the Lithuanian text and never written beside it. Translate the Lithuanian one, and publish it from the translator's editor."
    )
    return Refused(said % {"language": instance.locale.get_display_name()}, instance=_source_row(instance))


class _refusing:
    """What stands in the way of publishing comes out as a Refused, in one sentence or a few."""

    def __init__(self, instance):
        self.instance = instance

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if isinstance(error, NotTranslated):
            known = {"locale": error.locale, "behind": error.behind} if isinstance(error, StillBehind) else {}
            raise Refused(str(error), instance=self.instance, **known) from error
        if isinstance(error, ValidationError):
            raise Refused(_sentences(error, self.instance), instance=self.instance) from error


def _sentences(error, source):
    """Field, rule and way out of each finding, with the language where it is another's."""
    instance = getattr(error, "instance", source)
    fields = {
        field.name: str(field.verbose_name) for field in instance._meta.get_fields() if hasattr(field, "verbose_name")
    }
    said = []
    for name, messages in error.message_dict.items() if hasattr(error, "error_dict") else [("", error.messages)]:
        text = " ".join(messages)
        said.append(text if name in ("", NON_FIELD_ERRORS) else f"{fields.get(name, name)}: {text}")
    if instance.locale_id == source.locale_id:
        return " ".join(said)
    return _("%(language)s: %(findings)s Change it in the translator's editor.") % {
        "language": instance.locale.get_display_name(),
        "findings": " ".join(said),
    }
