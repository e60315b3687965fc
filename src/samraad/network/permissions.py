"""Who may do what with stations, partners and what is entered around a forum."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor
from samraad.council.models import Appointment, Forum, Function
from samraad.council.permissions import (
    DECIDES,
    INSIDE,
    appointments,
    holds,
    is_secretary,
    keeps,
    speaks_for,
)
from samraad.network.models import Station

AROUND = ("network.pact", "network.localevent", "network.advice")  # what `keep_network` is about


@permission
def enter_seminar(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair enters its seminars.

    Where a forum has no secretary of its own, the kredsråd's secretariat does.
    """
    own = Appointment.objects.current(clock.today()).filter(seat__forum=forum, function=Function.SECRETARY)
    if not own.exists() and is_secretary(user, forum.district):
        return
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden for {forum} kan skrive seminarer ind. "
        "Har det intet sekretariat, gør kredsrådets det.",
    )


@permission
def keep_station(user: Actor, station: Station) -> None:
    """The local police leadership keeps its station's hours and contacts; the secretariat may help."""
    local = any(
        held.function in (*DECIDES, Function.SECRETARY) and held.seat.organisation_id == station.district_id
        for held in _in_lokalraad_of(station.municipality, user)
    )
    require(
        local or is_secretary(user, station.district),
        f"Kun den lokale politiledelse og sekretariatet ændrer tider og kontakter for {station}.",
    )


@permission
def keep_network(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair, and the kredsråd's, enter its agreements, events and advice."""
    require(
        keeps(user, forum),
        f"Kun sekretariatet og formanden kan skrive aftaler og rådgivning ind for {forum}.",
    )


@permission
def keep_partners(user: Actor, municipality: Organisation) -> None:
    """A municipality's lokalråd and the secretariat of its kredsråd keep its list of partners."""
    local = any(held.function in INSIDE for held in _in_lokalraad_of(municipality, user))
    require(
        local or _is_secretary_of_its_kredsraad(municipality, user),
        f"Kun lokalrådet i {municipality} og sekretariatet kan ændre listen over partnere.",
    )


@permission
def keep_worries(user: Actor, district: Organisation) -> None:
    """The secretariat of the kredsråd keeps the words of "Hvem kan hjælpe"."""
    require(
        is_secretary(user, district),
        f"Kun sekretariatet for kredsrådet i {district.short_name} kan rette ordene i Hvem kan hjælpe.",
    )


@permission
def keep_numbers(user: Actor, organisation: Organisation) -> None:
    """A municipality's own seats and the kredsråd's secretariat keep whom its citizens call."""
    if organisation.kind == Organisation.Kind.DISTRICT:
        require(
            is_secretary(user, organisation),
            f"Kun sekretariatet kan ændre de numre, der gælder hele {organisation.short_name}.",
        )
        return
    require(
        sits_for(user, organisation) or _is_secretary_of_its_kredsraad(organisation, user),
        f"Kun {organisation} selv og sekretariatet kan ændre, hvem borgerne dér ringer til.",
    )


def sits_for(user: Actor, municipality: Organisation) -> bool:
    """Does the person sit, prepare or stand in for the municipality in the kredsråd or its lokalråd?"""
    return speaks_for(user, municipality, *INSIDE)


def _held_with_places(user: Actor) -> list[Appointment]:
    """The person's appointments with the municipalities of their fora, read together once."""
    held = appointments(user)
    prefetch_related_objects(held, "seat__forum__municipalities")
    return held


def _in_lokalraad_of(municipality: Organisation, user: Actor) -> Iterator[Appointment]:
    """What the person holds in the municipality's lokalråd."""
    for held in _held_with_places(user):
        forum = held.seat.forum
        if forum.is_lokalraad and municipality in forum.municipalities.all():
            yield held


def _is_secretary_of_its_kredsraad(municipality: Organisation, user: Actor) -> bool:
    for held in _held_with_places(user):
        forum = held.seat.forum
        serves = held.function == Function.SECRETARY and forum.is_kredsraad
        if serves and municipality in forum.municipalities.all():
            return True
    return False
