"""
An invitation: a join link that somebody opened. It waits in the session through sign-up, mailed code and name until it is
answered; its address goes along as `next` too, so that whoever loses the session has lost nothing.
"""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from institutions.codes import normal_code
from institutions.forms import InvitedForm, JoinForm
from institutions.models import Membership
from institutions.services import JoinRefused, find_join_code
from learners.services import learner_of
from learners.views import ask_for_name
from ui.logins import login_to_post
from ui.ratelimit import limited

WAITING = "tiltas_invitation"  # the code, in the session


def waiting_invitation(request):
    """The join code that this visitor's session keeps, if it still lets people in; without one nothing is asked of the database."""
    code = request.session.get(WAITING)
    if not code:
        return None
    try:
        return find_join_code(code=code, at=timezone.now())
    except JoinRefused:
        forget_invitation(request)
        return None


def forget_invitation(request):
    request.session.pop(WAITING, None)


@require_GET
@never_cache
@limited("invitation", per_minute=60)
def invitation(request, code):
    """What a join link opens: who invites, and the way on. Looking at it makes nobody a member."""
    if (own := _membership_by(request.user, code)) is not None:
        forget_invitation(request)
        messages.info(request, _("You belong there already: %(institution)s.") % {"institution": own.institution.name})
        return redirect("tiltas_home:my_learning")
    try:
        found = find_join_code(code=code, at=timezone.now())
    except JoinRefused as refusal:
        return _refused(request, code, str(refusal))
    request.session[WAITING] = found.code
    if not request.user.is_authenticated:
        return render(request, "tiltas_home/invited.html", {"invitation": found} | _ways_in(request))
    if not learner_of(request.user).is_named:
        return ask_for_name(request.path)
    form = InvitedForm(initial={"code": found.code})
    return render(request, "tiltas_home/invitation.html", {"invitation": found, "form": form})


def _membership_by(user, code):
    """The confirmed membership that this code would give: whoever has it is not asked again, even if the code is used up."""
    own = Membership.objects.for_user(user).open().filter(confirmed_at__isnull=False)
    return own.filter(institution__join_codes__code=normal_code(code)).select_related("institution").first()


def _refused(request, code, sentence):
    """The code lets nobody in: why, and how to go on without it."""
    if not request.user.is_authenticated:
        return render(request, "tiltas_home/invited.html", {"refusal": sentence} | _ways_in(request))
    form = JoinForm({"code": code[:24]})
    form.add_error("code", sentence)
    return render(request, "tiltas_home/join.html", {"form": form})


def _ways_in(request):
    """The login, and what leads from there back here. A site that makes accounts names its sign-up itself (`tiltas_account`)."""
    return {"login_url": resolve_url(settings.LOGIN_URL), "onward": f"?{urlencode({'next': request.path})}"}


@login_to_post
def decline(request):
    """Not now: the invitation is put aside. Its link goes on being good."""
    forget_invitation(request)
    messages.info(request, _("You learn on your own. If you change your mind, open the link of the invitation again."))
    return redirect("tiltas_home:my_learning")
