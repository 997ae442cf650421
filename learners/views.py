from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from .forms import NameForm
from .services import learner_of, name_learner


@login_required
@require_http_methods(["GET", "POST"])
def name_yourself(request):
    """The name as on the certificate, asked once; then on to `next`."""
    learner = learner_of(request.user)
    form = NameForm(request.POST or None, instance=learner)
    onward = onward_address(request)
    if request.method == "POST" and form.is_valid():
        name_learner(
            learner_id=learner.pk,
            given_names=form.cleaned_data["given_names"],
            surname=form.cleaned_data["surname"],
            language=get_language(),
        )
        return redirect(onward or resolve_url(settings.LOGIN_REDIRECT_URL))
    return render(request, "tiltas_learners/name.html", {"form": form, "next": onward})


def ask_for_name(onward):
    """A redirect to the question for the name, and from there to this address of our own."""
    return redirect(f"{resolve_url('tiltas_learners:name')}?{urlencode({'next': onward})}")


def onward_address(request):
    """Where to go next, as `next` of the form or address says: a place of this site alone, or nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""
