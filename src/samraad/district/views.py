"""Pages of acts in several rooms."""

from datetime import date
from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Membership, Organisation, User
from samraad.council.models import Forum
from samraad.council.views.forum import find_forum
from samraad.district import permissions as may
from samraad.district.actions import NewHolder, change_seats
from samraad.district.forms import SeatChangeForm
from samraad.look.pages import form_page, page_of, trail


@page_of(find_forum, may.change_all_seats)
def seats_change(request: Request, forum: Forum) -> HttpResponse:
    """Change all mayors' seats in one act after an election; the new ones' links are shown once."""
    seats = forum.seats.filter(member=True, organisation__kind=Organisation.Kind.MUNICIPALITY)
    return form_page(
        request,
        SeatChangeForm,
        partial(_change_seats, request),
        forum=forum,
        given={"seats": list(seats)},
        initial={"starts_on": clock.today()},
        words={"done": _seats_changed_said},
        back=reverse("desk:handovers", args=[forum.district.slug, forum.pk]),
        crumbs=trail(forum),
    )


def _change_seats(
    request: Request, *, forum: Forum, holders: list[NewHolder], starts_on: date, by: User
) -> list[tuple[User, str]]:
    """Change the seats, and keep the links to be shown once."""
    invited = change_seats(forum=forum, holders=holders, starts_on=starts_on, by=by)
    links = []
    for user, token in invited:
        if token:
            address = reverse("accounts:invitation", args=[token])
            links.append((user.name, request.build_absolute_uri(address)))
    request.session["invitation_links"] = links
    return invited


def _seats_changed_said(invited: list[tuple[User, str]]) -> str:
    said = f"{len(invited)} personer har fået plads. Send dem deres link, og giv dem overdragelsen."
    alone = [user.name for user, token in invited if not token and _has_link_of_others(user)]
    if not alone:
        return said
    return f"{said} Linket til {' og '.join(alone)} er kun sendt i en mail til personen selv."


def _has_link_of_others(user: User) -> bool:
    """Has another organisation invited her too, and she has not come in yet?"""
    works = Membership.objects.filter(user=user)
    return not user.has_usable_password() and works.values("organisation").distinct().count() > 1
