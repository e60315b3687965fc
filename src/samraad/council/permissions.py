"""Who may do what with fora, meetings, commitments and the wheel. All rights come from appointments to seats."""

from typing import Any

from django.db.models import Q, QuerySet

from samraad import clock
from samraad.accounts.models import Organisation, current_memberships
from samraad.accounts.permission import permission, require
from samraad.council.models import (
    Appointment,
    Attendance,
    Commitment,
    Forum,
    Function,
    Meeting,
    Seat,
    Station,
)
from samraad.council.models.commitment import CommitmentQuerySet
from samraad.council.models.forum import ForumQuerySet
from samraad.council.models.meeting import MeetingQuerySet
from samraad.council.states import CommitmentStatus, MeetingStatus

DECIDES = (Function.CHAIR, Function.MEMBER)
INSIDE = (*DECIDES, Function.DEPUTY, Function.ASSISTANT, Function.SECRETARY)
AROUND = ("council.pact", "council.localevent", "council.advice")  # what `keep_network` is about


def appointments(user: Any) -> list[Appointment]:
    """The appointments `user` holds today; read once per request, so access ends on the next one."""
    if not user.is_authenticated or not user.is_active:
        return []
    kept: list[Appointment] | None = getattr(user, "held_this_request", None)
    if kept is not None:
        return kept
    held = list(
        Appointment.objects.in_force(clock.today())
        .filter(user=user)
        .select_related("seat__forum__district", "seat__organisation")
        .order_by("seat__forum__kind", "seat__position")
    )
    if getattr(user, "in_request", False):
        user.held_this_request = held
    return held


def holds(user: Any, forum: Forum, *functions: str) -> bool:
    """Does `user` hold a seat of `forum` in one of the functions?"""
    return any(a.seat.forum_id == forum.pk and a.function in functions for a in appointments(user))


def speaks_for(user: Any, organisation: Organisation | None, *functions: str) -> bool:
    """Does `user` hold a seat that belongs to `organisation`, in one of the functions, in any council?"""
    return organisation is not None and any(
        a.seat.organisation_id == organisation.pk
        and a.function in functions
        and a.seat.forum.kind in (Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD)
        for a in appointments(user)
    )


def decides_for(user: Any, commitment: Commitment) -> bool:
    """Does `user` sit on the owner's own seat in the forum that follows the promise (a mayor in the kredsråd, a member in a lokalråd)?

    Where the owner has no seat there, its seat in any council decides.
    """
    owner, forum = commitment.owner_id, commitment.forum
    own = forum.seats.filter(organisation=owner, member=True).exists()
    if own:
        return any(
            a.seat.forum_id == forum.pk and a.seat.organisation_id == owner and a.function in DECIDES
            for a in appointments(user)
        )
    return speaks_for(user, commitment.owner, *DECIDES)


def works_for_owner(user: Any, commitment: Commitment) -> bool:
    """Does `user` belong to the owner's seat in the forum that follows the promise (or, without one there, in any council)?"""
    owner, forum = commitment.owner_id, commitment.forum
    if forum.seats.filter(organisation=owner).exists():
        return any(
            a.seat.forum_id == forum.pk and a.seat.organisation_id == owner and a.function in INSIDE
            for a in appointments(user)
        )
    return speaks_for(user, commitment.owner, *INSIDE)


def is_secretary(user: Any, district: Organisation) -> bool:
    """Does `user` serve in the secretariat of the district's kredsråd?"""
    return any(
        a.function == Function.SECRETARY
        and a.seat.forum.is_kredsraad
        and a.seat.forum.district_id == district.pk
        for a in appointments(user)
    )


def works_in(user: Any, district: Organisation) -> bool:
    """Does `user` hold any seat in a forum of the district?"""
    return any(a.seat.forum.district_id == district.pk for a in appointments(user))


def employed_in(user: Any, district: Organisation) -> bool:
    """Does `user` work for the district, one of its municipalities or somebody with a seat in its fora, with or without a seat herself?"""
    mine = current_memberships(user, clock.today())
    own = (
        Q(organisation=district)
        | Q(organisation__seats__forum__district=district)
        | Q(organisation__municipal_fora__district=district)
    )
    return mine.filter(own).exists()


def my_seats(user: Any, forum: Forum, *functions: str) -> list[Seat]:
    """The seats of `forum` that `user` holds in one of the functions."""
    return [a.seat for a in appointments(user) if a.seat.forum_id == forum.pk and a.function in functions]


def visible_fora(user: Any, district: Organisation) -> ForumQuerySet:
    """The register of fora: everybody who works in the district sees which bodies exist."""
    fora = Forum.objects.of_district(district)
    return fora if works_in(user, district) else fora.none()


def visible_meetings(user: Any, district: Organisation) -> MeetingQuerySet:
    """Meetings of the fora that `user` belongs to; guests see the published part only, like the public."""
    ids = [a.seat.forum_id for a in appointments(user) if a.function in INSIDE]
    return Meeting.objects.filter(forum__in=ids, forum__district=district)


def visible_commitments(user: Any, district: Organisation) -> CommitmentQuerySet:
    """Promises of the fora I belong to, those of my organisation (a draft asks nobody yet), for the secretariat all of the kredsråd's."""
    held = [a for a in appointments(user) if a.function in INSIDE]
    fora = [a.seat.forum_id for a in held]
    owners = [a.seat.organisation_id for a in held if a.seat.organisation_id]
    mine = Commitment.objects.of_district(district)
    return mine.filter(forum__in=fora) | mine.filter(owner__in=owners).exclude(status=CommitmentStatus.DRAFT)


@permission
def register_forum(user: Any, district: Organisation) -> None:
    """The secretariat of the kredsråd keeps the register of fora (plan 2022, annex 1)."""
    require(
        is_secretary(user, district),
        "Kun kredsrådets sekretariat kan ændre listen over fora. Skriv til sekretariatet.",
    )


@permission
def appoint(user: Any, forum: Forum) -> None:
    """A forum's secretariat or chair, and the kredsråd's secretariat, give and end appointments."""
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR) or is_secretary(user, forum.district),
        f"Kun formanden og sekretariatet kan ændre, hvem der sidder i {forum}.",
    )


def seat_organisations(user: Any, forum: Forum) -> QuerySet[Organisation]:
    """To whom a new seat may belong: the forum's municipalities, district and convenor; the kredsråd's secretariat chooses freely."""
    if is_secretary(user, forum.district):
        return Organisation.objects.order_by("name")
    return Organisation.objects.filter(
        Q(pk__in=forum.municipalities.values("pk"))
        | Q(pk__in=[forum.district_id, forum.convenor_id or forum.district_id])
    )


@permission
def change_all_seats(user: Any, forum: Forum) -> None:
    """After an election the kredsråd's secretariat changes all mayors' seats in one act."""
    require(
        is_secretary(user, forum.district),
        "Kun kredsrådets sekretariat kan skifte alle borgmesterpladser på én gang.",
    )


@permission
def see_inside(user: Any, forum: Forum) -> None:
    """Members, deputies, assistants and the secretariat read a forum's working papers."""
    require(holds(user, forum, *INSIDE), f"Du har ikke en plads i {forum}.")


@permission
def prepare(user: Any, forum: Forum) -> None:
    """The secretariat or the chair plans meetings and writes agendas and minutes."""
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden kan forberede møder i {forum}. Send dit ønske til dem.",
    )


@permission
def enter_seminar(user: Any, forum: Forum) -> None:
    """A forum's secretariat or chair enters its seminars; the kredsråd's secretariat does where a forum has no secretary of its own."""
    own = Appointment.objects.current(clock.today()).filter(seat__forum=forum, function=Function.SECRETARY)
    if not own.exists() and is_secretary(user, forum.district):
        return
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden for {forum} kan skrive seminarer ind. Har det intet sekretariat, gør kredsrådets det.",
    )


@permission
def ask_for_extra_meeting(user: Any, forum: Forum) -> None:
    """Any member may ask for an extra meeting (BEK 1426 of 2006 § 3)."""
    require(
        holds(user, forum, *DECIDES, Function.DEPUTY), f"Kun medlemmer af {forum} kan bede om et ekstra møde."
    )


@permission
def set_rules(user: Any, forum: Forum) -> None:
    """The chair decides the forum's own rules and whether the secretariat may release for it (design decision 5)."""
    require(
        holds(user, forum, Function.CHAIR),
        f"Kun formanden for {forum} kan ændre reglerne og give sekretariatet mandat.",
    )


@permission
def send_apology(user: Any, meeting: Meeting) -> None:
    """A member tells beforehand that she cannot come, so that her deputy can."""
    require(holds(user, meeting.forum, *DECIDES), f"Kun medlemmer af {meeting.forum} kan melde afbud.")
    require(meeting.status in (MeetingStatus.PLANNED, MeetingStatus.CALLED), "Mødet er holdt eller aflyst.")


@permission
def reply_in_writing(user: Any, meeting: Meeting) -> None:
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
def edit_agenda(user: Any, meeting: Meeting) -> None:
    """The agenda is written until the meeting is held; after the call additions are supplementary."""
    prepare.check(user, meeting.forum)
    require(
        meeting.status in (MeetingStatus.PLANNED, MeetingStatus.CALLED),
        "Mødet er holdt. Dagsordenen kan ikke ændres mere; skriv i referatet.",
    )


@permission
def write_minutes(user: Any, meeting: Meeting) -> None:
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
def reply_to_minutes(user: Any, meeting: Meeting) -> None:
    """Those who were present approve the minutes: the member, or the deputy where the member was missing."""
    require(holds(user, meeting.forum, *INSIDE), f"Du har ikke en plads i {meeting.forum}.")
    require(meeting.status == MeetingStatus.MINUTES_SENT, "Referatet er ikke til godkendelse.")
    require(
        holds(user, meeting.forum, *DECIDES, Function.DEPUTY),
        "Du forbereder for pladsen. Kun den, der sidder på den, kan godkende referatet.",
    )
    require(reply_seat(user, meeting), "Kun de, der var til stede, godkender referatet.")


def reply_seat(user: Any, meeting: Meeting) -> Seat | None:
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
def settle_minutes(user: Any, meeting: Meeting) -> None:
    """When the day for objections has passed, the secretariat settles that the minutes are approved."""
    prepare.check(user, meeting.forum)
    require(meeting.status == MeetingStatus.MINUTES_SENT, "Referatet er ikke til godkendelse.")
    due = meeting.objections_due_on
    require(due is not None and due < clock.today(), "Fristen for bemærkninger er ikke gået endnu.")


@permission
def publish_open_part(user: Any, meeting: Meeting) -> None:
    """The secretariat publishes the open part of approved minutes (retsplejeloven § 111: inform the public)."""
    prepare.check(user, meeting.forum)
    require(meeting.status == MeetingStatus.APPROVED, "Referatet skal først være godkendt.")
    require(meeting.published_at is None, "Den åbne del er allerede offentlig.")


@permission
def answer_forwarded(user: Any, forum: Forum) -> None:
    """A forum's chair, members or secretariat tell that an item sent to them was dealt with."""
    require(
        holds(user, forum, *DECIDES, Function.SECRETARY),
        f"Kun medlemmer og sekretariat i {forum} kan svare.",
    )


@permission
def propose_commitment(user: Any, forum: Forum) -> None:
    """A forum's secretariat or chair writes down what was promised and by whom."""
    prepare.check(user, forum)


@permission
def answer_commitment(user: Any, commitment: Commitment) -> None:
    """An organisation is bound only by its own: its member of a council accepts or declines (a mayor cannot be bound by others)."""
    if commitment.outside or commitment.owner is None:
        require(
            holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
            "Løftet ligger hos en myndighed uden for kredsen. Sekretariatet skriver, hvad den har svaret.",
        )
        return
    decides = decides_for(user, commitment)
    require(
        decides or not speaks_for(user, commitment.owner, *INSIDE),
        f"Kun den, der sidder på pladsen i {commitment.forum}, kan svare for {commitment.owner}. Du kan forberede svaret.",
    )
    require(decides, f"Kun {commitment.owner} kan sige ja eller nej til løftet.")


@permission
def report_progress(user: Any, commitment: Commitment) -> None:
    """The owner reports; for an outside body the secretariat does."""
    if commitment.outside or commitment.owner is None:
        require(
            holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
            "Sekretariatet melder status for dette løfte.",
        )
        return
    seat = any(a.seat_id == commitment.owner_seat_id and a.function in INSIDE for a in appointments(user))
    require(
        seat or works_for_owner(user, commitment), f"Kun {commitment.owner_text} kan melde status på løftet."
    )


@permission
def release_progress(user: Any, commitment: Commitment) -> None:
    """Progress becomes public when the one who decides for its owner releases it."""
    if commitment.outside or commitment.owner is None:
        report_progress.check(user, commitment)
        return
    require(
        decides_for(user, commitment),
        f"Kun den, der beslutter for {commitment.owner}, kan gøre status offentlig.",
    )


@permission
def confirm_done(user: Any, commitment: Commitment) -> None:
    """A second person confirms what one has reported done."""
    require(commitment.status == CommitmentStatus.REPORTED, "Løftet er ikke meldt udført.")
    report = report_progress.allows(user, commitment) or holds(
        user, commitment.forum, Function.SECRETARY, Function.CHAIR
    )
    require(report, "Kun den ansvarlige organisation og sekretariatet kan bekræfte, at løftet er udført.")
    require(commitment.reported_by != user.pk, "Du har selv meldt det udført. En anden skal bekræfte det.")


@permission
def correct_commitment(user: Any, commitment: Commitment) -> None:
    """The forum's secretariat or chair puts a promise right until its owner has answered."""
    require(
        holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden i {commitment.forum} kan rette løftet.",
    )
    require(
        commitment.status in (CommitmentStatus.DRAFT, CommitmentStatus.PROPOSED),
        "Løftet er besvaret og kan ikke skrives om. Flyt fristen med en grund, eller lad det udgå.",
    )


@permission
def change_commitment(user: Any, commitment: Commitment) -> None:
    """The forum's secretariat or chair moves a date or drops a promise, with a reason."""
    require(
        holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden i {commitment.forum} kan flytte fristen eller lade løftet udgå.",
    )


@permission
def keep_station(user: Any, station: Station) -> None:
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
def keep_network(user: Any, forum: Forum) -> None:
    """A forum's secretariat or chair, and the kredsråd's secretariat, enter its agreements, events and advice."""
    require(
        holds(user, forum, Function.SECRETARY, Function.CHAIR) or is_secretary(user, forum.district),
        f"Kun sekretariatet og formanden kan skrive aftaler og rådgivning ind for {forum}.",
    )


@permission
def keep_partners(user: Any, municipality: Organisation) -> None:
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
