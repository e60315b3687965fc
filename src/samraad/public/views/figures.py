"""Public pages of figures: the list, a finding, the same at its fixed address, corrections, files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from evidens.errors import BadRequest
from evidens.periods import Span
from samraad import clock
from samraad.accounts.models import Organisation
from samraad.public.queries import figures as queries
from samraad.public.queries import files
from samraad.public.views.frame import Crumbs, front_crumb, later, show


def _crumbs(district: Organisation) -> Crumbs:
    return [front_crumb(district), ("Tal og udvikling", reverse("public:figures", args=[district.slug]))]


@login_not_required
@require_safe
def figures(request: HttpRequest, district: Organisation) -> HttpResponse:
    """The district's series, each with what may be said of it."""
    page = later(queries.figures_page, district, clock.now())
    return show(
        request, district, "public/figures.html", "Tal og udvikling", [front_crumb(district)], page=page
    )


@login_not_required
@require_safe
def finding(
    request: HttpRequest,
    district: Organisation,
    series: str,
    place: str = "",
    span: str = "",
    against: str = "",
) -> HttpResponse:
    """One finding: what may be said, how sure it is, the course, the municipalities, the origin."""
    try:
        page = queries.finding_page(district, series, clock.now(), place, span, against)
    except BadRequest as error:
        return _cannot(request, district, series, error)
    return _finding(request, district, page)


@login_not_required
@require_safe
def fixed_finding(
    request: HttpRequest, district: Organisation, number: int, version: int, series: str, **asked: str
) -> HttpResponse:
    """The same, as one release gave it: for papers and minutes that quote it."""
    try:
        page = queries.fixed_page(district, series, clock.now(), number, version, **asked)
    except BadRequest as error:
        return _cannot(request, district, series, error)
    return _finding(request, district, page)


def _finding(request: HttpRequest, district: Organisation, page: queries.FindingPage | None) -> HttpResponse:
    if page is None:
        return show(request, district, "public/no_figures.html", "Tal og udvikling", _crumbs(district))
    title = page.question.series.title
    return show(request, district, "public/finding.html", title, _crumbs(district), page=page)


def _cannot(request: HttpRequest, district: Organisation, series: str, error: BadRequest) -> HttpResponse:
    """Why a question makes no sense, and the way to one that does."""
    title, crumbs = "Det kan tallene ikke svare på", _crumbs(district)
    return show(request, district, "public/no_finding.html", title, crumbs, reason=str(error), series=series)


@login_not_required
@require_safe
def choose(request: HttpRequest, district: Organisation) -> HttpResponse:
    """From what was chosen in the form to the address of the finding; what is not there is said at once."""
    chosen = request.GET
    place = chosen.get("sted", district.slug)
    queries.place_of(district, place)
    if not (chosen.get("serie") and chosen.get("periode")):
        return redirect("public:figures", district.slug)
    series = queries.series_of(district, chosen["serie"]).slug
    back = chosen.get("mod", "")
    years = 1
    if back.isdecimal() and len(back) < 3:
        years = int(back)
    try:
        span = Span.parse(chosen["periode"], "Q")
        against = span.year_before(years)
    except BadRequest as error:
        return _cannot(request, district, series, error)
    return redirect("public:finding_against", district.slug, series, place, span, against)


@login_not_required
@require_safe
def corrections(request: HttpRequest, district: Organisation) -> HttpResponse:
    """What was revised, corrected or withdrawn, the newest first."""
    rows = later(queries.corrections, district, clock.now())
    return show(request, district, "public/corrections.html", "Rettelser i tal", _crumbs(district), rows=rows)


@login_not_required
@require_safe
def finding_json(request: HttpRequest, district: Organisation, series: str, **asked: str) -> HttpResponse:
    """The answer with its interval, reservations, release and source, for other programs."""
    try:
        page = queries.finding_page(district, series, clock.now(), **asked)
    except BadRequest as error:
        return JsonResponse({"detail": str(error)}, status=400)
    if page is None:
        return JsonResponse({"detail": "Der er ingen offentlige tal endnu."}, status=404)
    return JsonResponse(files.as_record(page, request.build_absolute_uri(page.fixed_address)))


@login_not_required
@require_safe
def finding_csv(request: HttpRequest, district: Organisation, series: str, **asked: str) -> HttpResponse:
    """The figures of the page as a file that a spreadsheet opens."""
    page = _asked_page(district, series, asked)
    return _file(files.as_csv(page), files.CSV, page, "csv")


@login_not_required
@require_safe
def finding_xlsx(request: HttpRequest, district: Organisation, series: str, **asked: str) -> HttpResponse:
    """The municipalities, the years and what must be read beside them, as a workbook."""
    page = _asked_page(district, series, asked)
    return _file(files.as_workbook(page), files.XLSX, page, "xlsx")


def _asked_page(district: Organisation, series: str, asked: dict[str, str]) -> queries.FindingPage:
    """The page that a file is of; not found where there is none."""
    try:
        page = queries.finding_page(district, series, clock.now(), **asked)
    except BadRequest as error:
        raise Http404 from error
    if page is None:
        raise Http404
    return page


def _file(content: bytes, kind: str, page: queries.FindingPage, suffix: str) -> HttpResponse:
    question = page.question
    name = f"{question.series.slug}-{page.place_word}-{question.span}.{suffix}"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response
