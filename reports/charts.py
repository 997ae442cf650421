"""What the charts of the statistics draw: the numbers of the tables below them, cut to what an eye takes in."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.templatetags.tiltas_ui import percent_of

MOST_BARS = 12
MOST_COLUMNS = 12


def institution_bars(institutions):
    """Bars of the institutions with the most completions, most first; the others share the last bar."""
    counted = [(_name(each), each.totals.completed) for each in institutions if each.totals.completed]
    counted.sort(key=lambda bar: -bar[1])  # stable: of equals, the order of the table
    shown, others = counted[:MOST_BARS], counted[MOST_BARS:]
    if others:
        label = ngettext("%(number)s other institution", "%(number)s other institutions", len(others))
        shown.append((label % {"number": len(others)}, sum(value for _label, value in others)))
    largest = max((value for _label, value in shown), default=0)
    return [{"label": label, "value": value, "max": largest} for label, value in shown]


def _name(each):
    return each.institution.name if each.institution else _("Not attributed")


def month_columns(months):
    """
    A column for each of the last twelve months, its height in per cent of the highest. `year` stands under each January, and
    under the first column where no January follows so soon that the two would touch.
    """
    shown = months[-MOST_COLUMNS:]
    soon = any(each.month.month == 1 for each in shown[1:3])
    largest = max((each.completed for each in shown), default=0)
    return [
        {
            "month": each.month,
            "value": each.completed,
            "height": percent_of(each.completed, largest),
            "top": 100 - percent_of(each.completed, largest),
            "year": each.month.year if each.month.month == 1 or (place == 0 and not soon) else "",
        }
        for place, each in enumerate(shown)
    ]
