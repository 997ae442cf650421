"""
A question as it stands in an attempt, before anything is published: in each language, without its key, or with the feedback.

Nothing is saved by looking, and the order of the options is that of one fixed seed.
"""

import random

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import PreviewableMixin

from courses.previews import PreviewedInLanguages

from .registry import question_type
from .versions import texts_of

_SEED = 1
_WITH_FEEDBACK = "feedback"


class PreviewedAsAsked(PreviewedInLanguages, PreviewableMixin):
    """A question whose preview has two modes for each language: as a learner, and with the feedback for its author."""

    @property
    def preview_modes(self):
        """A mode is the code of a language (empty: the question's own), with „+feedback“ behind it where that is shown."""
        modes = [(code, label) for code, label in super().preview_modes]
        with_feedback = [
            (f"{code}+{_WITH_FEEDBACK}", _("%(mode)s, with the feedback") % {"mode": label}) for code, label in modes
        ]
        return [*modes, *with_feedback]

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        language, sign, _feedback = (preview_mode or "").partition("+")
        if sign:
            extra_request_attrs = {**(extra_request_attrs or {}), "with_feedback": True}
        return super().make_preview_request(original_request, language, extra_request_attrs)

    def serve_preview(self, request, mode_name):
        """In the question's own language, whatever that of the editor's pages is: it has no address to tell it."""
        with override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request, mode_name):
        return "tiltas_quizzes/question_preview.html"

    def get_preview_context(self, request, mode_name):
        with_feedback = getattr(request, "with_feedback", False)
        context = super().get_preview_context(request, mode_name) | {"with_feedback": with_feedback}
        problems = self.problems()
        return context | ({"problems": problems} if problems else {"asked": self._as_asked(with_feedback)})

    def _as_asked(self, with_feedback):
        """What the kind's templates take: as before hand-in, and with `with_feedback` what they take after it too."""
        kind, parts, texts = question_type(self.kind), self.parts(), texts_of(self)
        definition = kind.definition(parts)
        drawn = kind.draw(definition, random.Random(_SEED))  # noqa: S311  an order, not a secret
        shown, offers = kind.shown(drawn=drawn, words=texts["options"], answer=None)
        asked = {"kind": kind, "prompt": self.prompt, "parts": shown, "offers": offers, "remark": ""}
        if with_feedback:
            words = {self.locale.language_code: texts["options"]}
            asked["explanation"] = self.explanation
            asked["parts"] = kind.reviewed(
                drawn=drawn,
                words=texts["options"],
                answer=None,
                definition=definition,
                answer_key=kind.answer_key(parts, words if kind.key_in_texts else None),
            )
        return asked
