"""Deleting in the editor's pages: what is in use is refused with a sentence, never with an error page."""

from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView


class RefusingDeleteView(DeleteView):
    """Says why a record stays. `refusal` is the sentence for its kind."""

    refusal = _("“%(record)s” is in use, so it can't be deleted.")

    def form_valid(self, form):
        # What Wagtail's index of references knows already it would refuse itself, as if a permission were missing.
        if self.usage and self.usage.is_protected:
            return self.refuse()
        try:
            return super().form_valid(form)
        except ProtectedError:
            return self.refuse()

    def refuse(self):
        messages.error(self.request, self.refusal % {"record": self.object})
        return redirect(self.get_success_url())


def refusing(sentence):
    """A delete view with this sentence; `%(record)s` in it is the record's name."""
    return type("RefusingDeleteView", (RefusingDeleteView,), {"refusal": sentence})
