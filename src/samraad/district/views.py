"""Pages of acts in several rooms."""

from django.http import HttpResponse
from django.urls import reverse

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation, User
from samraad.council.models import Forum
from samraad.council.views.forum import find_forum
from samraad.district import permissions as may
from samraad.district.actions import change_seats
from samraad.district.forms import SeatChangeForm
from samraad.look.danish import antal
from samraad.look.pages import form_page, page_of, trail


@page_of(find_forum, may.change_all_seats)
def seats_change(request: Request, forum: Forum) -> HttpResponse:
    """Change all mayors' seats in one act after an election."""
    seats = forum.seats.filter(member=True, organisation__kind=Organisation.Kind.MUNICIPALITY)
    return form_page(
        request,
        SeatChangeForm,
        change_seats,
        forum=forum,
        given={"seats": list(seats)},
        initial={"starts_on": clock.today()},
        words={"done": _seats_changed_said},
        back=reverse("desk:handovers", args=[forum.district.slug, forum.pk]),
        crumbs=trail(forum),
    )


def _seats_changed_said(named: list[User]) -> str:
    return (
        f"{antal(len(named), 'person,personer')} er foreslået. De gamle mister adgangen på dagen; "
        "de nye får den, når deres egen organisation har sagt ja. Så får de også deres link i en mail."
    )
