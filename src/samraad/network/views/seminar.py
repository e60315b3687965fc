"""Pages of seminars and webinars."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.council.views.forum import find_forum
from samraad.look.pages import act, button_of, form_page, page_of, trail
from samraad.network import permissions as may
from samraad.network.actions import seminar as acts
from samraad.network.forms.register import SeminarEditForm, SeminarForm
from samraad.network.models import Seminar


def find_seminar(request: Request, district: Organisation, pk: int) -> Seminar:
    """A seminar of a forum that the person may see."""
    seminar = get_object_or_404(Seminar.objects.select_related("forum__district"), pk=pk)
    find_forum(request, district, seminar.forum_id)
    return seminar


@page_of(find_forum, may.enter_seminar)
def seminar_new(request: Request, forum: Forum) -> HttpResponse:
    """Enter a seminar or webinar."""
    return form_page(request, SeminarForm, acts.hold_seminar, forum=forum, back=forum)


@page_of(find_seminar, may.enter_seminar, of="forum")
def seminar_edit(request: Request, seminar: Seminar) -> HttpResponse:
    """Put a seminar or webinar right."""
    return form_page(
        request,
        SeminarEditForm,
        acts.correct_seminar,
        seminar=seminar,
        of=seminar,
        given={"reach": list(seminar.reach.select_related("municipality"))},
        back=seminar.get_absolute_url(),
        crumbs=trail(seminar.forum),
    )


@button_of(find_seminar)
def seminar_remove(request: Request, seminar: Seminar) -> HttpResponse:
    """Take a seminar or webinar away."""
    return act(
        request,
        acts.remove_seminar,
        seminar=seminar,
        now=clock.now(),
        done="Fjernet. Arrangementet kan sættes på plads fra forummets papirkurv i 30 dage.",
        back=seminar.forum,
    )
