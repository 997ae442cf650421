"""„Vertimai“: how far the translations are, what is to be done, and the PO files that go out and come back."""

import base64
import binascii

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from .permissions import may_see_translations
from .po_files import MOST_BYTES, name_of, units_of, write_po, write_zip
from .po_import import apply_import, plan_import
from .segment_views import translation_for
from .translation_desk import ELSEWHERE, Filters, desk_rows, overview, with_addresses
from .translation_progress import entries, rows

PAGE_SIZE = 50


@require_GET
def index(request):
    """The desk: each course and language, then what is to be done in them."""
    if not may_see_translations(request.user):
        raise PermissionDenied
    everything = rows()
    filters = Filters(request.GET)
    page = Paginator(desk_rows(everything, filters), PAGE_SIZE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "courses": overview(everything),
        "filters": filters,
        "choices": filters.choices(everything),
        "page": page,
        "rows": with_addresses(page.object_list, request.user),
        "query": query.urlencode(),
    }
    return render(request, "tiltas_studio/translations.html", context)


@require_GET
def download(request, language, course):
    """The PO files of a course in a ZIP: those of its pages and questions that this person may translate."""
    if not may_see_translations(request.user):
        raise PermissionDenied
    locale = get_object_or_404(Locale.objects.exclude(pk=Locale.get_default().pk), language_code=language)
    wanted = [entry.key for entry in entries() if (entry.course or ELSEWHERE) == course]
    begun = Translation.objects.filter(source__object_id__in=wanted, target_locale=locale, enabled=True)
    sources = {source.object_id: source for source in TranslationSource.objects.filter(translations__in=begun)}
    if not sources:
        raise Http404
    packed = write_zip([sources[key] for key in wanted if key in sources], locale)
    return _file(packed, f"{slugify(course)}.{language}.zip", "application/zip")


@require_GET
def download_one(request, translation_id):
    """The PO file of one page or question, at the address where wagtail-localize's editor looks for it."""
    translation = translation_for(request.user, translation_id)
    source, locale = translation.source, translation.target_locale
    text = write_po(source, locale, units_of([source], locale)[source.pk])
    return _file(text.encode(), name_of(source, locale), "text/x-gettext-translation; charset=utf-8")


def _file(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
def upload(request):
    """PO files that come back, of any page: a report of what they would change, and the question whether to do it."""
    if not may_see_translations(request.user):
        raise PermissionDenied
    return _upload(request)


@require_http_methods(["GET", "POST"])
def upload_one(request, translation_id):
    """The same for the file of one page, at the address to which wagtail-localize's editor sends it."""
    return _upload(request, translation_for(request.user, translation_id))


def _upload(request, only=None):
    context = {"only": only, "back": _way_back(only)}
    given = request.FILES.get("file")
    if request.method == "POST" and "agreed" in request.POST:
        name, data = request.POST.get("name", ""), _unpacked(request.POST.get("content", ""))
        plan, is_done = apply_import(name=name, data=data, user=request.user, agreed=request.POST["agreed"], only=only)
        if is_done:
            said = ngettext(
                "%(count)d translation was taken over.", "%(count)d translations were taken over.", plan.changes
            )
            messages.success(request, said % {"count": plan.changes})
            return redirect(context["back"])
        context |= _report(plan, name, data) | {"is_new": True}
    elif request.method == "POST" and given:
        data = given.read(MOST_BYTES + 1)
        context |= _report(plan_import(name=given.name, data=data, user=request.user, only=only), given.name, data)
    elif request.method == "POST":
        context["nothing_chosen"] = True
    return render(request, "tiltas_studio/translations_upload.html", context)


def _report(plan, name, data):
    return {"plan": plan, "name": name, "content": base64.b64encode(data).decode() if plan.changes else ""}


def _unpacked(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _way_back(only):
    return only.get_target_instance_edit_url() if only else reverse("tiltas_translations:index")
