"""The other language's page or question, built from its source: whole, or as far as there are words."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import MissingRelatedObjectError, MissingTranslationError
from wagtail_localize.strings import StringValue

from lessons.blocks import FileChooserBlock

from ..drafts import build_draft
from ..models import Waiver
from .segments import behind_segments
from .storing import start, sync


class NotTranslated(Exception):
    """A page can't be built or published in another language; the message says which sentence is missing."""


def build(source, locale):
    """The other language's instance with all its words, not saved. It must exist, at least as a draft. Raises NotTranslated."""
    try:
        return source.get_ephemeral_translated_instance(locale, fallback=False)
    except MissingTranslationError as error:
        sentence = StringValue(error.segment.string.data).render_text()
        raise NotTranslated(_("“%(text)s” has no translation yet.") % {"text": sentence[:80]}) from None
    except MissingRelatedObjectError as error:
        related = error.segment.get_source_instance()
        raise NotTranslated(_("“%(title)s” is not translated yet.") % {"title": related}) from None
    except ObjectDoesNotExist as error:
        if isinstance(error, source.specific_content_type.model_class().DoesNotExist):
            raise
        raise NotTranslated(
            _("A picture or file of this language's own was deleted. Choose another, or take it back.")
        ) from None


def publish(source, instance, locale, *, live=True, user=None):
    """Build the other language's page or question from its source, keep it as a revision, publish it if `live`; returns it."""
    start(source, locale)
    copy = None if instance.has_translation(locale) else _copy(instance, locale)
    built = build(source, locale)
    if copy is not None and isinstance(copy, Page):
        _give_slug(copy, built.slug)
    publish_built(built, live=live, user=user)
    if live:  # nothing is behind any more
        now = timezone.now()
        Waiver.objects.open().filter(key=instance.translation_key, locale=locale).update(ended_at=now)
    return built


def begin(instance, locale):
    """Let translators begin with this language of a source page or question, as its newest draft is; returns their draft."""
    start(sync(instance.get_latest_revision_as_object()), locale)
    return instance.get_translation_or_none(locale) or _copy(instance, locale)


def publish_built(built, *, live=True, user=None):
    """Keep what was built as a revision, publish it if `live`; returns it."""
    problem = _file_problem(built)
    if problem:
        raise NotTranslated(problem)
    try:
        revision = built.save_revision(user=user)
        if live:
            revision.publish(user=user)
    except ValidationError as refusal:
        refusal.instance = built
        raise
    return built


def build_as_it_is(instance, locale):
    """
    The Built of this source instance in a language that it was published in: a sentence without words says what the one it
    came from said, and one that came from none stands in the source's language, among the gaps.
    """
    behind = behind_segments(instance, locale)
    return build_draft(
        instance, locale, otherwise={(each.path, each.digest): each.words for each in behind if each.is_stale}
    )


def _file_problem(built):
    """What is wrong with a file that a translator chose: wagtail-localize's editor offers every kind. None where all is well."""
    streams = [field.name for field in built._meta.get_fields() if isinstance(field, StreamField)]
    for child in (child for name in streams for child in getattr(built, name)):
        for name, block in getattr(child.block, "child_blocks", {}).items():
            problem = block.problem(child.value.get(name)) if isinstance(block, FileChooserBlock) else None
            if problem:
                return problem
    return None


def _copy(instance, locale):
    """A draft in the other language: what translations are put into."""
    try:
        copy = instance.copy_for_translation(locale)
    except ParentNotTranslatedError:
        raise NotTranslated(
            _("The page above, “%(title)s”, is not translated yet: translate and publish it first.")
            % {"title": instance.get_parent().title}
        ) from None
    if not isinstance(instance, Page):
        copy.live = False
        copy.save()
    return copy


def _give_slug(page, slug):
    """Its slug for a page that nobody has seen: publishing would leave a redirect from the copy's Lithuanian one."""
    page.slug = slug
    page.set_url_path(page.get_parent())
    Page.objects.filter(pk=page.pk).update(slug=page.slug, url_path=page.url_path)
