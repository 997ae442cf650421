import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import Activity, Enrolment
from courses.outline import course_url
from ui.logins import login_to_post

from . import before_login
from .models import Attempt
from .refusals import QuizRefused
from .registry import InvalidAnswer
from .results import result_context
from .rules import is_over
from .screens import answers_so_far, overview_context, question_context
from .services import NoSuchQuestion, save_response, start_attempt, submit_attempt

MOST_BYTES = 64 * 1024


@login_to_post
def start(request, enrolment_uuid, activity_key):
    enrolment = get_object_or_404(Enrolment.objects.for_user(request.user), uuid=enrolment_uuid)
    activity = get_object_or_404(Activity, key=activity_key, module__course=enrolment.course_id, kind="quiz")
    try:
        attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=activity.pk, at=timezone.now())
    except QuizRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(course_url(enrolment.course, request))
    return redirect("tiltas_quizzes:question", attempt_uuid=attempt.uuid, number=1)


@never_cache
@require_http_methods(["GET", "POST"])
def question(request, attempt_uuid, number):
    """
    One question a screen. A POST is "save and continue" of the plain form. Never from a cache: a form come back to would send
    its operation again, with another answer.
    """
    arrived_at = timezone.now()
    if not request.user.is_authenticated:
        if request.method == "POST":
            return before_login.keep(request, attempt_uuid, number, at=arrived_at)
        return redirect_to_login(request.path)
    attempt = _attempt_of(request, attempt_uuid)
    if request.method == "POST":
        return _save_and_continue(request, attempt, number, _form(request), arrived_at)
    if (waiting := before_login.take(request, attempt)) is not None:
        return _save_and_continue(request, attempt, waiting["number"], waiting, waiting["at"])
    if (ended := _ended(request, attempt, at=arrived_at)) is not None:
        return ended
    context = question_context(attempt, number)
    if context is None:
        raise Http404
    return render(request, "tiltas_quizzes/question.html", context | {"operation_id": uuid.uuid4()})


# What the plain form says of an answer that is kept apart.
APART = {
    "stale": gettext_lazy(
        "A newer answer was saved from another window or device. It is shown here; change it if you wish."
    ),
    "late": gettext_lazy("The time was over when this answer arrived. It is kept, but not counted."),
    "submitted": gettext_lazy("This attempt was already handed in. Start a new attempt to answer again."),
}


def _ended(request, attempt, *, at):
    """The way to the result where this attempt is handed in, or its time is over and it is handed in now; else None."""
    if attempt.submitted_at is None and is_over(attempt.deadline_at, at=at):
        return _hand_in(request, attempt, at=at)
    return redirect("tiltas_quizzes:result", attempt_uuid=attempt.uuid) if attempt.submitted_at else None


def _hand_in(request, attempt, *, at):
    try:
        submit_attempt(attempt_id=attempt.pk, at=at)
    except QuizRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(course_url(attempt.enrolment.course, request))
    return redirect("tiltas_quizzes:result", attempt_uuid=attempt.uuid)


def _save_and_continue(request, attempt, number, sent, arrived_at):
    try:
        saved = _save(request, attempt.uuid, number, sent, arrived_at)
    except InvalidAnswer:
        messages.error(request, _("This answer does not belong to the question. Choose one of the answers shown."))
        return redirect("tiltas_quizzes:question", attempt_uuid=attempt.uuid, number=number)
    if saved.reason:
        messages.warning(request, APART[saved.reason])
    if saved.reason in ("late", "submitted"):
        return _ended(request, _attempt_of(request, attempt.uuid), at=arrived_at)
    if saved.reason:
        return redirect("tiltas_quizzes:question", attempt_uuid=attempt.uuid, number=number)
    if saved.remark:
        messages.warning(request, saved.remark)
        return redirect("tiltas_quizzes:question", attempt_uuid=attempt.uuid, number=number)
    if "back" in request.POST and number > 1:
        return redirect("tiltas_quizzes:question", attempt_uuid=attempt.uuid, number=number - 1)
    if number < len(attempt.questions) and "overview" not in request.POST:
        return redirect("tiltas_quizzes:question", attempt_uuid=attempt.uuid, number=number + 1)
    return redirect("tiltas_quizzes:overview", attempt_uuid=attempt.uuid)


@require_POST
def save(request, attempt_uuid, number):
    """
    Save one answer for the page's script. Answers 200 when it counts, 409 with the answer that counts when it is kept apart
    (`reason` "stale", "late" or "submitted"), 400 for a forged one, 401 after the login has expired, 404 where there is no such
    question; the script says which, and believes a refusal by its `reason` alone: a proxy may have pages of its own.
    """
    arrived_at = timezone.now()
    if not request.user.is_authenticated:
        return JsonResponse({"reason": "login"}, status=401)
    # The header and not the body: the CSRF check may have read the form already. A server cuts a body at its stated length.
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"reason": "too_long"}, status=413)
    try:
        saved = _save(request, attempt_uuid, number, _form(request), arrived_at)
    except InvalidAnswer:
        return JsonResponse({"reason": "invalid"}, status=400)
    except Http404:
        return _not_found(request)
    body = {"sequence": saved.sequence, "answer": saved.values, "saved_at": _clock_time(saved.saved_at)}
    if saved.remark:
        body["remark"] = saved.remark
    if saved.reason:
        return JsonResponse(body | {"reason": saved.reason}, status=409)
    return JsonResponse(body)


def _not_found(request):
    """
    Nothing of this person's is there. A page that another learner left open says whose answer it holds: that one waits for a
    login of its own, and must not be thrown away as one that leads nowhere.
    """
    learner = getattr(request.user, "learner", None)
    if request.POST.get("learner", "") not in {"", str(learner and learner.uuid)}:
        return JsonResponse({"reason": "other"}, status=401)
    return JsonResponse({"reason": "gone"}, status=404)


def answers_wait(request):
    """Do answers of whoever is logged in wait in this browser? By a cookie that the page's script keeps for each learner."""
    learner = getattr(request.user, "learner", None)
    return learner is not None and f"tiltas_answers_wait_{learner.uuid}" in request.COOKIES


@require_GET
@never_cache
def answers(request, attempt_uuid):
    """The answers that count so far, for the script of a page of the same attempt. 401 after the login has expired."""
    if not request.user.is_authenticated:
        return JsonResponse({"reason": "login"}, status=401)
    attempt = _attempt_of(request, attempt_uuid)
    found = [each | {"saved_at": _clock_time(each["saved_at"])} for each in answers_so_far(attempt)]
    return JsonResponse({"submitted": attempt.submitted_at is not None, "answers": found})


def _clock_time(moment):
    return date_format(timezone.localtime(moment), "H:i") if moment else ""


def _attempt_of(request, attempt_uuid):
    attempts = Attempt.objects.for_user(request.user).select_related("enrolment__learner")
    return get_object_or_404(attempts, uuid=attempt_uuid)


def _form(request):
    """The form of one question, as it was sent."""
    return {
        "operation": request.POST.get("operation", ""),
        "base": request.POST.get("base", "0"),
        "answer": request.POST.getlist("answer"),
    }


def _save(request, attempt_uuid, number, sent, arrived_at):
    """Read the form that was sent of one question and save it. Raises InvalidAnswer, Http404."""
    try:
        operation_id = uuid.UUID(sent["operation"])
        base = max(int(sent["base"]), 0)
    except ValueError:
        raise InvalidAnswer from None
    try:
        return save_response(
            attempts=Attempt.objects.for_user(request.user).filter(uuid=attempt_uuid),
            number=number,
            operation_id=operation_id,
            base=base,
            raw=sent["answer"],
            at=arrived_at,
        )
    except (Attempt.DoesNotExist, NoSuchQuestion):
        raise Http404 from None


@login_required
@never_cache
@require_GET
def overview(request, attempt_uuid):
    """What is answered and what is not, before handing in."""
    attempt = _attempt_of(request, attempt_uuid)
    if (ended := _ended(request, attempt, at=timezone.now())) is not None:
        return ended
    return render(request, "tiltas_quizzes/overview.html", overview_context(attempt))


@login_to_post
def submit(request, attempt_uuid):
    return _hand_in(request, _attempt_of(request, attempt_uuid), at=timezone.now())


@login_required
@require_GET
def result(request, attempt_uuid):
    attempt = get_object_or_404(
        Attempt.objects.for_user(request.user).select_related("enrolment__course", "enrolment__learner", "activity"),
        uuid=attempt_uuid,
    )
    if not attempt.submitted_at:
        return redirect("tiltas_quizzes:overview", attempt_uuid=attempt.uuid)
    return render(request, "tiltas_quizzes/result.html", result_context(attempt, request))
