from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .forms import LanguageForm, NameForm
from .registry import why_name_stays
from .services import NameStays, choose_language, learner_of, name_learner


@login_required
@require_http_methods(["GET", "POST"])
def name_yourself(request):
    """The name as on the certificate, asked once and changed until a certificate bears it; then on to `next`."""
    learner = learner_of(request.user)
    is_new = not learner.is_named
    form = NameForm(request.POST or None, instance=learner)
    if request.method == "POST" and form.is_valid():
        try:
            name_learner(
                learner_id=learner.pk,
                given_names=form.cleaned_data["given_names"],
                surname=form.cleaned_data["surname"],
                language=get_language() if is_new else None,
            )
        except NameStays as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(onward_address(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {
        "form": form,
        "next": onward_address(request),
        "is_new": is_new,
        "stays": "" if request.method == "POST" else why_name_stays(learner),
    }
    return render(request, "tiltas_learners/name.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def language_of_mails(request):
    """In which language mails come; then on to `next`."""
    learner = learner_of(request.user)
    form = LanguageForm(request.POST or None, initial={"language": learner.language})
    if request.method == "POST" and form.is_valid():
        choose_language(learner_id=learner.pk, language=form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect(onward_address(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    return render(request, "tiltas_learners/language.html", {"form": form, "next": onward_address(request)})


def ask_for_name(onward):
    """A redirect to the question for the name, and from there to this address of our own."""
    return redirect(f"{resolve_url('tiltas_learners:name')}?{urlencode({'next': onward})}")


def onward_address(request):
    """Where to go next, as `next` of the form or address says: a place of this site alone, or nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""
