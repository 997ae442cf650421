"""What this room itself deletes when an account is closed; `erase_learner` does it."""

from django.utils.translation import gettext_lazy as _

from .registry import register_eraser


def nothing_more(*, learner_id, at):
    """The account and the names go in the service itself."""


register_eraser(
    nothing_more,
    gone=(
        _("Your account: the e-mail address, the password, every login."),
        _("Your given names and surname, except where a certificate bears them."),
    ),
)
