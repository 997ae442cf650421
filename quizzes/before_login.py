"""
An answer whose form arrived when the login had expired, without scripts: it waits in the visitor's session on the server, and is
saved when its own learner is back. With scripts the browser's queue does that.
"""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.utils.translation import gettext as _

WAITING = "tiltas_answer_before_login"
MOST_CHARACTERS = 8000  # of an answer: a session is no store for what a form can't hold


def keep(request, attempt_uuid, number, *, at):
    """Keep the answer that this visitor sent, with the moment of its arrival, and lead to the login and back to the question."""
    values = request.POST.getlist("answer")
    if sum(map(len, values)) <= MOST_CHARACTERS:
        sent = {name: request.POST.get(name, "") for name in ("operation", "base")}
        place = {"attempt": str(attempt_uuid), "number": number, "at": at.isoformat()}
        request.session[WAITING] = sent | place | {"answer": values}
        messages.info(request, _("Your login had expired. Log in as yourself, and your answer is saved by itself."))
    else:
        messages.warning(
            request, _("Your login had expired, so this answer was not saved. Log in and answer once more.")
        )
    return redirect_to_login(request.path)


def take(request, attempt):
    """What waits for this attempt, once: (number, operation, base, values, moment of arrival), or None."""
    waiting = request.session.get(WAITING)
    if waiting is None or waiting["attempt"] != str(attempt.uuid):
        return None
    del request.session[WAITING]
    return {**waiting, "at": datetime.fromisoformat(waiting["at"])}
