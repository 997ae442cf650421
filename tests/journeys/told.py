"""What browsers were told of the answers that they sent, and what the database has to hold against it."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import parse_qs

from quizzes.models import Attempt, Response

SAVE = re.compile(r"/attempts/([0-9a-f-]+)/(\d+)/save/$")


class Told:
    """
    Every save that was answered with 200, by whatever page of the browsers it listens to. What is sent while a page is left is
    hidden from tests: nobody was told of it either.
    """

    def __init__(self):
        self.saves = []  # (attempt, number, operation, answer)

    def listen(self, context):
        context.on("response", self._hear)

    def _hear(self, response):
        found = SAVE.search(response.url)
        if found and response.status == 200:
            form = parse_qs(response.request.post_data or "")
            self.saves.append((found[1], int(found[2]), form["operation"][0], _plain(form.get("answer", []))))

    def figures(self):
        """(acknowledged, lost, doubled), as the database has it now."""
        rows = _rows()
        lost = sum(not _is_there(save, rows) for save in self.saves)
        return len(self.saves), lost, _doubled(rows)


def _plain(answer):
    """In the way in which the site keeps what is typed."""
    return " ".join("".join(answer).split())


def _rows():
    """(attempt, number, operation, answer, accepted) of every row, in the order of their sequence."""
    places = {}
    for attempt in Attempt.objects.all():
        for number, version in enumerate(attempt.version_ids, start=1):
            places[attempt.pk, version] = (str(attempt.uuid), number)
    return [
        (*places[row.attempt_id, row.version_id], str(row.operation_id), _plain(row.answer), row.accepted)
        for row in Response.objects.order_by("attempt", "sequence")
    ]


def _is_there(save, rows):
    """The answer under its operation, or, where it said again what counted already, under another one."""
    attempt, number, operation, answer = save
    own = [row for row in rows if row[:2] == (attempt, number)]
    kept = next((row for row in own if row[2] == operation), None)
    if kept is not None:
        return kept[3:] == (answer, True)
    return not answer or any(row[3:] == (answer, True) for row in own)


def _doubled(rows):
    """Operations that are there twice, and answers that were accepted twice in a row."""
    operations = Counter(row[:3] for row in rows)
    accepted = {}
    for row in rows:
        if row[4]:
            accepted.setdefault(row[:2], []).append(row[3])
    again = sum(first == second for answers in accepted.values() for first, second in pairwise(answers))
    return again + sum(times - 1 for times in operations.values())
