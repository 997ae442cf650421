from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from institutions.forms import JoinForm
from institutions.services import JoinRefused, join_by_code
from learners.services import learner_of
from learners.views import ask_for_name
from ui.ratelimit import limited

from .invitations import forget_invitation, waiting_invitation
from .learning import my_learning_context


@login_required
@require_GET
def my_learning(request):
    """„Mano mokymasis“: the next step first. Who has not given a name yet is asked for it before all else."""
    learner = learner_of(request.user)
    if not learner.is_named:
        belongs = learner.memberships.open().exists()
        return ask_for_name(reverse("tiltas_home:my_learning" if belongs else "tiltas_home:join"))
    context = my_learning_context(learner, request) | {"invitation": waiting_invitation(request)}
    return render(request, "tiltas_home/my_learning.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@limited("join", per_minute=20, methods=("POST",))
def join(request):
    """
    Join an institution by its code, or go on without one. Nothing typed is lost when the code is refused. An invitation that
    waits is answered first, unless the visitor asks for another institution.
    """
    learner = learner_of(request.user)
    invitation = waiting_invitation(request) if request.method == "GET" and "other" not in request.GET else None
    if invitation is not None:
        return redirect("tiltas_home:join_with_code", code=invitation.code)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            membership = join_by_code(learner_id=learner.pk, at=now, on=timezone.localdate(now), **form.cleaned_data)
        except JoinRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            forget_invitation(request)
            messages.success(
                request, _("You have joined: %(institution)s.") % {"institution": membership.institution.name}
            )
            return redirect("tiltas_home:my_learning")
    return render(request, "tiltas_home/join.html", {"form": form})
