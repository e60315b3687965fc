"""Filling the demo district: everything that had happened by Friday 28 January 2022, through the rooms' own actions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samraad.accounts.actions import set_contact_block
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import action
from samraad.audit.actor import SYSTEM, System
from samraad.commitment.actions import commitment as promises
from samraad.commitment.actions import duty as wheel
from samraad.commitment.models import Commitment
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.actions.forum import note_legal_basis, open_forum
from samraad.council.models import (
    AgendaItem,
    Decision,
    Forum,
    LegalBasis,
    Meeting,
    MinutesReply,
    Seat,
)
from samraad.demo.cast import Entered, email_of, enter_cast, table
from samraad.demo.more import fill_more, hold_hearing, start_projects
from samraad.network.actions import seminar as place
from samraad.network.actions.station import open_station, set_hours
from samraad.plan.actions import agreement as agreements
from samraad.plan.actions import answer as answers
from samraad.plan.actions import edition as editions
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.models import FocusArea, Plan
from samraad.plan.states import AnswerStatus

RELEASED = date(2022, 1, 20)


def at(day: date | str, hour: int = 13) -> datetime:
    """A moment on a day of the demo."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime.combine(day, time(hour)))


def org(slug: str) -> Organisation:
    """An organisation of the demo."""
    return Organisation.objects.get(slug=slug)


@action
def fill(*, by: System) -> Entered:
    """Enter the cast, then fora, stations, meetings, the wheel, two plans, nine answers. Returns the district."""
    entered = enter_cast(by=SYSTEM)
    _fora(entered)
    items = _meetings(entered)
    _wheel(entered)
    last_year = _plan_2021(entered, items)
    plan = _plan_2022(entered, items, last_year)
    _answers(entered, plan)
    fill_more(entered)
    return entered


def _fora(entered: Entered) -> None:
    data = table("fora")
    district = entered.district
    for row in data["basis"]:
        note_legal_basis(by=SYSTEM, checked_on=date(2022, 1, 10), checked_by="sekretariatet", **row)
    entered.kredsraad.legal_bases.set(
        LegalBasis.objects.filter(code__in=["Retsplejelovens § 111", "Retsplejelovens § 113"])
    )
    for row in data["forum"]:
        municipalities = list(Organisation.objects.of_district(district, RELEASED))
        if row.get("each") or row.get("only"):
            for municipality in municipalities:
                if municipality.slug in row.get(
                    "only", [municipality.slug]
                ) and municipality.slug not in row.get("except", []):
                    _forum(entered, row, [municipality])
        else:
            members = (
                [m for m in municipalities if m.slug in row["only_members"]]
                if "only_members" in row
                else municipalities
            )
            _forum(entered, row, members if row.get("all") or "only_members" in row else [])
    for row in data["forum"]:
        if "reports_to" in row:
            _reports(row)
    for row in data["station"]:
        hours = [
            (day, time.fromisoformat(opens), time.fromisoformat(closes))
            for day, opens, closes in row.pop("hours")
        ]
        confirmed = row.pop("confirmed_on")
        station = open_station(
            district=district, by=SYSTEM, **{**row, "municipality": org(row["municipality"])}
        )
        set_hours(station=station, hours=hours, on=confirmed, version=1, by=SYSTEM)
    set_contact_block(
        organisation=district,
        lines=[(r["label"], r["value"], r.get("url", "")) for r in data["contact"]],
        by=SYSTEM,
    )
    for row in data["seminar"]:
        reach = [(profession, None, count) for profession, count in row.pop("reach")]
        place.hold_seminar(forum=Forum.objects.get(slug=row.pop("forum")), by=SYSTEM, reach=reach, **row)
    for slug, day, where in data["lives"][0]["planned"]:
        forum = Forum.objects.get(slug=slug)
        meetings.plan_meeting(forum=forum, starts_at=at(day), ends_at=at(day, 15), place=where, by=SYSTEM)
    for slug, day, form in data["lives"][0]["met"]:
        meeting = meetings.plan_meeting(
            forum=Forum.objects.get(slug=slug),
            starts_at=at(day, 9),
            ends_at=at(day, 11),
            form=form,
            by=SYSTEM,
        )
        meetings.add_item(
            meeting=meeting, kind="information", title="Siden sidst", outcome="noted", by=SYSTEM
        )
        meetings.call_meeting(meeting=meeting, now=at(day), by=SYSTEM)
        minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)


def _forum(entered: Entered, row: dict[str, Any], municipalities: list[Organisation]) -> None:
    names = (
        {"kommune": municipalities[0].short_name, "slug": municipalities[0].slug}
        if len(municipalities) == 1
        else {}
    )
    own = {"each", "only", "except", "all", "only_members", "bases", "reports_to", "also", "convenor"}
    fields = {
        key: value.format(**names) if isinstance(value, str) and names else value
        for key, value in row.items()
        if key not in own
    }
    open_forum(
        district=entered.district,
        by=SYSTEM,
        municipalities=municipalities,
        also_districts=[org(slug) for slug in row.get("also", [])],
        legal_bases=LegalBasis.objects.filter(code__in=row.get("bases", [])),
        convenor=org(row["convenor"]) if "convenor" in row else entered.district,
        parent=entered.kredsraad if row["level"] != "case" else None,
        **fields,
    )


def _reports(row: dict[str, Any]) -> None:
    for forum in Forum.objects.filter(kind=row["kind"]).prefetch_related("municipalities"):
        only = forum.municipalities.all()
        slug = row["reports_to"].format(slug=only[0].slug if len(only) == 1 else "")
        forum.reports_to = Forum.objects.filter(slug=slug).first()
        forum.save(update_fields=["reports_to"])


def _meetings(entered: Entered) -> dict[str, AgendaItem]:
    """Hold, minute and plan the kredsråd's meetings; returns the items that plans and promises refer to."""
    known: dict[str, AgendaItem] = {}
    for row in table("meetings")["meeting"]:
        host = org(row["offsite"]) if "offsite" in row else None
        wishes = date.fromisoformat(row["wishes_due"]) if "wishes_due" in row else None
        meeting = meetings.plan_meeting(
            forum=entered.kredsraad,
            starts_at=at(row["date"]),
            ends_at=at(row["date"], 15),
            place=row["place"],
            form=row["form"],
            offsite=host is not None,
            host=host,
            wishes_due_on=wishes,
            by=SYSTEM,
        )
        for item_row in row.get("item", []):
            item = _item(meeting, item_row)
            known[item_row.get("key", "")] = item
        if row["status"] != "planned":
            _hold(meeting, row)
    return known


def _item(meeting: Meeting, row: dict[str, Any]) -> AgendaItem:
    names = ("text", "minute", "outcome", "closed", "subjects")
    item = meetings.add_item(
        meeting=meeting,
        kind=row["kind"],
        title=row["title"],
        by=SYSTEM,
        **{name: row[name] for name in names if name in row},
    )
    if "paper" in row:
        title, name, content = row["paper"]
        meetings.add_paper(
            item=item, title=title, upload=SimpleUploadedFile(name, content.encode()), by=SYSTEM
        )
    if "decision" in row:
        minutes.decide(item=item, text=row["decision"], by=SYSTEM)
    return item


def _hold(meeting: Meeting, row: dict[str, Any]) -> None:
    meetings.call_meeting(meeting=meeting, now=meeting.starts_at - timedelta(days=14), by=SYSTEM)
    seats = list(meeting.forum.seats.filter(member=True))
    presence = dict.fromkeys(seats, "present")
    for word in ("deputy", "excused", "absent"):
        for name in row.get(word, []):
            presence |= {seat: word for seat in seats if seat.title.endswith(name)}
    minutes.hold_meeting(
        meeting=meeting, presence=presence, chaired_by=seats[0], guests=row.get("guests", []), by=SYSTEM
    )
    sent = at(row["sent_at"]) if "sent_at" in row else meeting.starts_at + timedelta(days=20)
    minutes.send_minutes(meeting=meeting, now=sent, by=SYSTEM)
    for name in row.get("approved_by", []):
        MinutesReply.objects.create(
            meeting=meeting, seat=meeting.forum.seats.get(title=name), at=sent + timedelta(days=3)
        )
    if row["status"] == "approved":
        approved = sent + timedelta(days=15)
        minutes.approve_as_of(meeting=meeting, now=approved, by=SYSTEM)
        minutes.publish_open_part(meeting=meeting, now=approved, by=SYSTEM)


def _wheel(entered: Entered) -> None:
    data = table("meetings")
    for row in data["duty"]:
        wheel.add_duty(forum=entered.kredsraad, by=SYSTEM, **row)
    agreement = data["agreement"]
    agreements.enter_agreement(
        district=entered.district, by=SYSTEM, elements=agreement.pop("element"), **agreement
    )


def _plan_2021(entered: Entered, items: dict[str, AgendaItem]) -> Plan:
    data = table("plan_2022")["plan_2021"]
    plan = plans.start(forum=entered.kredsraad, year=2021, title=data["title"], by=SYSTEM)
    for row in data["section"]:
        plans.add_section(plan=plan, by=SYSTEM, **row)
    local = list(Forum.objects.filter(kind=Forum.Kind.LOKALRAAD, district=entered.district))
    for row in data["area"]:
        plans.add_area(plan=plan, by=SYSTEM, addressees=local, **row)
    plans.note_discussion(plan=plan, item=items["plan21"], by=SYSTEM)
    editions.publish(
        plan=plan, now=at("2021-04-09"), by=SYSTEM, released_as="Politidirektør i Nordjylland (formand)"
    )
    plans.archive(plan=plan, by=SYSTEM)
    return plan


def _plan_2022(entered: Entered, items: dict[str, AgendaItem], last_year: Plan) -> Plan:
    data = table("plan_2022")
    plan = plans.start(
        forum=entered.kredsraad,
        year=2022,
        title=data["title"],
        answers_due_on=data["answers_due_on"],
        by=SYSTEM,
    )
    for row in data["section"]:
        plans.add_section(plan=plan, by=SYSTEM, source_line=row.pop("line"), **row)
    chapter = plan.sections.get(number="04")
    local = {
        f.municipalities.all()[0].slug: f
        for f in Forum.objects.filter(kind=Forum.Kind.LOKALRAAD).prefetch_related("municipalities")
    }
    continued = {area.title: area for area in last_year.areas.all()}
    areas: dict[str, FocusArea] = {}
    for row in data["area"]:
        to = list(local.values()) if row["to"] == "all" else [local[slug] for slug in row["to"]]
        area = plans.add_area(
            plan=plan,
            number=row["number"],
            title=row["title"],
            short_title=row.get("short", ""),
            section=chapter,
            parent=areas.get(row.get("parent", "")),
            addressees=to,
            summary=row["summary"],
            outside=row.get("outside", ""),
            source_line=row["line"],
            continues=continued.get(row["title"]),
            by=SYSTEM,
        )
        areas[row["number"]] = area
        for promise in row.get("promise", []):
            _promise(entered, area, promise, items)
    for row in data["initiative"]:
        works.add_initiative(
            plan=plan,
            area=areas[row["area"]],
            title=row["title"],
            text=row["text"],
            running=row.get("running", False),
            success_criterion=row.get("success", ""),
            partners=row["partners"],
            leads=[org(slug) for slug in row["leads"]],
            by=SYSTEM,
        )
    for row in data["indicator"]:
        numbers = row.pop("numbers")
        indicator = works.add_indicator(area=areas[row.pop("area")], by=SYSTEM, **row)
        for slug, period, value, of in numbers:
            works.measure(
                indicator=indicator, municipality=org(slug), period=period, value=value, of=of, by=SYSTEM
            )
    start_projects(entered, plan)
    hold_hearing(plan)
    plans.note_discussion(plan=plan, item=items["plan"], by=SYSTEM)
    editions.publish(
        plan=plan, now=at(RELEASED, 10), by=SYSTEM, released_as="Politidirektør i Nordjylland (formand)"
    )
    sent_to = Forum.objects.filter(kind__in=[Forum.Kind.SSP, Forum.Kind.INFOHOUSE])
    meetings.forward_item(
        item=items["genopdragelse"], fora=list(sent_to), due_on=date(2022, 6, 17), by=SYSTEM
    )
    return plan


def _promise(
    entered: Entered, area: FocusArea, row: dict[str, Any], items: dict[str, AgendaItem]
) -> Commitment:
    decision = Decision.objects.filter(item=items[row["decision"]]).first() if "decision" in row else None
    seat = Seat.objects.get(forum__slug=row["seat"][0], title=row["seat"][1]) if "seat" in row else None
    promise = promises.propose(
        owner_seat=seat,
        forum=entered.kredsraad,
        text=row["text"],
        owner=org(row["owner"]),
        owner_role=row.get("role", ""),
        due_on=row.get("due"),
        recurrence=row.get("recurrence", ""),
        condition=row.get("condition", ""),
        outside=row.get("outside", False),
        expected=row.get("expected", ""),
        decision=decision,
        origin_text=f"Samarbejdsplan 2022, linje {row['line']}",
        by=SYSTEM,
    )
    if row["status"] != "proposed":
        promises.accept(commitment=promise, by=SYSTEM)
    if "report" in row:
        poul = User.objects.get(email=email_of("poul"))
        late = row.get("late_because", "")
        promises.report(
            commitment=promise,
            light=row["light"],
            text=row["report"],
            late_because=late,
            now=at("2022-01-19"),
            by=poul if row["owner"] == "nordjylland" else SYSTEM,
        )
        promises.release(commitment=promise, now=at(RELEASED), by=SYSTEM)
    plans.link_commitment(part=area, commitment=promise, by=SYSTEM)
    return promise


def _answers(entered: Entered, plan: Plan) -> None:
    areas = {area.number: area for area in plan.areas.all()}
    for slug, row in table("answers").items():
        forum = Forum.objects.get(slug=f"lokalraad-{slug}")
        if not row["answers"]:
            continue
        own = answers.start_action_plan(forum=forum, district_plan=plan, by=SYSTEM)
        for number, (area, kind, text, responsible) in enumerate(row["answers"]):
            answers.save_answer(
                plan=own,
                area=areas[area],
                version=1,
                now=at("2022-01-14") + timedelta(days=number),
                by=SYSTEM,
                send=not kind.endswith("?"),
                kind=kind.rstrip("?"),
                text=f"<p>{text}</p>",
                responsible=responsible,
            )
        for title, text in row.get("needs", []):
            answers.add_need(plan=own, title=title, text=f"<p>{text}</p>", by=SYSTEM)
        if "met" in row:
            _release(own, forum, row["met"], row["released"])


def _release(plan: Plan, forum: Forum, met: str, released: str) -> None:
    meeting = meetings.plan_meeting(forum=forum, starts_at=at(met, 9), ends_at=at(met, 11), by=SYSTEM)
    text = f"<p>Lokalrådet gennemgik svarene på {plan.answers.filter(status=AnswerStatus.SENT).count()} områder.</p>"
    item = meetings.add_item(
        meeting=meeting, kind="discussion", title=plan.title, outcome="discussed", minute=text, by=SYSTEM
    )
    meetings.call_meeting(meeting=meeting, now=at(met) - timedelta(days=10), by=SYSTEM)
    minutes.hold_meeting(
        meeting=meeting,
        presence=dict.fromkeys(forum.seats.all(), "present"),
        chaired_by=None,
        guests=[],
        by=SYSTEM,
    )
    plans.note_discussion(plan=plan, item=item, by=SYSTEM)
    editions.publish(plan=plan, now=at(released, 12), by=SYSTEM, released_as=f"Formanden for {forum}")
