"""Questions, quizzes and attempts, under the one name that Django and readers look for."""

from .attempts import Attempt, Response
from .bank import BankEntry
from .pages import QuizPage
from .questions import Question
from .versions import QuestionText, QuestionVersion

__all__ = ["Attempt", "BankEntry", "Question", "QuestionText", "QuestionVersion", "QuizPage", "Response"]
