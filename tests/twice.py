"""The demo district with as many things again of each sort, entered through the rooms' own actions."""

from datetime import date, timedelta
from itertools import cycle
from typing import Any

from django.db import models
from django.db.models import F

from samraad.accounts.models import Organisation
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as promises
from samraad.commitment.actions import duty as wheel
from samraad.commitment.models import Commitment, Duty
from samraad.council.actions import agenda, minutes, publication
from samraad.council.actions import forum as fora
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Appointment, Forum, Function, Meeting, Seat
from samraad.council.states import MeetingStatus
from samraad.demo.cast import Entered, at
from samraad.guide import actions as guides
from samraad.guide.models import Guide
from samraad.network.actions import around as network
from samraad.network.actions import partner as partners
from samraad.network.actions import seminar as seminars
from samraad.network.actions import station as stations
from samraad.network.models import Advice, LocalEvent, Pact, Partner, Seminar, Station, StationContact
from samraad.plan.actions import agreement as agreements
from samraad.plan.actions import answer as answers
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.models import Answer, Element, FocusArea, Indicator, Initiative, LocalNeed, Section

NOW = at("2022-01-28")
TODAY = NOW.date()
AROUND: dict[type[Any], tuple[str, ...]] = {
    Pact: ("title", "partners", "text", "starts_on", "ends_on"),
    LocalEvent: ("title", "on", "until", "place", "expected", "note"),
    Advice: ("on", "municipality", "receiver", "profession", "topic", "count"),
}
RULE = ("rule", "month", "day", "quarter", "times", "condition", "on_agenda", "item_kind", "source")


def double(entered: Entered) -> None:
    """Add to each sort of thing in the demo as many as there are."""
    _fora(entered)
    _network(entered)
    _meetings()
    _promises()
    _wheel(entered)
    _plans(entered)
    _areas()
    _works()
    _guides(entered)


def like(thing: models.Model, *names: str) -> dict[str, Any]:
    """Some fields of a thing, for another that is like it."""
    return {name: getattr(thing, name) for name in names}


def _fora(entered: Entered) -> None:
    """Each forum but the councils again, convened by a municipality, with its people; each seat again."""
    convenors = cycle(Organisation.objects.of_district(entered.district, TODAY))
    for forum in Forum.objects.exclude(kind__in=[Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD]):
        other = fora.open_forum(
            district=entered.district,
            municipalities=list(forum.municipalities.all()),
            also_districts=list(forum.also_districts.all()),
            legal_bases=list(forum.legal_bases.all()),
            convenor=next(convenors),
            name=f"{forum.name} II",
            slug=f"{forum.slug}-ii",
            **like(forum, "kind", "level", "parent", "reports_to", "meetings_per_year", "rhythm"),
            by=SYSTEM,
        )
        for seat in forum.seats.all():
            _seat(other, seat)
    for forum in Forum.objects.filter(kind__in=[Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD]):
        for seat in forum.seats.all():
            _seat(forum, seat)


def _seat(forum: Forum, seat: Seat) -> None:
    title = seat.title if forum != seat.forum else f"{seat.title} II"
    other = fora.add_seat(
        forum=forum, title=title, organisation=seat.organisation, member=seat.member, by=SYSTEM
    )
    for held in Appointment.objects.filter(seat=seat, ends_on=None):
        function = held.function
        if function == Function.CHAIR and forum == seat.forum:
            function = Function.MEMBER  # a forum has one chair
        fora.appoint(seat=other, user=held.user, function=function, starts_on=held.starts_on, by=SYSTEM)


def _network(entered: Entered) -> None:
    for kind, names in AROUND.items():
        for thing in kind.objects.all():
            network.enter(kind=kind, forum=thing.forum, by=SYSTEM, **like(thing, *names))
    for seminar in Seminar.objects.all():
        reach = [(row.profession, row.municipality, row.count) for row in seminar.reach.all()]
        seminars.hold_seminar(
            forum=seminar.forum, reach=reach, **like(seminar, "kind", "title", "on", "place"), by=SYSTEM
        )
    for partner in Partner.objects.all():
        partners.add_partner(
            municipality=partner.municipality,
            name=f"{partner.name} II",
            **like(partner, "kind", "role", "about"),
            by=SYSTEM,
        )
    for contact in StationContact.objects.all():
        before = contact.on - timedelta(days=1) if contact.on else TODAY
        stations.touch(**like(contact, "station", "partner", "note"), on=before, by=SYSTEM)
    for station in Station.objects.all():
        other = stations.open_station(
            district=entered.district,
            name=f"{station.name} II",
            slug=f"{station.slug}-ii",
            **like(station, "municipality", "address", "phone", "opened_on", "officers"),
            by=SYSTEM,
        )
        hours = list(station.hours.values_list("weekday", "opens", "closes"))
        stations.set_hours(station=other, hours=hours, on=TODAY, version=1, by=SYSTEM)


def _meetings() -> None:
    """Each meeting again on another day, as far as the first has come; and each agenda twice as long."""
    for meeting in Meeting.objects.all():
        for item in meeting.items.all():
            _item(meeting, item)
        day = timedelta(days=1 if meeting.starts_at > NOW else -1)
        other = meetings.plan_meeting(
            forum=meeting.forum,
            starts_at=meeting.starts_at + day,
            ends_at=meeting.ends_at + day,
            **like(meeting, "place", "form", "offsite", "host"),
            by=SYSTEM,
        )
        for item in meeting.items.all():
            _item(other, item)
        if meeting.status in MeetingStatus.after_held():
            _held(other, meeting)


def _item(meeting: Meeting, item: AgendaItem) -> None:
    other = agenda.add_item(
        meeting=meeting,
        **like(item, "kind", "title", "text", "minute", "outcome", "closed", "subjects"),
        by=SYSTEM,
    )
    for decision in item.decisions.all():
        minutes.decide(item=other, text=decision.text, by=SYSTEM)


def _held(meeting: Meeting, like_this: Meeting) -> None:
    if not meeting.items.exists():
        agenda.add_item(meeting=meeting, kind="information", title="Siden sidst", outcome="noted", by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=meeting.starts_at, by=SYSTEM)
    presence = dict.fromkeys(meeting.forum.seats.filter(member=True), "present")
    minutes.hold_meeting(meeting=meeting, presence=presence, chaired_by=None, guests=[], by=SYSTEM)
    if like_this.status == MeetingStatus.HELD:
        return
    minutes.send_minutes(meeting=meeting, now=NOW, by=SYSTEM)
    if like_this.status == MeetingStatus.APPROVED:
        minutes.approve_as_of(meeting=meeting, now=NOW, by=SYSTEM)
        publication.publish_open_part(meeting=meeting, now=NOW, by=SYSTEM)


def _promises() -> None:
    names = ("forum", "owner", "owner_role", "owner_seat", "due_on", "recurrence", "condition", "outside")
    for promise in Commitment.objects.all():
        other = promises.propose(
            text=f"{promise.text} Igen.",
            **like(promise, *names, "expected", "decision", "origin_text"),
            by=SYSTEM,
        )
        if promise.status != "proposed":
            promises.accept(commitment=other, by=SYSTEM)
        for progress in promise.progress.all():
            promises.report(
                commitment=other, **like(progress, "light", "text", "late_because"), now=NOW, by=SYSTEM
            )
            promises.release(commitment=other, now=NOW, by=SYSTEM)
        for area in promise.areas.all():
            plans.link_commitment(part=area, commitment=other, by=SYSTEM)
        for section in promise.sections.all():
            plans.link_commitment(part=section, commitment=other, by=SYSTEM)


def _wheel(entered: Entered) -> None:
    for element in Element.objects.all():
        agreements.add_element(
            agreement=element.agreement,
            title=f"{element.title} II",
            text=element.text,
            by=SYSTEM,  # type: ignore[arg-type]
        )
    for duty in Duty.objects.exclude(elements__isnull=False):
        wheel.add_duty(forum=duty.forum, title=f"{duty.title} II", **like(duty, *RULE), by=SYSTEM)


def _plans(entered: Entered) -> None:
    """A plan for two other years, and an action plan of each lokalråd for one of them."""
    local = Forum.objects.filter(kind=Forum.Kind.LOKALRAAD)
    for year in (2019, 2020):
        plan = plans.start(forum=entered.kredsraad, year=year, title=f"Samarbejdsplan {year}", by=SYSTEM)
        plans.add_area(plan=plan, title="Natteliv", addressees=list(local), by=SYSTEM)
    for forum in local:
        answers.start_action_plan(forum=forum, district_plan=plan, by=SYSTEM)


def _areas() -> None:
    """Each section, area, answer and need of the plans of the year again."""
    for section in Section.objects.filter(plan__year=2022):
        plans.add_section(plan=section.plan, title=f"{section.title} II", body=section.body, by=SYSTEM)
    twins: dict[int, FocusArea] = {}
    for area in FocusArea.objects.filter(plan__year=2022).order_by(F("parent").asc(nulls_first=True)):
        twins[area.pk] = plans.add_area(
            plan=area.plan,
            title=f"{area.title} II",
            parent=twins.get(area.parent_id or 0),
            addressees=list(area.addressees.all()),
            **like(area, "section", "summary"),
            by=SYSTEM,
        )
    for answer in Answer.objects.filter(area__in=twins):
        answers.save_answer(
            plan=answer.plan,
            area=twins[answer.area_id],
            version=1,
            now=NOW,
            send=answer.status == "sent",
            **like(answer, "kind", "text", "responsible"),
            by=SYSTEM,
        )
    for need in LocalNeed.objects.all():
        answers.add_need(plan=need.plan, title=f"{need.title} II", text=need.text, by=SYSTEM)


def _works() -> None:
    for initiative in Initiative.objects.all():
        works.add_initiative(
            title=f"{initiative.title} II",
            leads=list(initiative.leads.all()),
            **like(initiative, "plan", "area", "text", "running", "success_criterion", "partners"),
            by=SYSTEM,
        )
    for indicator in Indicator.objects.all():
        other = works.add_indicator(
            name=f"{indicator.name} II",
            **like(indicator, "area", "unit", "of_what", "period", "baseline", "target"),
            by=SYSTEM,
        )
        for measured in indicator.measurements.all():
            works.measure(
                indicator=other, **like(measured, "municipality", "period", "value", "of"), by=SYSTEM
            )


def _guides(entered: Entered) -> None:
    names = ("owner", "audience", "public", "summary", "signs", "body", "call", "review_on")
    for guide in Guide.objects.all():
        other = guides.write(
            district=entered.district,
            title=f"{guide.title} II",
            slug=f"{guide.slug}-ii",
            legal_bases=list(guide.legal_bases.all()),
            **like(guide, *names),
            by=SYSTEM,
        )
        guides.release(guide=other, now=NOW, today=date(2022, 1, 28), released_as="Politiet", by=SYSTEM)
