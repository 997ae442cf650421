"""Where django-allauth asks the site."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ui.addresses import front_page, in_language
from ui.conf import absolute
from ui.mail import as_html

from .services import token_to_stop


class AccountAdapter(DefaultAccountAdapter):
    """Addresses are kept in lower case, whoever writes them; mails come in the person's language, as text and as HTML."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, or let us send you a code by e-mail."
        ),
        "incorrect_code": _(
            "This is not the code of the newest e-mail. Check each letter and digit. After three wrong codes begin again."
        ),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes and try again, or choose a new password in the meantime."
        ),
        "rate_limited": _("A code was sent just now. Wait a minute, look in the spam folder, then ask again."),
    }

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.strip().lower()
        if commit:
            user.save()
        return user

    def get_email_verification_redirect_url(self, email_address):
        """A changed address is shown where it was changed."""
        if self.request.user.is_authenticated:
            return reverse("account_email")
        return super().get_email_verification_redirect_url(email_address)

    def post_login(self, request, user, *, redirect_url, **more):
        """On to where one wanted, in the language of now: it may have been switched while a code was on its way."""
        onward = redirect_url and in_language(redirect_url, get_language())
        return super().post_login(request, user, redirect_url=onward, **more)

    def get_logout_redirect_url(self, request):
        """The front page of the language that one leaves in, not of the browser's."""
        address = super().get_logout_redirect_url(request)
        return front_page(get_language()) if address == "/" else address

    def send_mail(self, template_prefix, email, context):
        """In the language of whom it goes to; links by the site's own public address, never by the request's."""
        language = _language_of(context.get("user"), email)
        links = {name: _own(url, language) for name, url in context.items() if name.endswith("_url")}
        with translation.override(language):
            super().send_mail(template_prefix, email, context | links | {"site_url": absolute(f"/{language}/")})

    def render_mail(self, template_prefix, email, context, headers=None):
        message = super().render_mail(template_prefix, email, context, headers)
        message.attach_alternative(as_html(message.body, subject=message.subject), "text/html")
        return message

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        super().send_confirmation_mail(request, emailconfirmation, signup)
        new, user = emailconfirmation.email_address.email, emailconfirmation.email_address.user
        asked_first = not emailconfirmation.state["resend_count"]
        if request.user == user and new != user.email and asked_first:
            context = {"user": user, "new_email": new, "stop_url": _stop_url(user, user.email, new)}
            self.send_mail("account/email/address_change_asked", user.email, context)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        context = {"user": user} | (context or {})
        if "from_email" in context:
            context["stop_url"] = _stop_url(user, context["from_email"], context["to_email"])
        super().send_notification_mail(template_prefix, user, context, email)


def _stop_url(user, old, new):
    return reverse("tiltas_accounts:stop_address_change", args=[token_to_stop(user=user, old=old, new=new)])


def _language_of(user, email):
    """The learner's own choice, where these accounts serve learners; for a stranger the language of the page they are on."""
    user = user or get_user_model().objects.filter(email=email.lower()).first()
    learner = getattr(user, "learner", None)
    return learner.language if learner else get_language()


def _own(url, language):
    parts = urlsplit(url)
    return absolute(in_language(parts.path + (f"?{parts.query}" if parts.query else ""), language))
