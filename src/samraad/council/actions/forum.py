"""Fora, seats and appointments."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.db.models import Q
from django.utils.text import slugify

from samraad.accounts.models import Membership, Organisation, User
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.council import permissions as may
from samraad.council.actions.finding import index_forum, index_seat
from samraad.council.models import Appointment, Forum, Function, LegalBasis, Seat, Yes
from samraad.council.notices import seat as notices

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "+": "-plus", "§": "p"})


class ForumFields(TypedDict, total=False):
    """What the register says of a forum besides its name, its kind and its level."""

    description: str
    parent: Forum | None
    reports_to: Forum | None
    convenor: Organisation | None
    area: str
    age_from: int | None
    age_to: int | None
    meetings_per_year: int | None
    rhythm: str
    public_contact: str
    personal_data_allowed: bool


class BasisFields(TypedDict, total=False):
    """What is written of a legal basis under its code."""

    title: str
    summary: str
    valid_from: date | None
    valid_to: date | None
    source_url: str
    checked_on: date | None
    checked_by: str


@action
def open_forum(
    *,
    district: Organisation,
    kind: str,
    level: str,
    name: str,
    by: Actor,
    slug: str = "",
    objection_days: int = 14,
    municipalities: Iterable[Organisation] = (),
    also_districts: Iterable[Organisation] = (),
    legal_bases: Iterable[LegalBasis] = (),
    **fields: Unpack[ForumFields],
) -> Forum:
    """Register a forum; its address is made from its name, unless `slug` says what it is.

    Only set-up and the demo act without a person (`by=SYSTEM`).
    """
    may.register_forum.check(by, district)
    if not slug:
        slug = slugify(name.lower().translate(LETTERS))[:80]
    if Forum.objects.filter(district=district, slug=slug).exists():
        raise Refused(f"Der findes allerede et forum med adressen “{slug}”. Vælg et andet navn.")
    if kind == Forum.Kind.KREDSRAAD and _has_kredsraad(district):
        raise Refused(f"{district} har allerede et kredsråd. Vælg en anden slags forum.")
    forum = Forum.objects.create(
        district=district,
        kind=kind,
        level=level,
        name=name,
        slug=slug,
        objection_days=objection_days,
        **fields,
    )
    forum.municipalities.set(municipalities)
    forum.also_districts.set(also_districts)
    forum.legal_bases.set(legal_bases)
    record("council.forum_opened", forum, by=by, kind=forum.kind)
    index_forum(forum, by)
    return forum


@action
def change_forum(
    *,
    forum: Forum,
    by: User,
    kind: str,
    level: str,
    name: str,
    municipalities: Iterable[Organisation],
    **fields: Unpack[ForumFields],
) -> Forum:
    """Change what the register says about a forum."""
    may.register_forum.check(by, forum.district)
    if kind != forum.kind and Forum.Kind.KREDSRAAD in (kind, forum.kind):
        raise Refused("Et kredsråd bliver ikke til et andet forum, og et andet forum ikke til et kredsråd.")
    forum.kind, forum.level, forum.name = kind, level, name
    for field, value in fields.items():
        setattr(forum, field, value)
    forum.save()
    forum.municipalities.set(municipalities)
    record("council.forum_changed", forum, by=by)
    index_forum(forum, by)
    return forum


def _has_kredsraad(district: Organisation) -> bool:
    return Forum.objects.filter(district=district, kind=Forum.Kind.KREDSRAAD, ends_on=None).exists()


@action
def set_rules(
    *,
    forum: Forum,
    approval_required: bool,
    objection_days: int,
    release_mandate_until: date | None,
    by: User,
    quorum: int | None = None,
    notice_days: int | None = None,
) -> Forum:
    """Set the forum's own rules.

    Approval of plans, quorum, days from the agenda to the meeting and for objections, and until when the
    secretariat may release.
    """
    may.set_rules.check(by, forum)
    forum.approval_required, forum.quorum = approval_required, quorum
    forum.objection_days, forum.release_mandate_until = objection_days, release_mandate_until
    forum.notice_days = notice_days
    forum.save(
        update_fields=[
            "approval_required",
            "quorum",
            "notice_days",
            "objection_days",
            "release_mandate_until",
        ]
    )
    record(
        "council.rules_set",
        forum,
        by=by,
        approval=approval_required,
        days=objection_days,
        quorum=quorum,
        notice_days=notice_days,
        mandate_until=str(release_mandate_until or ""),
    )
    return forum


@action
def set_standing_items(*, forum: Forum, standing_items: str, by: User) -> Forum:
    """Write down what stands on every agenda of the forum, a title a line."""
    may.prepare.check(by, forum)
    forum.standing_items = standing_items
    forum.save(update_fields=["standing_items"])
    record("council.standing_items_set", forum, by=by, items=len(standing_items.splitlines()))
    return forum


@action
def note_legal_basis(*, by: Actor, code: str, **fields: Unpack[BasisFields]) -> LegalBasis:
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
    index_seat(seat, by)
    return seat


@action
def appoint(
    *,
    seat: Seat,
    user: User,
    function: str,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    joins: bool = False,
) -> Appointment:
    """Give a person a seat in a function. A seat has one chair or member at a time (one deputy too).

    Nobody appoints himself. Where another has to say yes (`permissions.whose_yes`) it gives nothing before.
    `joins`: the person need not work for the seat's organisation yet; its yes attaches her too.
    """
    may.appoint.check(by, seat.forum)
    if user == by:
        raise Refused("Ingen udpeger sig selv. Bed en anden i sekretariatet eller formanden om det.")
    if ends_on and ends_on < starts_on:
        raise Refused("Slutdagen ligger før begyndelsen.")
    _free(seat, function, starts_on, ends_on)
    waits_for = may.whose_yes(seat, function, by)
    works = Membership.objects.current(starts_on).filter(user=user, organisation=seat.organisation)
    if waits_for != Yes.ORGANISATION:
        joins = False
    if seat.organisation and not joins and not works.exists():
        raise Refused(
            f"{user} hører ikke til {seat.organisation}. "
            "Organisationens administrator skal først tilknytte personen."
        )
    appointment = Appointment.objects.create(
        seat=seat,
        user=user,
        function=function,
        starts_on=starts_on,
        ends_on=ends_on,
        chairs=seat.forum if function == Function.CHAIR else None,
        proposed_by=by if isinstance(by, User) else None,
        waits_for=waits_for,
    )
    record(
        "council.appointed",
        appointment,
        by=by,
        seat=seat.pk,
        user=user.pk,
        function=function,
        waits_for=str(waits_for),
    )
    notices.appointed(appointment, by)
    return appointment


def _free(seat: Seat, function: str, starts_on: date, ends_on: date | None) -> None:
    """Raise Refused when the seat, or the forum's chair, is taken in that time, or may not be given so."""
    single = {Function.CHAIR, Function.MEMBER, Function.DEPUTY}
    same = {Function.CHAIR, Function.MEMBER} if function in {Function.CHAIR, Function.MEMBER} else {function}
    meanwhile = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), user__is_active=True)
    meanwhile = meanwhile.filter(starts_on__lte=ends_on) if ends_on else meanwhile
    if function in single and meanwhile.filter(seat=seat, function__in=same).exists():
        raise Refused(
            f"Pladsen “{seat}” har allerede en {Function(function).label} i den tid. Afslut den først."
        )
    if function != Function.CHAIR:
        return
    if meanwhile.filter(chairs=seat.forum).exists():
        raise Refused(f"{seat.forum} har allerede en formand i den tid. Afslut den udpegning først.")
    if seat.forum.is_kredsraad and seat != seat.forum.directors_seat:
        raise Refused(
            "Formanden for et kredsråd er kredsens politidirektør (retsplejeloven § 111). "
            f"Vælg pladsen “{seat.forum.directors_seat}”."
        )


@action
def end_appointment(*, appointment: Appointment, on: date, by: Actor) -> Appointment:
    """End an appointment; the person loses what it gave on her next request.

    `on` is the first day without it. One that waits for a yes is taken back.
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
    notices.appointment_ended(appointment, by)
    return appointment
