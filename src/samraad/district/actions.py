"""Acts that write in several rooms: a new district with its councils, all mayors' seats after an election."""

from dataclasses import dataclass
from datetime import date

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import action, record
from samraad.audit.actor import Actor
from samraad.commitment.actions.duty import add_duty, make_occurrences
from samraad.commitment.models import Duty
from samraad.council.actions.forum import add_seat, appoint, end_appointment, open_forum
from samraad.council.models import Forum, Function, Seat
from samraad.district import permissions as may
from samraad.network.actions.help import start_worries
from samraad.plan.actions.plan import start
from samraad.plan.models import Plan

HALF = 6  # the last month of the half of a year in which one begins that year's plan
ISLANDS = {"Læsø", "Samsø", "Fanø", "Ærø"}  # one is borgmester på, not i
STATIONS = {
    "Vesthimmerlands": "Aars"
}  # where the local police sits, when it is not called as the municipality


@action
def open_councils(*, district: Organisation, by: Actor) -> Forum:
    """Open a district's kredsråd (chair, a seat per mayor, secretariat) and a lokalråd per municipality."""
    municipalities = list(Organisation.objects.of_district(district, clock.today()))
    kredsraad = _open_kredsraad(district, municipalities, by)
    for municipality in municipalities:
        _open_lokalraad(kredsraad, municipality, by)
    return kredsraad


@action
def begin(*, kredsraad: Forum, today: date, by: Actor) -> Plan:
    """What a new district begins with: the wheel of what the law asks, an empty plan, whom citizens call.

    Begun in the second half of a year, the plan is next year's.
    """
    year = today.year
    if today.month > HALF:
        year += 1
    for duty in _lawful(kredsraad, by):
        for each in sorted({today.year, year}):
            make_occurrences(duty=duty, year=each, by=by)
    start_worries(district=kredsraad.district, by=by)
    return start(forum=kredsraad, year=year, title=f"Samarbejdsplan {year}", by=by)


def _lawful(kredsraad: Forum, by: Actor) -> list[Duty]:
    """What the law asks of every kredsråd each year."""
    meetings = add_duty(
        forum=kredsraad,
        title="Kredsrådets fire møder",
        rule=Duty.Rule.TIMES,
        times=4,
        on_agenda=False,
        source="BEK 1426 af 2006 § 3",
        by=by,
    )
    account = add_duty(
        forum=kredsraad,
        title="Politidirektørens redegørelse for året",
        rule=Duty.Rule.QUARTER,
        quarter=1,
        item_kind="information",
        source="Retsplejelovens § 112, stk. 2",
        by=by,
    )
    plan = add_duty(
        forum=kredsraad,
        title="Drøft samarbejdsplanen for næste år",
        rule=Duty.Rule.QUARTER,
        quarter=4,
        source="Retsplejelovens § 113",
        by=by,
    )
    return [meetings, account, plan]


def _open_kredsraad(district: Organisation, municipalities: list[Organisation], by: Actor) -> Forum:
    kredsraad = open_forum(
        district=district,
        by=by,
        kind=Forum.Kind.KREDSRAAD,
        level=Forum.Level.STRATEGIC,
        name=f"Kredsrådet i {district.short_name}",
        slug="kredsraadet",
        municipalities=municipalities,
        convenor=district,
        meetings_per_year=4,
        rhythm="hvert kvartal",
        objection_days=14,
        description="Politidirektøren og borgmestrene drøfter politiets arbejde, forebyggelse, "
        "kriminalitet og samarbejde.",
    )
    add_seat(forum=kredsraad, title=f"Politidirektør i {district.short_name}", organisation=district, by=by)
    for municipality in municipalities:
        add_seat(forum=kredsraad, title=_mayor_of(municipality), organisation=municipality, by=by)
    for title in ("Sekretariatet for kredsrådet", "Analyse"):
        add_seat(forum=kredsraad, title=title, organisation=district, member=False, by=by)
    return kredsraad


def _mayor_of(municipality: Organisation) -> str:
    if municipality.short_name in ISLANDS:
        return f"Borgmester på {municipality.short_name}"
    return f"Borgmester i {municipality.short_name}"


def _open_lokalraad(kredsraad: Forum, municipality: Organisation, by: Actor) -> None:
    district = kredsraad.district
    lokalraad = open_forum(
        district=district,
        by=by,
        kind=Forum.Kind.LOKALRAAD,
        level=Forum.Level.COORDINATING,
        name=f"Lokalråd {municipality.short_name}",
        slug=f"lokalraad-{municipality.slug}",
        municipalities=[municipality],
        convenor=district,
        parent=kredsraad,
        meetings_per_year=4,
        rhythm="hvert kvartal",
        description=f"Den lokale politiledelse og {municipality.name} lægger årets handleplan.",
    )
    station = STATIONS.get(municipality.short_name, municipality.short_name)
    add_seat(forum=lokalraad, title=f"Lokalpolitileder i {station}", organisation=district, by=by)
    add_seat(forum=lokalraad, title=municipality.name, organisation=municipality, by=by)


@dataclass(frozen=True)
class NewHolder:
    """Who takes a seat after an election, and her deputy; empty names leave the place vacant."""

    seat: Seat
    name: str
    email: str
    deputy_name: str = ""
    deputy_email: str = ""


@action
def change_seats(*, forum: Forum, holders: list[NewHolder], starts_on: date, by: User) -> list[User]:
    """Change seats in one act after an election: old members and deputies end, new ones begin on the day.

    Each new one reads for her organisation when it has said yes (`permissions.whose_yes`). Returns them.
    """
    may.change_all_seats.check(by, forum)
    named: list[User] = []
    for holder in holders:
        seat = holder.seat
        _end_those_before(seat, starts_on, by)
        for name, email, function in (
            (holder.name, holder.email, Function.MEMBER),
            (holder.deputy_name, holder.deputy_email, Function.DEPUTY),
        ):
            if email:
                named.append(_seat_newcomer(seat, name, email, function, starts_on, by))
    record("district.seats_changed", forum, by=by, seats=[holder.seat.pk for holder in holders])
    return named


def _end_those_before(seat: Seat, on: date, by: User) -> None:
    """The old member and deputy leave the seat."""
    held = seat.appointments.current(on).filter(function__in=[Function.MEMBER, Function.DEPUTY])
    for appointment in held:
        end_appointment(appointment=appointment, on=on, by=by)


def _seat_newcomer(seat: Seat, name: str, email: str, function: Function, starts_on: date, by: User) -> User:
    """Appoint somebody; when her organisation says yes it attaches her too, and she gets her link."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=email.lower(), name=name)
        user.set_unusable_password()
        user.save()
    appoint(seat=seat, user=user, function=function, starts_on=starts_on, joins=True, by=by)
    return user
