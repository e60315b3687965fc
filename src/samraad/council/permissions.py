"""Who may do what with fora, seats and meetings, and see the work inside them.

All rights come from appointments to seats.
"""

from django.db.models import Q, QuerySet

from samraad import clock
from samraad.accounts.models import Membership, Organisation, User, current_memberships
from samraad.accounts.permission import permission, require
from samraad.accounts.permissions import has_right
from samraad.audit.actor import Actor
from samraad.council.models import (
    Appointment,
    Attendance,
    Forum,
    Function,
    Meeting,
    Seat,
    Yes,
)
from samraad.council.models.forum import ForumQuerySet
from samraad.council.models.meeting import MeetingQuerySet
from samraad.council.states import MeetingStatus

DECIDES = (Function.CHAIR, Function.MEMBER)
INSIDE = (*DECIDES, Function.DEPUTY, Function.ASSISTANT, Function.SECRETARY)


def appointments(user: Actor) -> list[Appointment]:
    """The appointments `user` holds today; read once per request, so access ends on the next one."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.held_this_request is not None:
        return user.held_this_request
    held = list(
        Appointment.objects.in_force(clock.today())
        .filter(user=user)
        .select_related("seat__forum__district", "seat__organisation")
        .order_by("seat__forum__kind", "seat__position")
    )
    if user.in_request:
        user.held_this_request = held
    return held


def held_inside(user: Actor) -> list[Appointment]:
    """The same but for a guest's, who is told little."""
    return [held for held in appointments(user) if held.function in INSIDE]


def organisations_inside(user: Actor) -> set[int]:
    """The numbers of the organisations for whose seats the person sits, prepares or serves."""
    seats = {held.seat.organisation_id for held in held_inside(user)}
    return {pk for pk in seats if pk is not None}


def holds(user: Actor, forum: Forum, *functions: str) -> bool:
    """Does `user` hold a seat of `forum` in one of the functions?"""
    return any(a.seat.forum_id == forum.pk and a.function in functions for a in appointments(user))


def speaks_for(user: Actor, organisation: Organisation | None, *functions: str) -> bool:
    """Does `user` hold a seat that belongs to `organisation`, in one of the functions, in any council?"""
    return organisation is not None and any(
        a.seat.organisation_id == organisation.pk
        and a.function in functions
        and a.seat.forum.kind in (Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD)
        for a in appointments(user)
    )


def is_secretary(user: Actor, district: Organisation) -> bool:
    """Does `user` serve in the secretariat of the district's kredsråd?"""
    return any(
        a.function == Function.SECRETARY
        and a.seat.forum.is_kredsraad
        and a.seat.forum.district_id == district.pk
        for a in appointments(user)
    )


def keeps(user: Actor, forum: Forum) -> bool:
    """Is `user` a forum's secretariat or chair, or the kredsråd's secretariat?"""
    return holds(user, forum, Function.SECRETARY, Function.CHAIR) or is_secretary(user, forum.district)


def works_in(user: Actor, district: Organisation) -> bool:
    """Does `user` hold any seat in a forum of the district?"""
    return any(a.seat.forum.district_id == district.pk for a in appointments(user))


def employed_in(user: Actor, district: Organisation) -> bool:
    """Does `user` work for the district, one of its municipalities or somebody with a seat in its fora?

    With or without a seat herself.
    """
    mine = current_memberships(user, clock.today())
    own = (
        Q(organisation=district)
        | Q(organisation__seats__forum__district=district)
        | Q(organisation__municipal_fora__district=district)
    )
    return mine.filter(own).exists()


def my_seats(user: Actor, forum: Forum, *functions: str) -> list[Seat]:
    """The seats of `forum` that `user` holds in one of the functions."""
    return [a.seat for a in appointments(user) if a.seat.forum_id == forum.pk and a.function in functions]


def visible_fora(user: Actor, district: Organisation) -> ForumQuerySet:
    """The register of fora: everybody who works in the district sees which bodies exist."""
    fora = Forum.objects.of_district(district)
    return fora if works_in(user, district) else fora.none()


def visible_meetings(user: Actor, district: Organisation) -> MeetingQuerySet:
    """Meetings of the fora that `user` belongs to; guests see the published part only, like the public."""
    ids = [a.seat.forum_id for a in appointments(user) if a.function in INSIDE]
    return Meeting.objects.filter(forum__in=ids, forum__district=district)


@permission
def register_forum(user: Actor, district: Organisation) -> None:
    """The secretariat of the kredsråd keeps the register of fora (plan 2022, annex 1)."""
    require(
        is_secretary(user, district),
        "Kun kredsrådets sekretariat kan ændre listen over fora. Skriv til sekretariatet.",
    )


@permission
def appoint(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair, and the kredsråd's secretariat, give and end appointments."""
    require(
        keeps(user, forum),
        f"Kun formanden og sekretariatet kan ændre, hvem der sidder i {forum}.",
    )


def whose_yes(seat: Seat, function: str, by: Actor) -> Yes:
    """Who has to say yes when `by` gives the seat to somebody.

    The seat's organisation; those in the forum that is read; a second person for who decides in the kredsråd
    or sits for nobody. Set-up asks nobody.
    """
    if not isinstance(by, User):
        return Yes.NOBODY
    if seat.organisation is not None and not works_for(by, seat.organisation):
        return Yes.ORGANISATION
    decides = function in (*DECIDES, Function.DEPUTY)
    if decides and (seat.forum.is_kredsraad or seat.organisation is None):
        return Yes.SECOND
    if function in INSIDE and not holds(by, seat.forum, *INSIDE):
        return Yes.FORUM
    return Yes.NOBODY


def works_for(user: Actor, organisation: Organisation) -> bool:
    """Does the person work for the organisation today?"""
    return current_memberships(user, clock.today()).filter(organisation=organisation).exists()


@permission
def confirm(user: Actor, appointment: Appointment) -> None:
    """The one whose yes an appointment waits for, who neither proposed it nor gets the seat."""
    require(appointment.waits_for, "Udpegningen venter ikke på nogen.")
    require(
        user.pk not in (appointment.proposed_by_id, appointment.user_id),
        "Ingen siger ja til sin egen plads eller til sit eget forslag. Bed en anden om det.",
    )
    require(says_yes(user, appointment), f"Udpegningen {appointment.waits_words}.")


def says_yes(user: Actor, appointment: Appointment) -> bool:
    """Is the person one of those who answer for whom the appointment waits?"""
    seat, forum = appointment.seat, appointment.seat.forum
    administers = has_right(user, seat.answers, Membership.Right.ADMINISTRATOR)
    if appointment.waits_for == Yes.FORUM:
        sits = Appointment.objects.in_force(clock.today()).filter(seat__forum=forum, function__in=DECIDES)
        if sits.exists():
            return holds(user, forum, *DECIDES)
        return administers
    if administers:
        return True
    if appointment.waits_for == Yes.ORGANISATION:
        return speaks_for(user, seat.organisation, *DECIDES)
    return holds(user, forum, Function.SECRETARY, Function.CHAIR)


def seat_organisations(user: Actor, forum: Forum) -> QuerySet[Organisation]:
    """To whom a new seat may belong.

    The forum's municipalities, district and convenor; the kredsråd's secretariat chooses freely.
    """
    if is_secretary(user, forum.district):
        return Organisation.objects.order_by("name")
    return Organisation.objects.filter(
        Q(pk__in=forum.municipalities.values("pk"))
        | Q(pk__in=[forum.district_id, forum.convenor_id or forum.district_id])
    )


@permission
def see_bin(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair, and the kredsråd's secretariat, look into its bin."""
    require(
        keeps(user, forum),
        f"Kun sekretariatet og formanden kan se papirkurven for {forum}.",
    )


@permission
def see_inside(user: Actor, forum: Forum) -> None:
    """Members, deputies, assistants and the secretariat read a forum's working papers."""
    require(holds(user, forum, *INSIDE), f"Du har ikke en plads i {forum}.")


@permission
def prepare(user: Actor, forum: Forum) -> None:
    """The secretariat or the chair plans meetings and writes agendas and minutes."""
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden kan forberede møder i {forum}. Send dit ønske til dem.",
    )


@permission
def set_rules(user: Actor, forum: Forum) -> None:
    """The chair decides the forum's own rules and whether the secretariat may release for it."""
    require(
        holds(user, forum, Function.CHAIR),
        f"Kun formanden for {forum} kan ændre reglerne og give sekretariatet mandat.",
    )


@permission
def send_apology(user: Actor, meeting: Meeting) -> None:
    """A member, who prepares for her, or the secretariat tells beforehand that a seat cannot come."""
    require(apology_seats(user, meeting), f"Kun medlemmer og sekretariat i {meeting.forum} kan melde afbud.")
    require(meeting.status in (MeetingStatus.PLANNED, MeetingStatus.CALLED), "Mødet er holdt eller aflyst.")


def apology_seats(user: Actor, meeting: Meeting) -> list[Seat]:
    """For which seats `user` may send an apology: her own, those she prepares for; the secretary for all."""
    if prepare.allows(user, meeting.forum):
        return list(meeting.forum.seats.filter(member=True))
    return [seat for seat in my_seats(user, meeting.forum, *DECIDES, Function.ASSISTANT) if seat.member]


@permission
def change_meeting(user: Actor, meeting: Meeting) -> None:
    """Where and how a meeting is held can be corrected until its minutes are sent."""
    prepare.check(user, meeting.forum)
    require(
        meeting.status in (MeetingStatus.PLANNED, MeetingStatus.CALLED, MeetingStatus.HELD),
        "Referatet er sendt, eller mødet er aflyst. Tag referatet tilbage, før du retter mødet.",
    )


@permission
def reinstate_meeting(user: Actor, meeting: Meeting) -> None:
    """The secretariat or the chair takes a cancellation back."""
    prepare.check(user, meeting.forum)
    require(meeting.is_cancelled, "Mødet er ikke aflyst.")


@permission
def reply_in_writing(user: Actor, meeting: Meeting) -> None:
    """In a written procedure each member answers the items for her seat until it is closed."""
    require(
        holds(user, meeting.forum, *DECIDES),
        f"Kun medlemmer af {meeting.forum} svarer i en skriftlig behandling.",
    )
    require(meeting.written, "Mødet er ikke en skriftlig behandling.")
    require(
        meeting.status == MeetingStatus.CALLED,
        "Den skriftlige behandling er ikke sendt ud, eller den er afsluttet.",
    )


@permission
def edit_agenda(user: Actor, meeting: Meeting) -> None:
    """The agenda is written until the meeting is held; after the call additions are supplementary."""
    prepare.check(user, meeting.forum)
    require(not meeting.is_cancelled, "Mødet er aflyst. Dagsordenen kan ikke ændres.")
    require(
        meeting.status in (MeetingStatus.PLANNED, MeetingStatus.CALLED),
        "Mødet er holdt. Dagsordenen kan ikke ændres mere; skriv i referatet.",
    )


@permission
def order_agenda(user: Actor, meeting: Meeting) -> None:
    """The order of an agenda is chosen until it is sent out."""
    edit_agenda.check(user, meeting)
    require(
        meeting.is_planned,
        "Dagsordenen er sendt ud, og punkterne beholder deres numre. Nye punkter kommer sidst.",
    )


@permission
def write_minutes(user: Actor, meeting: Meeting) -> None:
    """Minutes are written after the meeting was held and until they are sent."""
    prepare.check(user, meeting.forum)
    require(meeting.status != MeetingStatus.CANCELLED, "Mødet er aflyst. Der er intet at skrive referat af.")
    require(meeting.is_over, "Mødet er ikke holdt endnu.")
    require(
        meeting.status != MeetingStatus.APPROVED,
        "Referatet er godkendt og kan ikke ændres. Skriv rettelsen på næste møde.",
    )
    require(
        meeting.status == MeetingStatus.HELD,
        "Referatet er sendt til godkendelse. Tag det tilbage, før du retter.",
    )


@permission
def remind_of_minutes(user: Actor, meeting: Meeting) -> None:
    """The secretariat or the chair reminds those who have not answered to the minutes."""
    prepare.check(user, meeting.forum)
    require(meeting.awaits_approval, "Referatet er ikke til godkendelse.")


@permission
def reply_to_minutes(user: Actor, meeting: Meeting) -> None:
    """Those who were present approve the minutes: the member, or the deputy where the member was missing."""
    require(holds(user, meeting.forum, *INSIDE), f"Du har ikke en plads i {meeting.forum}.")
    require(meeting.status == MeetingStatus.MINUTES_SENT, "Referatet er ikke til godkendelse.")
    require(
        holds(user, meeting.forum, *DECIDES, Function.DEPUTY, Function.ASSISTANT),
        "De, der var til stede på mødet, godkender referatet.",
    )
    require(
        holds(user, meeting.forum, *DECIDES, Function.DEPUTY),
        "Du forbereder for pladsen. Kun den, der sidder på den, kan godkende referatet.",
    )
    require(reply_seat(user, meeting), "Kun de, der var til stede, godkender referatet.")


def reply_seat(user: Actor, meeting: Meeting) -> Seat | None:
    """The seat for which `user` may answer to the minutes, if any."""
    present = {a.seat_id: (a.presence, a.holder_id) for a in meeting.attendance.all()}
    for held in appointments(user):
        presence, sat_there = present.get(held.seat_id, ("", None))
        if sat_there is not None and sat_there != user.pk:
            continue  # somebody else held the seat that day
        sat = held.function in DECIDES and presence == Attendance.Presence.PRESENT
        stood_in = held.function == Function.DEPUTY and presence == Attendance.Presence.DEPUTY
        if sat or stood_in:
            return held.seat
    return None


@permission
def settle_minutes(user: Actor, meeting: Meeting) -> None:
    """When the day for objections has passed, the secretariat settles that the minutes are approved."""
    prepare.check(user, meeting.forum)
    require(meeting.status == MeetingStatus.MINUTES_SENT, "Referatet er ikke til godkendelse.")
    due = meeting.objections_due_on
    require(due is not None and due < clock.today(), "Fristen for bemærkninger er ikke gået endnu.")


@permission
def publish_open_part(user: Actor, meeting: Meeting) -> None:
    """The secretariat publishes the open part of approved minutes
    (retsplejeloven § 111: inform the public).
    """
    prepare.check(user, meeting.forum)
    require(meeting.status == MeetingStatus.APPROVED, "Referatet skal først være godkendt.")
    require(meeting.published_at is None, "Den åbne del er allerede offentlig.")


@permission
def withdraw_open_part(user: Actor, meeting: Meeting) -> None:
    """The secretariat or the chair takes published minutes out of the public again, and says why."""
    prepare.check(user, meeting.forum)
    require(meeting.published_at is not None, "Den åbne del er ikke offentlig.")


@permission
def hold_back(user: Actor, meeting: Meeting) -> None:
    """An item can be closed at the meeting and after; once the minutes are sent it is not opened again."""
    prepare.check(user, meeting.forum)
    require(meeting.is_over, "Mødet er ikke holdt endnu. Ret punktet på dagsordenen.")


@permission
def answer_forwarded(user: Actor, forum: Forum) -> None:
    """A forum's chair, members or secretariat tell that an item sent to them was dealt with."""
    require(
        holds(user, forum, *DECIDES, Function.SECRETARY),
        f"Kun medlemmer og sekretariat i {forum} kan svare.",
    )
