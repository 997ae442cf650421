"""Quizzes in the editor's pages: how they go, ending one for everybody, and more time for who needs it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models import Activity
from institutions.by_address import AddressForm, GivenToAnAddressView
from learners.services import learner_of

from .going import FEWEST, difficulties, late_answers, quizzes_with_numbers
from .models import Attempt, ExtraTime
from .permissions import may_end_quizzes, may_see_quizzes
from .services import close_attempts, give_extra_time


@require_GET
def quizzes(request):
    """All quizzes with their numbers."""
    if not may_see_quizzes(request.user):
        raise PermissionDenied
    return render(request, "tiltas_quizzes/office/quizzes.html", {"quizzes": quizzes_with_numbers()})


@require_GET
def quiz(request, activity_key):
    """One quiz: its numbers, which questions are hard, what came too late."""
    if not may_see_quizzes(request.user):
        raise PermissionDenied
    activity = get_object_or_404(quizzes_with_numbers(), key=activity_key)
    context = {
        "activity": activity,
        "difficulties": difficulties(activity),
        "late": late_answers(activity),
        "fewest": FEWEST,
        "may_end": may_end_quizzes(request.user) and activity.open,
    }
    return render(request, "tiltas_quizzes/office/quiz.html", context)


@require_http_methods(["GET", "POST"])
def end(request, activity_key):
    """Ask once more, then hand in everybody's open attempts."""
    if not may_end_quizzes(request.user):
        raise PermissionDenied
    activity = get_object_or_404(Activity.objects.select_related("module__course"), key=activity_key, kind="quiz")
    if request.method == "POST":
        ended = close_attempts(activity_id=activity.pk, at=timezone.now())
        messages.success(
            request,
            ngettext("%(number)d attempt was handed in.", "%(number)d attempts were handed in.", ended)
            % {"number": ended},
        )
        return redirect("tiltas_quizzes_going:quiz", activity.key)
    running = Attempt.objects.open().filter(activity=activity).count()
    return render(request, "tiltas_quizzes/office/end.html", {"activity": activity, "running": running})


class NewExtraTimeForm(AddressForm):
    class Meta:
        model = ExtraTime
        fields = ["percent"]

    field_order = ["email"]


class GiveExtraTimeView(GivenToAnAddressView):
    """To who has some already the new percentage is given."""

    def save_instance(self):
        return give_extra_time(learner_id=learner_of(self.form.user).pk, percent=self.form.cleaned_data["percent"])


class ChangeExtraTimeView(EditView):
    def save_instance(self):
        return give_extra_time(learner_id=self.object.learner_id, percent=self.form.cleaned_data["percent"])


class ExtraTimeViewSet(ModelViewSet):
    model = ExtraTime
    icon = "time"
    menu_label = _("Extra time")
    menu_order = 320
    add_to_admin_menu = True
    add_view_class = GiveExtraTimeView
    edit_view_class = ChangeExtraTimeView
    copy_view_enabled = False
    list_display = ["learner", "percent"]
    search_fields = ["learner__surname"]

    def get_form_class(self, for_update=False):
        return forms.modelform_factory(ExtraTime, fields=["percent"]) if for_update else NewExtraTimeForm
