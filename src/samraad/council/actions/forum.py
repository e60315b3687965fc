"""Fora, seats and appointments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from samraad import clock
from samraad.accounts.actions import invite
from samraad.accounts.models import Membership, Organisation, User
from samraad.audit.actions import Refused, action, record
from samraad.council.models import Appointment, Forum, Function, LegalBasis, Seat
from samraad.council.permissions import appoint as may_appoint
from samraad.council.permissions import change_all_seats as may_change_all_seats
from samraad.council.permissions import register_forum as may_register
from samraad.council.permissions import set_rules as may_set_rules

ISLANDS = {"Læsø", "Samsø", "Fanø", "Ærø"}  # one is borgmester på, not i


@action
def open_forum(
    *,
    district: Organisation,
    by: User | None,
    municipalities: Iterable[Organisation] = (),
    also_districts: Iterable[Organisation] = (),
    legal_bases: Iterable[LegalBasis] = (),
    **fields: Any,
) -> Forum:
    """Register a forum; `fields` are the model's own. Only set-up and the demo act without a person (`by=None`)."""
    if by is not None:
        may_register.check(by, district)
    if Forum.objects.filter(district=district, slug=fields["slug"]).exists():
        raise Refused(f"Der findes allerede et forum med adressen “{fields['slug']}”. Vælg et andet navn.")
    forum = Forum.objects.create(district=district, **fields)
    forum.municipalities.set(municipalities)
    forum.also_districts.set(also_districts)
    forum.legal_bases.set(legal_bases)
    record("council.forum_opened", forum, by=by, kind=forum.kind)
    return forum


@action
def change_forum(*, forum: Forum, by: User, municipalities: Iterable[Organisation], **fields: Any) -> Forum:
    """Change what the register says about a forum."""
    may_register.check(by, forum.district)
    for name, value in fields.items():
        setattr(forum, name, value)
    forum.save()
    forum.municipalities.set(municipalities)
    record("council.forum_changed", forum, by=by)
    return forum


@action
def set_rules(
    *,
    forum: Forum,
    approval_required: bool,
    objection_days: int,
    release_mandate_until: date | None,
    by: User,
) -> Forum:
    """Set the forum's own rules: approval of plans, days for objections, and until when the secretariat may release."""
    may_set_rules.check(by, forum)
    forum.approval_required, forum.objection_days, forum.release_mandate_until = (
        approval_required,
        objection_days,
        release_mandate_until,
    )
    forum.save(update_fields=["approval_required", "objection_days", "release_mandate_until"])
    record(
        "council.rules_set",
        forum,
        by=by,
        approval=approval_required,
        days=objection_days,
        mandate_until=str(release_mandate_until or ""),
    )
    return forum


@action
def note_legal_basis(*, by: User | None, code: str, **fields: Any) -> LegalBasis:
    """Add or correct a legal basis, with the day it was checked."""
    basis, _ = LegalBasis.objects.update_or_create(code=code, defaults=fields)
    record("council.legal_basis_noted", basis, by=by)
    return basis


@action
def add_seat(
    *,
    forum: Forum,
    title: str,
    by: User | None,
    organisation: Organisation | None = None,
    member: bool = True,
) -> Seat:
    """Make a place in a forum."""
    if by is not None:
        may_appoint.check(by, forum)
    if forum.seats.filter(title=title).exists():
        raise Refused(f"{forum} har allerede en plads, der hedder “{title}”.")
    seat = Seat.objects.create(
        forum=forum, title=title, organisation=organisation, member=member, position=forum.seats.count() + 1
    )
    record("council.seat_added", seat, by=by, forum=forum.pk)
    return seat


@action
def appoint(
    *, seat: Seat, user: User, function: str, starts_on: date, by: User | None, ends_on: date | None = None
) -> Appointment:
    """Give a person a seat in a function. A seat has one chair or member at a time (one deputy too)."""
    if by is not None:
        may_appoint.check(by, seat.forum)
    single = {Function.CHAIR, Function.MEMBER, Function.DEPUTY}
    same = {Function.CHAIR, Function.MEMBER} if function in {Function.CHAIR, Function.MEMBER} else {function}
    if ends_on and ends_on < starts_on:
        raise Refused("Slutdagen ligger før begyndelsen.")
    taken = seat.appointments.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), function__in=same, user__is_active=True
    )
    taken = taken.filter(starts_on__lte=ends_on) if ends_on else taken
    if function in single and taken.exists():
        raise Refused(
            f"Pladsen “{seat}” har allerede en {Function(function).label} i den tid. Afslut den først."
        )
    works = Membership.objects.current(starts_on).filter(user=user, organisation=seat.organisation)
    if seat.organisation and not works.exists():
        raise Refused(
            f"{user} hører ikke til {seat.organisation}. Organisationens administrator skal først tilknytte personen."
        )
    appointment = Appointment.objects.create(
        seat=seat, user=user, function=function, starts_on=starts_on, ends_on=ends_on
    )
    record("council.appointed", appointment, by=by, seat=seat.pk, user=user.pk, function=function)
    return appointment


@action
def end_appointment(*, appointment: Appointment, on: date, by: User | None) -> Appointment:
    """End an appointment; the person loses what it gave on her next request. `on` is the first day without it."""
    if by is not None:
        may_appoint.check(by, appointment.seat.forum)
    if appointment.ends_on and appointment.ends_on < on:
        raise Refused("Udpegningen er allerede afsluttet.")
    last = on - timedelta(days=1)
    appointment.starts_on = min(appointment.starts_on, last)
    appointment.ends_on = last
    appointment.save(update_fields=["starts_on", "ends_on"])
    record(
        "council.appointment_ended", appointment, by=by, seat=appointment.seat_id, user=appointment.user_id
    )
    return appointment


@action
def open_councils(*, district: Organisation, by: User | None) -> Forum:
    """Open a district's kredsråd (chair, a seat per mayor, secretariat) and a lokalråd per municipality."""
    municipalities = list(Organisation.objects.of_district(district, clock.today()))
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
        description="Politidirektøren og borgmestrene drøfter politiets arbejde, forebyggelse, kriminalitet og samarbejde.",
    )
    add_seat(forum=kredsraad, title=f"Politidirektør i {district.short_name}", organisation=district, by=by)
    for municipality in municipalities:
        where = "på" if municipality.short_name in ISLANDS else "i"
        add_seat(
            forum=kredsraad,
            title=f"Borgmester {where} {municipality.short_name}",
            organisation=municipality,
            by=by,
        )
    add_seat(
        forum=kredsraad, title="Sekretariatet for kredsrådet", organisation=district, member=False, by=by
    )
    add_seat(forum=kredsraad, title="Analyse", organisation=district, member=False, by=by)
    for municipality in municipalities:
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
        station = {"Vesthimmerlands": "Aars"}.get(municipality.short_name, municipality.short_name)
        add_seat(forum=lokalraad, title=f"Lokalpolitiet i {station}", organisation=district, by=by)
        add_seat(forum=lokalraad, title=municipality.name, organisation=municipality, by=by)
    return kredsraad


@dataclass(frozen=True)
class NewHolder:
    """Who takes a seat after an election, and her deputy; empty names leave the place vacant."""

    seat: Seat
    name: str
    email: str
    deputy_name: str = ""
    deputy_email: str = ""


@action
def change_seats(
    *, forum: Forum, holders: list[NewHolder], starts_on: date, by: User
) -> list[tuple[User, str]]:
    """Change seats in one act after an election: old members and deputies end, new ones begin.

    Returns the new users with the token of their invitation ("" for those who sign in already or get it by mail alone).
    """
    may_change_all_seats.check(by, forum)
    invited: list[tuple[User, str]] = []
    for holder in holders:
        for old in holder.seat.appointments.current(starts_on).filter(
            function__in=[Function.MEMBER, Function.DEPUTY]
        ):
            end_appointment(appointment=old, on=starts_on, by=by)
        for name, email, function in (
            (holder.name, holder.email, Function.MEMBER),
            (holder.deputy_name, holder.deputy_email, Function.DEPUTY),
        ):
            if email:
                invited.append(_seat_newcomer(holder.seat, name, email, function, starts_on, by))
    record("council.seats_changed", forum, by=by, seats=[holder.seat.pk for holder in holders])
    return invited


def _seat_newcomer(
    seat: Seat, name: str, email: str, function: Function, starts_on: date, by: User
) -> tuple[User, str]:
    organisation = seat.organisation or seat.forum.district
    user, token = User.objects.filter(email__iexact=email).first(), ""
    if (
        user is None
        or not Membership.objects.current(starts_on).filter(user=user, organisation=organisation).exists()
    ):
        user, token = invite(
            organisation=organisation,
            email=email,
            name=name,
            title=seat.title,
            right=Membership.Right.EMPLOYEE,
            today=starts_on,
            by=by,
        )
    appoint(seat=seat, user=user, function=function, starts_on=starts_on, by=by)
    return user, token
