"""Who may do what with stations, partners and what is entered around a forum."""

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor
from samraad.council.models import (
    Appointment,
    Forum,
    Function,
)
from samraad.council.permissions import DECIDES, INSIDE, appointments, holds, is_secretary
from samraad.network.models import Station

AROUND = ("network.pact", "network.localevent", "network.advice")  # what `keep_network` is about


@permission
def enter_seminar(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair enters its seminars; the kredsråd's secretariat does where a forum has no secretary of its own."""
    own = Appointment.objects.current(clock.today()).filter(seat__forum=forum, function=Function.SECRETARY)
    if not own.exists() and is_secretary(user, forum.district):
        return
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden for {forum} kan skrive seminarer ind. Har det intet sekretariat, gør kredsrådets det.",
    )


@permission
def keep_station(user: Actor, station: Station) -> None:
    """The local police leadership keeps its station's opening hours and contacts; the secretariat may help."""
    local = any(
        a.function in (*DECIDES, Function.SECRETARY)
        and a.seat.organisation_id == station.district_id
        and a.seat.forum.is_lokalraad
        and station.municipality in a.seat.forum.municipalities.all()
        for a in appointments(user)
    )
    require(
        local or is_secretary(user, station.district),
        f"Kun den lokale politiledelse og sekretariatet ændrer tider og kontakter for {station}.",
    )


@permission
def keep_network(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair, and the kredsråd's secretariat, enter its agreements, events and advice."""
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR) or is_secretary(user, forum.district),
        f"Kun sekretariatet og formanden kan skrive aftaler og rådgivning ind for {forum}.",
    )


@permission
def keep_partners(user: Actor, municipality: Organisation) -> None:
    """Those who work in a municipality's lokalråd, and the kredsråd's secretariat, keep its list of partners."""
    held = appointments(user)
    local = any(
        a.seat.forum.is_lokalraad
        and a.function in INSIDE
        and municipality in a.seat.forum.municipalities.all()
        for a in held
    )
    secretary = any(
        a.function == Function.SECRETARY
        and a.seat.forum.is_kredsraad
        and a.seat.forum.municipalities.filter(pk=municipality.pk).exists()
        for a in held
    )
    require(
        local or secretary,
        f"Kun lokalrådet i {municipality} og sekretariatet kan ændre listen over partnere.",
    )
