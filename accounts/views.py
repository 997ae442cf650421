"""The login's screens where they say or ask more than allauth's own; each stands in the place of one of them."""

import time

from allauth.account import app_settings
from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ui.logins import login_to_post
from ui.ratelimit import limited

from . import devices
from .services import LinkTooOld, end_sessions, read_token
from .services import stop_address_change as stop


class LoginView(allauth_views.LoginView):
    def form_valid(self, form):
        self.request.session[devices.ASKED_OWN] = form.cleaned_data["remember"]
        return super().form_valid(form)


class RequestLoginCodeView(allauth_views.RequestLoginCodeView):
    def get_initial(self):
        return super().get_initial() | {"email": self.request.GET.get("email", "")}

    def form_valid(self, form):
        self.request.session[devices.ASKED_OWN] = form.cleaned_data["remember"]
        return super().form_valid(form)


SENT_AT = "tiltas_code_sent_at"  # when the newest code was asked for again, in the session
WAIT = 60  # seconds: who presses twice would hold two codes, of which the first is no good


class SaysHowManyCodes:
    """
    Tells how many more codes may be sent, and that a code is too old where allauth leads away without a word; between two codes
    it lets a minute pass.
    """

    most = 0

    def form_valid(self, form):
        if self._action != "resend":
            return super().form_valid(form)
        newest = max(self.request.session.get(SENT_AT, 0), self._process.state["at"])
        if time.time() - newest < WAIT:
            messages.warning(self.request, get_adapter().error_messages["rate_limited"])
            return redirect(self.passthrough_next_url(self.request.path))
        self.request.session[SENT_AT] = time.time()
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"codes_left": max(0, self.most - self._process.state["resend_count"])}

    def lead_back(self, email):
        messages.warning(
            self.request,
            _("This code is too old: it worked for %(minutes)d minutes. Ask for a new one here.")
            % {"minutes": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60},
        )
        if self.request.user.is_authenticated:
            return redirect("account_email")
        query = {"email": email} if email else {}
        if onward := get_next_redirect_url(self.request):
            query["next"] = onward
        return redirect(f"{reverse('account_request_login_code')}?{urlencode(query)}")


def _too_old(began, seconds):
    return began is not None and time.time() - began > seconds


class ConfirmEmailVerificationCodeView(SaysHowManyCodes, allauth_views.ConfirmEmailVerificationCodeView):
    most = app_settings.EMAIL_VERIFICATION_MAX_RESEND_COUNT

    def dispatch(self, request, *args, **kwargs):
        waiting = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or {}
        response = super().dispatch(request, *args, **kwargs)
        if _too_old(waiting.get("at"), app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT):
            return self.lead_back(waiting.get("email"))
        return response


class ConfirmLoginCodeView(SaysHowManyCodes, allauth_views.ConfirmLoginCodeView):
    most = app_settings.LOGIN_BY_CODE_MAX_RESEND_COUNT

    def dispatch(self, request, *args, **kwargs):
        waiting = request.session.get(LOGIN_SESSION_KEY) or {}
        response = super().dispatch(request, *args, **kwargs)
        if _too_old(waiting.get("initiated_at"), app_settings.LOGIN_BY_CODE_TIMEOUT):
            return self.lead_back(waiting.get("email"))
        return response


@login_to_post
def log_out_elsewhere(request):
    """Every other session of this account ends; this one goes on."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are logged out everywhere but here."))
    return redirect(get_next_redirect_url(request) or reverse("account_email"))


@require_http_methods(["GET", "POST"])
@never_cache
@limited("stop-address-change", per_minute=20)
def stop_address_change(request, token):
    """From the mail to the old address: the change is stopped or taken back. Asks first: mail programs open links by themselves."""
    context = {"token": token}
    try:
        if request.method == "POST":
            stop(token=token)
            context["stopped"] = True
        else:
            _user, context["old"], context["new"] = read_token(token)
    except LinkTooOld:
        context["too_old"] = True
    return render(request, "account/stop_address_change.html", context)
