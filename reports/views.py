import io

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from institutions.models import Membership
from institutions.permissions import coordinated_institutions
from ui.sheets import CONTENT_TYPES

from .charts import institution_bars, month_columns
from .columns import INSTITUTION_COLUMNS, ROW_COLUMNS, TOTAL_COLUMNS
from .coordinating import find_institution
from .exporters import EXPORTERS, ControlTotalsDiffer, agreeing_counts
from .forms import FiltersForm
from .permissions import can_see_statistics, institutions_to_report_on
from .services import export_statistics
from .statistics import CompletionStatistics, Filters


@require_GET
def statistics(request):
    """The administrator's page, in the editor's pages: everything."""
    if not can_see_statistics(request.user):
        raise PermissionDenied
    return _statistics(request, "tiltas_reports/statistics.html", scope=None)


@login_required
@require_GET
def institution_statistics(request):
    """The coordinator's page: the same, of the own institutions alone. Who coordinates none is led to where that is said."""
    scope = institutions_to_report_on(request.user, timezone.localdate())
    if not scope.exists():
        return redirect("tiltas_reports:my_institutions")
    return _statistics(request, "tiltas_reports/institution_statistics.html", scope=scope)


def _statistics(request, template, scope):
    """Filters, number, charts, tables, definitions; or the file that holds just these numbers."""
    form = FiltersForm(request.GET, scope=scope)
    if not form.is_valid():  # numbers under filters that were not meant would mislead
        return render(request, template, {"form": form})
    chosen = CompletionStatistics(form.filters(), scope=scope)
    format_name = request.GET.get("format", "")
    if format_name in EXPORTERS:
        return _file(chosen, format_name, request.user)
    try:
        _rows, totals, institutions, months = agreeing_counts(chosen, with_rows=False)
    except ControlTotalsDiffer:
        return render(request, template, {"form": form, "moving": True})
    query = request.GET.copy()
    query.pop("format", None)
    context = {
        "form": form,
        "words": form.words(),
        "totals": totals,
        "institution_columns": INSTITUTION_COLUMNS,
        "institution_values": [[column.value(each) for column in INSTITUTION_COLUMNS] for each in institutions],
        "total_values": [column.value(totals) for column in TOTAL_COLUMNS],
        "institution_bars": institution_bars(institutions),
        "months": months,
        "month_columns": month_columns(months),
        "definitions": TOTAL_COLUMNS,
        "formats": list(EXPORTERS),
        "query": query.urlencode(),
    }
    return render(request, template, context)


@login_required
@require_GET
def my_institutions(request):
    """The coordinator's institutions; another's is never listed. Who coordinates one is led to it."""
    institutions = institutions_to_report_on(request.user, timezone.localdate()).select_related("municipality")
    if len(institutions) == 1:
        return redirect("tiltas_reports:institution", institution_uuid=institutions[0].uuid)
    return render(request, "tiltas_reports/my_institutions.html", {"institutions": institutions})


@login_required
@require_GET
def institution(request, institution_uuid):
    """The coordinator's list: who learns what at the own institution. Another institution is not found."""
    today = timezone.localdate()
    institution = find_institution(institutions_to_report_on(request.user, today), institution_uuid)
    manages = coordinated_institutions(request.user, today).filter(pk=institution.pk).exists()
    chosen = CompletionStatistics(Filters(institution=institution.uuid, language=get_language()))
    format_name = request.GET.get("format", "")
    if format_name in EXPORTERS:
        return _file(chosen, format_name, request.user)
    return render(
        request,
        "tiltas_reports/institution.html",
        {
            "institution": institution,
            "tab": "courses",
            "manages": manages,
            "waiting": Membership.objects.filter(institution=institution).waiting().count() if manages else 0,
            "totals": chosen.totals(),
            "rows": chosen.rows(),
            "definitions": [column for column in ROW_COLUMNS if column.name in {"status", "academic_hours"}],
        },
    )


def _file(chosen, format_name, user):
    now = timezone.now()
    body = io.BytesIO()
    export_statistics(statistics=chosen, format_name=format_name, file=body, user=user, at=now)
    name = f"baigusieji-{timezone.localdate(now).isoformat()}.{format_name}"
    return HttpResponse(
        body.getvalue(),
        content_type=CONTENT_TYPES[format_name],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
