"""„Mano paskyra“ and what hangs on it. What belongs to logging in is linked where the site names it (`tiltas_account`)."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from learners.services import erase_learner, learner_of
from ui.ratelimit import limited

from .closing import closing_context
from .forms import ClosingForm
from .my_data import data_of
from .packing import pack
from .profile import profile_context


@login_required
@require_GET
@never_cache
def profile(request):
    learner = learner_of(request.user)
    return render(request, "tiltas_home/profile.html", profile_context(learner, request))


@login_required
@require_GET
@never_cache
@limited("my-data", per_minute=5)
def my_data(request):
    """All that the site keeps of whoever asks, as one ZIP."""
    now = timezone.now()
    packed = pack(data_of(learner_of(request.user)), at=now)
    name = f"tiltas-{timezone.localdate(now):%Y-%m-%d}.zip"
    return HttpResponse(
        packed, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "POST"])
@never_cache
@limited("close-account", per_minute=5, methods=("POST",))
def close_account(request):
    """Says what goes and what stays; the right password closes the account for good."""
    learner, now = learner_of(request.user), timezone.now()
    form = ClosingForm(request.POST if request.method == "POST" else None, user=request.user, at=now)
    if request.method == "POST" and form.is_valid():
        erase_learner(learner_id=learner.pk, at=now)
        logout(request)
        messages.success(request, _("Your account is closed. Certificates that were issued can still be checked."))
        return redirect("/")
    context = closing_context() | {"form": form, "learner": learner, "here": reverse("tiltas_home:close_account")}
    return render(request, "tiltas_home/close_account.html", context)
