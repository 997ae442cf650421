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

from .columns import INSTITUTION_COLUMNS, ROW_COLUMNS, TOTAL_COLUMNS
from .coordinating import find_institution
from .exporters import CONTENT_TYPES
from .forms import FiltersForm
from .permissions import can_see_statistics, institutions_to_report_on
from .services import export_statistics
from .statistics import CompletionStatistics, Filters


@require_GET
def statistics(request):
    """The administrator's page: filters, number, table by institution, definitions, export."""
    if not can_see_statistics(request.user):
        raise PermissionDenied
    form = FiltersForm(request.GET)
    if not form.is_valid():  # numbers under filters that were not meant would mislead
        return render(request, "tiltas_reports/statistics.html", {"form": form})
    chosen = CompletionStatistics(form.filters())
    format_name = request.GET.get("format", "")
    if format_name in CONTENT_TYPES:
        return _file(chosen, format_name, request.user)
    totals = chosen.totals()
    return render(
        request,
        "tiltas_reports/statistics.html",
        {
            "form": form,
            "total_columns": TOTAL_COLUMNS,
            "total_values": [column.value(totals) for column in TOTAL_COLUMNS],
            "columns": INSTITUTION_COLUMNS,
            "institution_values": [
                [column.value(each) for column in INSTITUTION_COLUMNS] for each in chosen.by_institution()
            ],
            "formats": CONTENT_TYPES,
            "query": request.GET.urlencode(),
        },
    )


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
    if format_name in CONTENT_TYPES:
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
