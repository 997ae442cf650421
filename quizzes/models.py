"""Questions, quizzes and attempts, under the one name that Django and readers look for."""

from .attempts import Attempt, EndedBy, Response
from .bank import BankEntry
from .extra_time import ExtraTime
from .pages import QuizPage
from .questions import Question
from .versions import QuestionText, QuestionVersion

__all__ = [
    "Attempt",
    "BankEntry",
    "EndedBy",
    "ExtraTime",
    "Question",
    "QuestionText",
    "QuestionVersion",
    "QuizPage",
    "Response",
]
