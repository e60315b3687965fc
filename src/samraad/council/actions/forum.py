"""Fora, seats and appointments."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from samraad.accounts.models import Membership, Organisation, User
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.council import permissions as may
from samraad.council.models import Appointment, Forum, Function, LegalBasis, Seat


@action
def open_forum(
    *,
    district: Organisation,
    by: Actor,
    municipalities: Iterable[Organisation] = (),
    also_districts: Iterable[Organisation] = (),
    legal_bases: Iterable[LegalBasis] = (),
    **fields: Any,
) -> Forum:
    """Register a forum; `fields` are the model's own.

    Only set-up and the demo act without a person (`by=SYSTEM`).
    """
    may.register_forum.check(by, district)
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
    may.register_forum.check(by, forum.district)
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
    """Set the forum's own rules.

    Approval of plans, days for objections, and until when the secretariat may release.
    """
    may.set_rules.check(by, forum)
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
def note_legal_basis(*, by: Actor, code: str, **fields: Any) -> LegalBasis:
    """Add or correct a legal basis, with the day it was checked."""
    basis, _ = LegalBasis.objects.update_or_create(code=code, defaults=fields)
    record("council.legal_basis_noted", basis, by=by)
    return basis


@action
def add_seat(
    *,
    forum: Forum,
    title: str,
    by: Actor,
    organisation: Organisation | None = None,
    member: bool = True,
) -> Seat:
    """Make a place in a forum."""
    may.appoint.check(by, forum)
    if forum.seats.filter(title=title).exists():
        raise Refused(f"{forum} har allerede en plads, der hedder “{title}”.")
    seat = Seat.objects.create(
        forum=forum, title=title, organisation=organisation, member=member, position=forum.seats.count() + 1
    )
    record("council.seat_added", seat, by=by, forum=forum.pk)
    return seat


@action
def appoint(
    *, seat: Seat, user: User, function: str, starts_on: date, by: Actor, ends_on: date | None = None
) -> Appointment:
    """Give a person a seat in a function. A seat has one chair or member at a time (one deputy too)."""
    may.appoint.check(by, seat.forum)
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
            f"{user} hører ikke til {seat.organisation}. "
            "Organisationens administrator skal først tilknytte personen."
        )
    appointment = Appointment.objects.create(
        seat=seat, user=user, function=function, starts_on=starts_on, ends_on=ends_on
    )
    record("council.appointed", appointment, by=by, seat=seat.pk, user=user.pk, function=function)
    return appointment


@action
def end_appointment(*, appointment: Appointment, on: date, by: Actor) -> Appointment:
    """End an appointment; the person loses what it gave on her next request.

    `on` is the first day without it.
    """
    may.appoint.check(by, appointment.seat.forum)
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
