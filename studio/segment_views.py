"""What the script of the translator's editor asks: to save one sentence, and which terms its sentences hold."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, JsonResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.views.edit_translation import StringTranslationSerializer

from .glossary import find_terms, terms
from .permissions import can_submit_translation
from .words import BadWords, SavedMeanwhile, save_words, words_of


def translation_for(user, translation_id):
    """The Translation that this person may work on; 404 and 403 otherwise."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    try:
        twin = translation.get_target_instance()
    except ObjectDoesNotExist:
        raise Http404 from None
    if not can_submit_translation(user, twin):
        raise PermissionDenied
    return translation


@require_http_methods(["PUT", "DELETE"])
def save_segment(request, translation_id, string_segment_id):
    """
    Save what was written for one sentence, in place of wagtail-localize's own answer: `value`, and `seen`, what stood there
    before. 400 with a sentence where it can't be kept, 409 with what stands there now where somebody else was faster.
    """
    translation = translation_for(request.user, translation_id)
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    segment = get_object_or_404(segments, pk=string_segment_id)
    sent, locale = _sent(request), translation.target_locale
    words = sent.get("value", "") if request.method == "PUT" else ""
    try:
        row = save_words(segment=segment, locale=locale, words=words, seen=sent.get("seen", ""), user=request.user)
    except BadWords as refusal:
        now = words_of(segment, locale)
        return JsonResponse({"message": str(refusal), "stays": now.data if now and not words else ""}, status=400)
    except SavedMeanwhile as conflict:
        return JsonResponse(_told(conflict.row, request.user), status=409)
    return JsonResponse(StringTranslationSerializer(row, context={"translation_source": translation.source}).data)


def _sent(request):
    """The fields of the form in a PUT or DELETE, which Django reads of a POST alone."""
    if request.content_type != "multipart/form-data":
        return {}
    try:
        return MultiPartParser(request.META, request, request.upload_handlers, request.encoding).parse()[0]
    except MultiPartParserError:
        return {}


def _told(row, user):
    """What stands there now, since when and whose, and the way on. Nothing that was typed is lost meanwhile."""
    if row is None:
        said = _(
            "Not saved: the translation that you saw was taken away meanwhile. Yours is kept here; save it once more."
        )
        return {"message": said, "current": ""}
    who = row.last_translated_by
    name = _("you, in another window") if who == user else (who and who.get_full_name()) or _("somebody else")
    said = _(
        "Not saved: other words were saved here meanwhile (%(name)s, %(when)s). They stand below; yours are kept above. "
        "To put yours in their place, press “Edit” and save once more."
    )
    when = date_format(timezone.localtime(row.updated_at), "Y-m-d H:i")
    return {"message": said % {"name": name, "when": when}, "current": row.data}


@require_GET
def segment_terms(request, translation_id):
    """JSON, sentence of the source → its terms: how they stand there, how they are said, and the pattern that finds that."""
    translation = translation_for(request.user, translation_id)
    known = terms() if translation.target_locale.language_code == "en" else ()
    texts = StringSegment.objects.filter(source=translation.source).exclude(context__path="slug")
    found = {text: find_terms(text, known) for text in texts.values_list("string__data", flat=True).distinct()}
    return JsonResponse(
        {
            text: [
                {
                    "words": each.words,
                    "english": each.english,
                    "required": each.is_required,
                    "pattern": each.pattern,
                }
                for each in hits
            ]
            for text, hits in found.items()
            if hits
        }
    )
