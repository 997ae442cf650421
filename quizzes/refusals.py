"""Why a quiz can't go on as somebody wished, in sentences for who wished it."""

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .rules import Hindrance, hindrance, pause_until


class QuizRefused(Exception):
    """The quiz can't go on so; the message says why and what to do."""


class QuizNotOpen(QuizRefused):
    def __init__(self):
        super().__init__(
            _("This quiz is being mended right now. What you have done is kept; come back a little later.")
        )


class NotOpenYet(QuizRefused):
    def __init__(self, day):
        super().__init__(_("This quiz opens on %(day)s. Come back then.") % {"day": date_format(day, "DATE_FORMAT")})


class QuizClosed(QuizRefused):
    def __init__(self, day):
        super().__init__(
            _("This quiz could be begun until %(day)s. Ask the administrator whether it opens again.")
            % {"day": date_format(day, "DATE_FORMAT")}
        )


class NoTriesLeft(QuizRefused):
    def __init__(self, tries):
        super().__init__(
            ngettext(
                "This quiz allows %(tries)d attempt, and you have used it. Ask the administrator what is possible.",
                "This quiz allows %(tries)d attempts, and you have used them all. Ask the administrator what is possible.",
                tries,
            )
            % {"tries": tries}
        )


class PauseBetweenTries(QuizRefused):
    def __init__(self, until):
        super().__init__(
            _("The next attempt can begin from %(moment)s. Until then, read what the last one showed.")
            % {"moment": date_format(localtime(until), "DATETIME_FORMAT")}
        )


class NotInThisCourse(QuizRefused):
    def __init__(self):
        super().__init__(_("You have withdrawn from this course. Enrol again, and what you did is still there."))


def refusal_to_start(terms, *, handed_in, at):
    """The QuizRefused that says why no attempt may begin `at` this moment on these terms; None where one may."""
    match hindrance(terms, handed_in=handed_in, at=at, today=localdate(at)):
        case Hindrance.NOT_OPEN_YET:
            return NotOpenYet(terms.opens_on)
        case Hindrance.CLOSED:
            return QuizClosed(terms.closes_on)
        case Hindrance.NO_TRIES_LEFT:
            return NoTriesLeft(terms.tries)
        case Hindrance.PAUSE:
            return PauseBetweenTries(pause_until(terms, handed_in=handed_in, at=at))
    return None
