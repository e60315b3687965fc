"""Pages from a file to a draft: upload, review (source left, result right), take over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.look.pages import act, button_of, form_page, page_of
from samraad.plan import permissions as may
from samraad.plan.actions import reading as acts
from samraad.plan.forms.reading import FileForm, ReadingForm
from samraad.plan.models import Reading
from samraad.plan.permissions import visible_readings
from samraad.plan.queries.reading import proposed, review_page
from samraad.plan.views.plan import find_kredsraad


def find_reading(request: Request, district: Organisation, pk: int) -> Reading:
    """One's own parked reading."""
    own = visible_readings(request.user, district).select_related("forum__district", "plan")
    return get_object_or_404(own, pk=pk)


def _plans(forum: Forum) -> str:
    """The list of plans."""
    return reverse("plan:plans", args=[forum.district.slug])


@page_of(find_kredsraad, may.start_plan)
def upload(request: Request, forum: Forum) -> HttpResponse:
    """Choose a file; it is read at once and parked for its reader alone."""
    return form_page(
        request,
        FileForm,
        acts.park,
        forum=forum,
        now=clock.now(),
        prepare=_read,
        crumbs=[("Planer", _plans(forum))],
        template="plan/upload.html",
    )


def _read(asked: dict[str, Any]) -> dict[str, Any]:
    """What is in the uploaded file, in its place."""
    file = asked["upload"]
    return {"file": acts.read_file(file.read(), str(file.name))}


@page_of(find_reading)
def review(request: Request, reading: Reading) -> HttpResponse:
    """The source left, what was found right; all or some sections become a draft."""
    today = clock.today()
    form = ReadingForm(request.POST or None, initial=proposed(reading, today), result=reading.result)
    return form_page(
        request,
        form,
        acts.take_over,
        reading=reading,
        crumbs=reading.above(),
        template="plan/review.html",
        shows={"page": review_page(reading, form, today)},
    )


@button_of(find_reading)
def discard(request: Request, reading: Reading) -> HttpResponse:
    """Throw a reading away."""
    said = "Filen er slettet. Intet af den er gemt."
    return act(request, acts.discard, reading=reading, done=said, back=_plans(reading.forum))
