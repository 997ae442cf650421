"""
What upper rooms show on the pages of a course: done marks, the next step, the certificate.

An app puts its panels into a file `course_panels.py` and registers them there; each is a function that takes the enrolment
(with its course), its marked outline and the request, and returns a Panel or None. Panels stand in the order of their `order`.
Done marks are a function of the enrolment that returns primary keys of activities.
"""

from dataclasses import dataclass, field

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Panel:
    """A piece of a screen: a template and what it shows."""

    template: str
    context: dict = field(default_factory=dict)


_providers = []
_markers = []


def register_course_panel(provider, *, order=100):
    """Show what `provider(enrolment, outline, request)` returns on the course page and on the last screens of a completed course."""
    _providers.append((order, provider))
    _providers.sort(key=lambda entry: entry[0])


def course_panels(enrolment, outline, request):
    """The panels of this enrolment, in order. `outline` is its outline, marked with what is done: none asks for it again."""
    panels = (provider(enrolment, outline, request) for _order, provider in _providers)
    return [panel for panel in panels if panel is not None]


def register_done_marks(marker):
    """Mark the activities (primary keys) that `marker(enrolment)` returns as done in outlines."""
    _markers.append(marker)


def done_marks(enrolment):
    """Primary keys of the activities to mark as done for this enrolment."""
    return set().union(*(marker(enrolment) for marker in _markers))


def discover():
    autodiscover_modules("course_panels")
