"""What waits for a person, from every room she belongs to; late first, then nearest date."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import current_memberships
from samraad.council import permissions as council
from samraad.council.models import Appointment, Commitment, Forum, Forwarding, Function, Seat, Station
from samraad.council.states import MeetingStatus
from samraad.guide.models import Guide
from samraad.look.danish import dato
from samraad.plan import permissions as plans
from samraad.plan import queries as plan_queries
from samraad.plan.models import Hearing, Party, Plan


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, why, by when, and the button that does it. `decide` is false for one who only prepares."""

    title: str
    why: str
    url: str
    button: str
    due_on: date | None = None

    @property
    def late(self) -> bool:
        """Has its day passed?"""
        return self.due_on is not None and self.due_on < clock.today()


def tasks(user: Any) -> list[Task]:
    """Everything that waits for `user` today."""
    held = council.appointments(user)
    found: list[Task] = []
    for forum in {a.seat.forum_id: a.seat.forum for a in held}.values():
        functions = {a.function for a in held if a.seat.forum_id == forum.pk}
        if functions & {*council.DECIDES, Function.DEPUTY}:
            found += _minutes(user, forum)
        if Function.ASSISTANT in functions:
            found += _minutes_to_prepare(user, forum)
        if functions & {Function.SECRETARY, Function.CHAIR}:
            found += _meetings(forum, functions)
        if functions & set(council.INSIDE):
            found += _forwarded(forum, functions)
        if forum.is_lokalraad and functions & set(plans.WRITES):
            found += _answers(forum)
    organisations = {
        a.seat.organisation_id: a for a in held if a.seat.organisation_id and a.function in council.INSIDE
    }
    found += _commitments(
        user, list(organisations), [a.seat_id for a in held if a.function in council.INSIDE]
    )
    found += _held_hearings({a.seat.forum for a in held if a.function == Function.SECRETARY})
    found += _stations(user, held)
    found += _hearings(user)
    found += _guides(user)
    unique = {(task.title, task.url): task for task in found}
    return sorted(unique.values(), key=lambda t: (t.due_on is None, t.due_on or date.max, t.title))


def _slug(forum: Forum) -> str:
    return str(forum.district.slug)


def _minutes(user: Any, forum: Forum) -> list[Task]:
    out = []
    waiting = (
        forum.meetings.filter(status=MeetingStatus.MINUTES_SENT)
        .select_related("forum__district")
        .prefetch_related("attendance", "replies")
    )
    for meeting in waiting:
        seat = council.reply_seat(user, meeting)
        if seat is not None and all(reply.seat_id != seat.pk for reply in meeting.replies.all()):
            url = reverse("council:meeting", args=[_slug(forum), meeting.pk])
            covered = sum(a.covered for a in meeting.attendance.all())
            why = f"{len(meeting.replies.all())} af {covered} har svaret."
            out.append(
                Task(
                    f"Godkend referatet fra {dato(meeting.starts_at)}",
                    why,
                    url,
                    "Læs og godkend",
                    meeting.objections_due_on,
                )
            )
    return out


def _minutes_to_prepare(user: Any, forum: Forum) -> list[Task]:
    """Minutes that the seat I prepare for was covered at and has not answered."""
    seats = {seat.pk: seat for seat in council.my_seats(user, forum, Function.ASSISTANT)}
    waiting = forum.meetings.filter(status=MeetingStatus.MINUTES_SENT).prefetch_related(
        "attendance", "replies"
    )
    out = []
    for meeting in waiting:
        answered = {reply.seat_id for reply in meeting.replies.all()}
        for row in meeting.attendance.all():
            if row.covered and row.seat_id in seats and row.seat_id not in answered:
                url = reverse("council:meeting", args=[_slug(forum), meeting.pk])
                why = f"{seats[row.seat_id]} skal svare. Læs det igennem for pladsen."
                out.append(
                    Task(
                        f"Forbered svaret på referatet fra {dato(meeting.starts_at)}",
                        why,
                        url,
                        "Læs",
                        meeting.objections_due_on,
                    )
                )
    return out


def _meetings(forum: Forum, functions: set[str]) -> list[Task]:
    today = clock.today()
    out = []
    coming = (
        forum.meetings.coming(today)
        .filter(status=MeetingStatus.PLANNED)
        .prefetch_related("items__papers")
        .first()
    )  # type: ignore[attr-defined]
    if coming is not None:
        items = list(coming.items.all())
        papers = sum(1 for item in items if item.papers.all())
        why = (
            f"{len(items)} punkter, {papers} med bilag. Dagsordenen er ikke sendt ud."
            if items
            else "Dagsordenen er tom."
        )
        url = reverse("council:meeting", args=[_slug(forum), coming.pk])
        out.append(
            Task(
                f"Forbered mødet i {forum} {dato(coming.starts_at)}",
                why,
                url,
                "Skriv dagsorden",
                coming.wishes_due_on or coming.starts_at.date(),
            )
        )
    begun = forum.meetings.filter(
        status__in=[MeetingStatus.CALLED, MeetingStatus.HELD], starts_at__lt=clock.now()
    )  # type: ignore[attr-defined]
    for meeting in begun[:4]:
        held = meeting.status == MeetingStatus.HELD
        url = reverse("council:meeting" if held else "council:meeting_hold", args=[_slug(forum), meeting.pk])
        what, button = ("referatet", "Skriv referat") if held else ("fremmødet", "Skriv fremmøde")
        out.append(
            Task(
                f"Skriv {what} fra {forum} {dato(meeting.starts_at)}",
                "Mødet er holdt.",
                url,
                button,
                meeting.starts_at.date(),
            )
        )
    if Function.CHAIR in functions:
        for plan in forum.plans.filter(status="draft").select_related("item__meeting"):  # type: ignore[attr-defined]
            if plan.item is not None and plan.is_discussed:
                url = reverse("plan:publish", args=[_slug(forum), plan.pk])
                out.append(
                    Task(
                        f"Offentliggør {plan}",
                        f"Drøftet {dato(plan.item.meeting.starts_at)}.",
                        url,
                        "Se og offentliggør",
                    )
                )
    return out


def _forwarded(forum: Forum, functions: set[str]) -> list[Task]:
    if not functions & {Function.SECRETARY, *council.DECIDES}:
        return []
    rows = Forwarding.objects.filter(forum=forum, treated_on=None).select_related("item__meeting__forum")
    url = "council:forward_answer"
    return [
        Task(
            f"Svar: hvornår tog {forum} “{row.item}” op?",
            f"Sendt fra {row.item.meeting.forum}.",
            reverse(url, args=[_slug(forum), row.pk]),
            "Svar",
            row.due_on,
        )
        for row in rows
    ]


def _answers(forum: Forum) -> list[Task]:
    """What a lokalråd owes to the plans that are released; a draft asks for nothing."""
    asking = plan_queries.followed(plan_queries.open_plans(forum.district), clock.today())
    return [task for plan in asking for task in _answers_to(plan, forum)]


def _answers_to(plan: Plan, forum: Forum) -> list[Task]:
    own = Plan.objects.action().filter(forum=forum, district_plan=plan).first()
    if own is None:
        asked = plan_queries.leaves(plan).filter(addressees=forum).count()
        url = reverse("plan:plans", args=[_slug(forum)])
        return (
            [
                Task(
                    f"Begynd handleplanen for {plan.year}",
                    f"{forum} er spurgt om {asked} områder.",
                    url,
                    "Begynd",
                    plan.answers_due_on,
                )
            ]
            if asked
            else []
        )
    sent, asked = plan_queries.answer_state(own)
    reminder = plan.reminders.filter(forum=forum).first()
    said = f" Sekretariatet mindede jer om det {dato(reminder.at)}." if reminder else ""
    url = reverse("plan:plan", args=[_slug(forum), own.pk]) + "#svar"
    out = []
    if sent < asked:
        left = asked - sent
        out.append(
            Task(
                f"Svar på {left} {'område' if left == 1 else 'områder'}",
                f"{forum}: {sent} af {asked} er sendt.{said}",
                url,
                "Svar nu",
                plan.answers_due_on,
            )
        )
    again = own.answers.filter(look_again=True).count()
    if again:
        out.append(Task(f"Se på {again} svar igen", "Planen er ændret, siden I svarede.", url, "Se svarene"))
    return out


def _commitments(user: Any, organisations: list[int], seats: list[int]) -> list[Task]:
    out = []
    rows = Commitment.objects.filter(owner__in=organisations, outside=False).select_related(
        "owner", "owner_seat", "forum__district"
    )
    represented = set(
        Seat.objects.filter(organisation__in=organisations).values_list("forum_id", "organisation_id")
    )
    held = {
        (a.seat.forum_id, a.seat.organisation_id)
        for a in council.appointments(user)
        if a.function in council.INSIDE
    }

    def _mine(
        row: Commitment,
    ) -> bool:  # a promise with a seat of its own is that seat's, else that of the owner's seat in its forum
        if row.owner_seat_id:
            return row.owner_seat_id in seats
        pair = (row.forum_id, row.owner_id)
        return pair in held or pair not in represented

    soon = date.fromordinal(clock.today().toordinal() + 30)
    open_rows = list(rows.filter(status__in=["proposed", "accepted", "in_progress", "reported"]))
    for row in [row for row in open_rows if row.status == "proposed"]:
        decides = council.answer_commitment.allows(user, row)
        why = (
            f"Foreslået af {row.forum}."
            if decides
            else f"Foreslået af {row.forum}. Forbered svaret; pladsens indehaver beslutter."
        )
        out.append(
            Task(
                f"Svar på løftet: {row}",
                why,
                reverse("council:commitment", args=[row.forum.district.slug, row.pk]),
                "Svar" if decides else "Forbered",
                row.due_on,
            )
        )
    for row in [
        r
        for r in open_rows
        if r.status in ("accepted", "in_progress") and r.due_on and r.due_on <= soon and _mine(r)
    ]:
        out.append(
            Task(
                f"Meld status: {row}",
                f"Løfte fra {row.forum}.",
                reverse("council:commitment", args=[row.forum.district.slug, row.pk]),
                "Meld status",
                row.due_on,
            )
        )
    for row in [row for row in open_rows if row.status == "reported"]:
        if council.confirm_done.allows(user, row):
            out.append(
                Task(
                    f"Bekræft: {row}",
                    "Meldt udført. En anden skal bekræfte det.",
                    reverse("council:commitment", args=[row.forum.district.slug, row.pk]),
                    "Bekræft",
                    row.due_on,
                )
            )
    return out


def _hearings(user: Any) -> list[Task]:
    """Hearings that my organisation was asked in and has not answered."""
    mine = current_memberships(user, clock.today()).values("organisation")
    rows = Party.objects.filter(
        organisation__in=mine, replied_at=None, hearing__closed_at=None
    ).select_related("hearing__plan__forum__district")
    return [
        Task(
            f"Svar på høringen om {row.hearing.plan}",
            f"{row} bliver hørt.",
            reverse("plan:hearing_reply", args=[row.hearing.plan.forum.district.slug, row.pk]),
            "Læs og svar",
            row.due_on,
        )
        for row in rows
        if row.due_on >= clock.today()
    ]


def _held_hearings(fora: set[Forum]) -> list[Task]:
    """Hearings that my fora hold, whose last day has passed or where somebody has replied and waits for what was done."""
    today = clock.today()
    out = []
    held = (
        Hearing.objects.filter(plan__forum__in=fora, closed_at=None).select_related("plan__forum__district")
        if fora
        else []
    )
    for row in held:
        unsettled = plan_queries.open_remarks(row).count()
        over = all(party.due_on < today or party.replied_at for party in row.parties.all())
        if unsettled or over:
            why = (
                f"{unsettled} bemærkninger mangler en behandling."
                if unsettled
                else "Alle har svaret, eller fristen er gået."
            )
            url = reverse("plan:hearing", args=[row.plan.forum.district.slug, row.pk])
            out.append(Task(f"Behandl høringen om {row.plan}", why, url, "Behandl", row.due_on))
    return out


def _guides(user: Any) -> list[Task]:
    """Guides of my organisation that are to be looked through within a month."""
    owners = [
        a.seat.organisation_id
        for a in council.appointments(user)
        if a.seat.organisation_id and a.function in council.INSIDE
    ]
    soon = date.fromordinal(clock.today().toordinal() + 30)
    rows = Guide.objects.filter(owner__in=owners, review_on__lte=soon).select_related("district")
    return [
        Task(
            f"Se vejledningen efter: {row}",
            "Læserne ser, hvornår den er set efter.",
            reverse("guide:guide", args=[row.district.slug, row.pk]),
            "Se den",
            row.review_on,
        )
        for row in rows
    ]


def _stations(user: Any, held: list[Appointment]) -> list[Task]:
    year = clock.today().year
    mine = [a.seat.forum for a in held if a.seat.forum.is_lokalraad and a.function in council.DECIDES]
    if not mine:
        return []
    stale = (
        Station.objects.filter(municipality__municipal_fora__in=mine)
        .exclude(hours_confirmed_on__year=year)
        .select_related("district")
        .distinct()
    )
    return [
        Task(
            f"Bekræft åbningstiderne for {row} i {year}",
            "Borgerne ser, hvornår tiderne sidst er bekræftet.",
            reverse("council:station_hours", args=[row.district.slug, row.pk]),
            "Skriv tiderne",
            date(year, 1, 21),
        )
        for row in stale
        if council.keep_station.allows(user, row)
    ]
