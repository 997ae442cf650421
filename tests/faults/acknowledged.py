"""
The log of what was sent and what the site acknowledged, and what the database has to hold against it.

The log is written by those who send, line by line as it happens, and knows nothing of the site's code: scores are counted
here once more, from what was acknowledged and which options are right.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from threading import Lock


class Log:
    """A file that is only ever added to: one JSON line a save that was sent, an acknowledgement, a hand-in."""

    def __init__(self, path):
        self.path, self._lock = Path(path), Lock()
        self.path.touch()

    def sent(self, attempt, number, operation, answer):
        self._add(what="sent", attempt=attempt, number=number, operation=operation, answer=answer)

    def acknowledged(self, attempt, number, operation, *, accepted, sequence, answer):
        """`answer` is the one that counts now, by what the site told, and `sequence` its place."""
        told = {"accepted": accepted, "sequence": sequence, "answer": answer}
        self._add(what="acknowledged", attempt=attempt, number=number, operation=operation, **told)

    def handed_in(self, attempt):
        self._add(what="handed in", attempt=attempt)

    def lines(self):
        return [json.loads(line) for line in self.path.read_text().splitlines()]

    def _add(self, **line):
        with self._lock, self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")


@dataclass
class Figures:
    """What became of everything that was sent; `complaints` has a sentence on each thing that should not be."""

    sent: int = 0
    acknowledged: int = 0
    handed_in: int = 0
    lost: int = 0
    doubled: int = 0
    misgraded: int = 0
    stuck: int = 0
    complaints: list = field(default_factory=list)

    def __str__(self):
        return (
            f"saves sent {self.sent}, acknowledged {self.acknowledged}, lost {self.lost}, doubled {self.doubled}; "
            f"attempts handed in {self.handed_in}, graded otherwise {self.misgraded}, stuck {self.stuck}"
        )

    def complain(self, kind, sentence):
        setattr(self, kind, getattr(self, kind) + 1)
        self.complaints.append(f"{kind}: {sentence}")


def compared(log, attempts):
    """
    Figures of the log against `attempts`: uuid → right (the right options of each question), submitted, score, and rows
    [number, operation, sequence, answer, accepted], as the database has them.
    """
    lines, figures = log.lines(), Figures()
    of_attempt = defaultdict(list)
    for line in lines:
        of_attempt[line["attempt"]].append(line)
    figures.sent = sum(line["what"] == "sent" for line in lines)
    figures.acknowledged = sum(line["what"] == "acknowledged" for line in lines)
    for uuid, own in of_attempt.items():
        _compare(figures, uuid, own, attempts[uuid])
    return figures


def _compare(figures, uuid, lines, attempt):
    rows = {(row["number"], row["operation"]): row for row in attempt["rows"]}
    sequences = Counter(row["sequence"] for row in attempt["rows"])
    for twice in [sequence for sequence, times in sequences.items() if times > 1]:
        figures.complain("doubled", f"{uuid} has the sequence {twice} more than once")
    if len(rows) < len(attempt["rows"]):
        figures.complain("doubled", f"{uuid} has an operation more than once")
    sent = {(line["number"], line["operation"]): line["answer"] for line in lines if line["what"] == "sent"}
    for number, operation in set(rows) - set(sent):
        figures.complain("doubled", f"{uuid} has {operation} of question {number}, which nobody sent")
    for line in lines:
        if line["what"] == "acknowledged":
            _look_for(figures, uuid, line, rows, sent)
    if any(line["what"] == "handed in" for line in lines):
        figures.handed_in += 1
        if not attempt["submitted"]:
            figures.complain("lost", f"the hand-in of {uuid}")
        elif attempt["score"] != _score(lines, attempt):
            figures.complain("misgraded", f"{uuid} has {attempt['score']}, the log says {_score(lines, attempt)}")


def _look_for(figures, uuid, line, rows, sent):
    """Is what this acknowledgement told there: the answer that was sent, and the one that it said counts?"""
    place = (line["number"], line["operation"])
    told = [
        row for (number, _), row in rows.items() if number == line["number"] and row["sequence"] == line["sequence"]
    ]
    if line["sequence"] and not any(row["accepted"] and row["answer"] == line["answer"] for row in told):
        figures.complain("lost", f"{uuid} has no {line['answer']} at sequence {line['sequence']}")
        return
    row = rows.get(place)
    if row is None and line["accepted"] and sent[place] == line["answer"]:
        return  # it said again what counted already: nothing had to be written
    if row is None or row["answer"] != sent[place] or row["accepted"] is not line["accepted"]:
        figures.complain("lost", f"{uuid}, question {place[0]}: {sent[place]} ({place[1]}) is kept as {row}")


def _score(lines, attempt):
    """The score of what was acknowledged last for each question, all of one point, rounded down to four decimals."""
    last = {}
    for line in lines:
        if line["what"] == "acknowledged" and line["sequence"] >= last.get(line["number"], {"sequence": 0})["sequence"]:
            last[line["number"]] = line
    right = sum(
        number in last and sorted(last[number]["answer"]) == wanted
        for number, wanted in enumerate(attempt["right"], start=1)
    )
    share = Fraction(right, len(attempt["right"]))
    return int(share * 10_000) / 10_000
