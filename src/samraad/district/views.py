"""Pages of acts in several rooms."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation, User
from samraad.council.views.forum import find_forum
from samraad.district import permissions as may
from samraad.district.actions import NewHolder, change_seats
from samraad.district.forms import SeatChangeForm
from samraad.look.pages import old_form_page, trail


def _seats_changed(invited: list[tuple[User, str]]) -> str:
    said = f"{len(invited)} personer har fået plads. Send dem deres link, og giv dem overdragelsen."
    alone = [
        user.name
        for user, token in invited
        if not token
        and not user.has_usable_password()
        and user.memberships.values("organisation").distinct().count() > 1  # type: ignore[attr-defined]
    ]
    return (
        f"{said} Linket til {' og '.join(alone)} er kun sendt i en mail til personen selv." if alone else said
    )


def seats_change(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Change all mayors' seats in one act after an election."""
    found = find_forum(request, district, pk)
    may.change_all_seats.check(request.user, found)
    seats = list(found.seats.filter(member=True, organisation__kind=Organisation.Kind.MUNICIPALITY))
    form = SeatChangeForm(request.POST or None, seats=seats, initial={"starts_on": clock.today()})

    def run(data: dict[str, Any]) -> list[Any]:
        holders = [
            NewHolder(
                seat,
                data[f"name_{seat.pk}"],
                data[f"email_{seat.pk}"],
                data[f"deputy_name_{seat.pk}"],
                data[f"deputy_email_{seat.pk}"],
            )
            for seat in seats
            if data[f"email_{seat.pk}"]
        ]
        invited = change_seats(forum=found, holders=holders, starts_on=data["starts_on"], by=request.user)
        links = [
            (user.name, request.build_absolute_uri(reverse("accounts:invitation", args=[token])))
            for user, token in invited
            if token
        ]
        request.session["invitation_links"] = links
        return invited

    return old_form_page(
        request,
        form,
        run,
        title="Skift borgmesterpladserne efter valget",
        lead="Pladser uden e-mail bliver ikke ændret. De gamle borgmestre og stedfortrædere mister adgang den dag, de nye begynder.",
        button="Skift pladserne",
        done=_seats_changed,
        back=reverse("desk:handovers", args=[district.slug, found.pk]),
        crumbs=trail(found),
    )
