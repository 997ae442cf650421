"""What of a page or question another language lacks: see it, begin to translate, keep what is still right, or waive it."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale, Page

from quizzes.models import Question

from .gate import Refused, languages_behind, publish_source, publish_with_waiver
from .models import Waiver
from .permissions import can_publish_translation, can_submit_translation
from .publishing_doors import address, edit_url, tell
from .translations import NotTranslated, begin, keep_carried, place_of, sync


class WaiverForm(forms.Form):
    """Why, and until when. What makes a good reason and day the service knows."""

    reason = forms.CharField(
        label=gettext_lazy("Why can't the translation be ready now?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    until = forms.DateField(label=gettext_lazy("Until when"), widget=AdminDateInput)


@require_http_methods(["GET", "POST"])
def behind(request, key):
    """The screen of one page or question."""
    instance = _source(key)
    if not can_submit_translation(request.user, instance):
        raise PermissionDenied
    form = WaiverForm()
    if request.method == "POST":
        act = {"translate": _translate, "keep": _keep, "publish": _publish}.get(request.POST.get("do"))
        if act is not None:
            return act(request, instance)
        form = WaiverForm(request.POST)
        answer = _waive(request, instance, form)
        if answer is not None:
            return answer
    return render(request, "tiltas_studio/behind.html", _context(request, instance, form))


def _source(key):
    """The source-language page or question with this key; 404 where there is none."""
    for model in (Page, Question):
        instance = model.objects.filter(translation_key=key, locale=Locale.get_default()).first()
        if instance is not None:
            return instance.specific if model is Page else instance
    raise Http404


def _context(request, instance, form):
    draft = instance.get_latest_revision_as_object()
    waivers = {each.locale_id: each for each in Waiver.objects.open().filter(key=instance.translation_key)}
    languages = [
        {
            "locale": locale,
            "rows": [{"segment": each, "place": place_of(draft, each.path)} for each in segments],
            "twin": instance.get_translation_or_none(locale),
            "waiver": waivers.get(locale.pk),
        }
        for locale, segments in languages_behind(instance).items()
    ]
    for language in languages:
        language["edit_url"] = language["twin"] and edit_url(language["twin"])
    return {
        "instance": instance,
        "title": getattr(draft, "title", str(draft)),
        "edit_url": edit_url(instance),
        "languages": languages,
        "source_locale": instance.locale,
        "may_publish": can_publish_translation(request.user, instance),
        "waits": instance.has_unpublished_changes or not instance.live,
        "form": form,
    }


def _locale(request):
    locale = Locale.objects.filter(pk=request.POST.get("locale") or 0).first()
    if locale is None:
        raise Http404
    return locale


def _translate(request, instance):
    try:
        return redirect(edit_url(begin(instance, _locale(request))))
    except NotTranslated as reason:
        messages.error(request, str(reason))
        return redirect(address(instance))


def _keep(request, instance):
    """“Still right”: the old words stand for the new sentence."""
    sync(instance.get_latest_revision_as_object())
    kept = keep_carried(
        key=instance.translation_key,
        locale=_locale(request),
        path=request.POST.get("path", ""),
        digest=_uuid(request.POST.get("digest")),
    )
    if kept:
        messages.success(request, _("Kept: these words stand for the sentence as it is now."))
    else:
        messages.error(request, _("This sentence has changed again since, or has words already. Look once more."))
    return redirect(address(instance))


def _uuid(text):
    try:
        return forms.UUIDField().clean(text)
    except ValidationError:
        raise Http404 from None


def _publish(request, instance):
    """Nothing is missing any more: out with it."""
    if not can_publish_translation(request.user, instance):
        raise PermissionDenied
    try:
        publish_source(instance=instance, user=request.user, at=timezone.now())
    except Refused as refusal:
        tell(request, refusal)
        return redirect(address(instance))
    messages.success(request, _("Published in all languages: %(title)s.") % {"title": instance})
    return redirect(edit_url(instance))


def _waive(request, instance, form):
    """None where the form has something to say first."""
    if not can_publish_translation(request.user, instance):
        raise PermissionDenied
    if not form.is_valid():
        return None
    try:
        publish_with_waiver(instance=instance, user=request.user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as refusal:
        for name, said in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, said)
        return None
    except Refused as refusal:
        tell(request, refusal)
        return None
    messages.success(
        request,
        _("Published with a waiver: %(title)s. Readers of the other language are told that this text is newer.")
        % {"title": instance},
    )
    return redirect(edit_url(instance))
