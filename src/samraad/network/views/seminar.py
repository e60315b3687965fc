"""Pages of seminars and webinars."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.views.forum import find_forum
from samraad.look.pages import old_act, old_form_page, trail
from samraad.network import permissions as may
from samraad.network.actions import seminar as place
from samraad.network.forms import (
    SeminarEditForm,
    SeminarForm,
)
from samraad.network.models import (
    Seminar,
)


def seminar_new(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Enter a seminar or webinar."""
    found = find_forum(request, district, pk)
    may.enter_seminar.check(request.user, found)

    def run(data: dict[str, Any]) -> Any:
        profession, count = data.pop("profession"), data.pop("count")
        reach = [(profession or "deltagere", None, count)] if count else []
        return place.hold_seminar(forum=found, by=request.user, reach=reach, **data)

    return old_form_page(
        request,
        SeminarForm(request.POST or None),
        run,
        title=f"Seminar eller webinar i {found}",
        done="Arrangementet er gemt.",
        back=found.get_absolute_url(),
        crumbs=trail(found),
    )


def find_seminar(request: Request, district: Organisation, pk: int) -> Seminar:
    """A seminar of a forum that the person may see."""
    found = get_object_or_404(Seminar.objects.select_related("forum__district"), pk=pk)
    find_forum(request, district, found.forum_id)
    return found


def seminar_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a seminar or webinar right."""
    found = find_seminar(request, district, pk)
    may.enter_seminar.check(request.user, found.forum)
    initial = {name: getattr(found, name) for name in ("kind", "title", "on", "place", "version")}
    return old_form_page(
        request,
        SeminarEditForm(
            request.POST or None, initial=initial, reach=list(found.reach.select_related("municipality"))
        ),
        lambda data: place.correct_seminar(seminar=found, by=request.user, **data),
        title=f"Ret “{found}”",
        done="Rettelsen er gemt.",
        back=f"{found.forum.get_absolute_url()}#seminar-{found.pk}",
        crumbs=trail(found.forum),
    )


@require_POST
def seminar_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a seminar or webinar away."""
    found = find_seminar(request, district, pk)
    return old_act(
        request,
        lambda: place.remove_seminar(seminar=found, now=clock.now(), by=request.user),
        done="Fjernet. Arrangementet kan sættes på plads fra forummets papirkurv i 30 dage.",
        back=found.forum.get_absolute_url(),
    )
