"""Course care in the editor's pages: retiring a lesson or quiz, and taking that back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Locale, Page

from courses.models import Activity, ActivityPage
from courses.permissions import can_care
from courses.retiring import NothingToRetire, retire, retirement_of, take_back

from .care_views import back_to, course_page_of


@require_http_methods(["GET", "POST"])
def retire_activity(request, activity_key):
    """Says what retiring means for whom, then does it; the same screen takes it back."""
    activity = Activity.objects.filter(key=activity_key).select_related("module__course").first()
    if activity is None:
        return _never_published(request, activity_key)
    page = course_page_of(request, activity.module.course.key)
    if request.method == "POST":
        return _decide(request, page, activity)
    context = {"page": page, "retirement": retirement_of(activity)}
    return render(request, "tiltas_studio/care/retire.html", context)


def _never_published(request, key):
    page = Page.objects.filter(translation_key=key, locale=Locale.get_default()).specific().first()
    if not isinstance(page, ActivityPage):
        raise Http404
    if not can_care(request.user, page):
        raise PermissionDenied
    messages.error(request, str(NothingToRetire()))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _decide(request, page, activity):
    if "take_back" in request.POST:
        take_back(activity_id=activity.pk)
        said = _("“%(title)s” is offered again. The next edition requires it if its page is marked as required.")
    else:
        retire(activity_id=activity.pk, at=timezone.now())
        said = _(
            "“%(title)s” is retired. Who has to complete it keeps it; editions released from now on do without it."
        )
    messages.success(request, said % {"title": activity.title})
    return back_to(page)
