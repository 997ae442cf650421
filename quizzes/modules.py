"""The modules of all courses as trainers choose among them: K1.2 is the second module of the course K1."""

from collections import Counter

from courses.models import Module


def labelled_modules():
    """(module, its short name such as K1.2) of each module, by course and place. One query."""
    counts, found = Counter(), []
    for module in Module.objects.select_related("course").order_by("course__code", "position", "pk"):
        counts[module.course_id] += 1
        found.append((module, f"{module.course.code}.{counts[module.course_id]}"))
    return found


def module_choices():
    """(key, name and title) of each module, for a form's choices. One query."""
    return [(str(module.key), f"{name} · {module.title}") for module, name in labelled_modules()]
