"""A page or question in all its languages at once: together, or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from .building import NotTranslated, build_as_it_is, publish, publish_built
from .places import place_of
from .segments import behind_segments
from .storing import source_of, sync


class StillBehind(NotTranslated):
    """Sentences without words stand in the way. `behind` are the Behinds of the language that was asked first."""

    def __init__(self, instance, locale, behind):
        said = ngettext(
            "%(language)s: %(count)d sentence has no translation yet: “%(text)s” (%(place)s).",
            "%(language)s: %(count)d sentences have no translation yet, the first is “%(text)s” (%(place)s).",
            len(behind),
        )
        super().__init__(
            said
            % {
                "language": locale.get_display_name(),
                "count": len(behind),
                "text": behind[0].text[:80],
                "place": place_of(instance, behind[0].path),
            }
        )
        self.locale, self.behind = locale, behind


@dataclass(frozen=True)
class LeftBehind:
    """A language that stayed behind under a waiver: paths of what stands in the source's language on its page."""

    gaps: tuple


@transaction.atomic
def publish_pair(instance, *, user=None, waived=frozenset(), log_action=True):
    """
    Publish the source instance's draft and all its translations, together or not at all. Returns locale → what became of it.

    Raises NotTranslated when a sentence has no words in some language that is not among the `waived` (primary keys): of those
    readers go on with their last good words. A draft with a day to go live on is only put on the calendar.
    """
    model = type(instance)
    locked = model.objects.select_for_update(of=("self",)).get(pk=instance.pk)
    draft = locked.get_latest_revision_as_object()
    sync(draft)
    others = list(Locale.objects.exclude(pk=locked.locale_id).order_by("pk"))
    behind = {locale: behind_segments(draft, locale) for locale in others}
    for locale, segments in behind.items():
        if segments and locale.pk not in waived:
            raise StillBehind(draft, locale, segments)
    revision = locked.latest_revision if locked.has_unpublished_changes else draft.save_revision(user=user)
    revision.publish(user=user, log_action=log_action)
    live = model.objects.get(pk=locked.pk)
    if not live.live or (live.go_live_at and live.go_live_at > timezone.now()):
        return {}
    source = sync(live)
    return {
        locale: _leave_behind(live, locale, user) if segments else _follow(source, live, locale, user)
        for locale, segments in behind.items()
    }


def _follow(source, live, locale, user):
    above = live.get_parent() if isinstance(live, Page) else None
    if above is not None and above.live and not above.is_root():
        twin = above.get_translation_or_none(locale)
        if twin is not None and not twin.live:
            raise NotTranslated(
                _("The page above, “%(title)s”, is not translated yet: translate and publish it first.")
                % {"title": above.title}
            )
    return publish(source, live, locale, user=user)


def _leave_behind(live, locale, user):
    """A page that readers of the language have goes on with its last good words; a question keeps those of its version."""
    twin = live.get_translation_or_none(locale)
    if twin is None or not twin.live or not isinstance(live, Page):
        return LeftBehind(())
    built = build_as_it_is(live, locale)
    publish_built(built.instance, user=user)
    return LeftBehind(tuple(dict.fromkeys(built.gaps)))


@transaction.atomic
def publish_translation(translated, *, user=None):
    """
    Publish what the translator has written: built whole, kept as a revision, published; never `save_target`, which shows
    Lithuanian where English is missing. Raises NotTranslated, and the last good text stays up.

    What the source has that nobody published yet goes out with it: the translator saw that draft.
    """
    source = source_of(translated)
    instance = source.get_source_instance()
    if instance.has_unpublished_changes or not instance.live:
        outcome = publish_pair(instance, user=user)
        if not outcome:
            raise NotTranslated(_("The source text waits for its day on the calendar: both go out then."))
        return outcome[translated.locale]
    return _follow(sync(instance), instance, translated.locale, user)
