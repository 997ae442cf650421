"""What a certificate means for the person's name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.registry import register_kept_name, register_name_guard
from ui.conf import contact

from .models import Certificate


def name_on_a_certificate(learner):
    """A name that a valid certificate bears is not changed beside it: it is corrected together with the certificate."""
    certificate = Certificate.objects.valid().filter(enrolment__learner=learner).first()
    if certificate is None:
        return ""
    return _(
        "This name stands on certificate No. %(number)s, so it can't be changed here. If there is a mistake in it, write to "
        "%(contact)s: the certificate will be revoked, and a new one issued with the right name."
    ) % {"number": certificate.full_number, "contact": contact() or _("the project office")}


register_name_guard(name_on_a_certificate)
register_kept_name(
    Certificate,
    reason=gettext_lazy(
        "Issued certificates: the register has to show who was certified, and employers go on checking them."
    ),
)
