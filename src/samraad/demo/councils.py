"""The demo's fora, meetings and wheel."""

from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from samraad.accounts.actions import set_contact_block
from samraad.accounts.models import Organisation
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import duty as wheel
from samraad.council.actions import agenda, minutes, publication
from samraad.council.actions import meeting as meetings
from samraad.council.actions.forum import note_legal_basis, open_forum
from samraad.council.models import (
    AgendaItem,
    Forum,
    LegalBasis,
    Meeting,
    MinutesReply,
)
from samraad.demo.cast import Entered, at, org, table
from samraad.demo.plans import RELEASED
from samraad.network.actions import seminar as place
from samraad.network.actions.station import open_station, set_hours
from samraad.plan.actions import agreement as agreements


def enter_fora(entered: Entered) -> None:
    """The register of fora, their legal bases, stations and seminars."""
    data = table("fora")
    district = entered.district
    for row in data["basis"]:
        note_legal_basis(by=SYSTEM, checked_on=date(2022, 1, 10), checked_by="sekretariatet", **row)
    entered.kredsraad.legal_bases.set(
        LegalBasis.objects.filter(code__in=["Retsplejelovens § 111", "Retsplejelovens § 113"])
    )
    _fora(entered, data["forum"])
    _stations(district, data["station"])
    set_contact_block(
        organisation=district,
        lines=[(r["label"], r["value"], r.get("url", "")) for r in data["contact"]],
        by=SYSTEM,
    )
    for row in data["seminar"]:
        reach = [(profession, None, count) for profession, count in row.pop("reach")]
        place.hold_seminar(forum=Forum.objects.get(slug=row.pop("forum")), by=SYSTEM, reach=reach, **row)
    _meetings(data["lives"][0])


def _fora(entered: Entered, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        municipalities = list(Organisation.objects.of_district(entered.district, RELEASED))
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
    for row in rows:
        if "reports_to" in row:
            _reports(row)


def _stations(district: Organisation, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        hours = [
            (day, time.fromisoformat(opens), time.fromisoformat(closes))
            for day, opens, closes in row.pop("hours")
        ]
        confirmed = row.pop("confirmed_on")
        station = open_station(
            district=district, by=SYSTEM, **{**row, "municipality": org(row["municipality"])}
        )
        set_hours(station=station, hours=hours, on=confirmed, version=1, by=SYSTEM)


def _meetings(lives: dict[str, Any]) -> None:
    """What is planned, and what was held, in fora that have no story of their own."""
    for slug, day, where in lives["planned"]:
        forum = Forum.objects.get(slug=slug)
        meetings.plan_meeting(forum=forum, starts_at=at(day), ends_at=at(day, 15), place=where, by=SYSTEM)
    for slug, day, form in lives["met"]:
        meeting = meetings.plan_meeting(
            forum=Forum.objects.get(slug=slug),
            starts_at=at(day, 9),
            ends_at=at(day, 11),
            form=form,
            by=SYSTEM,
        )
        agenda.add_item(meeting=meeting, kind="information", title="Siden sidst", outcome="noted", by=SYSTEM)
        meetings.call_meeting(meeting=meeting, now=at(day), by=SYSTEM)
        minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)


def _forum(entered: Entered, row: dict[str, Any], municipalities: list[Organisation]) -> None:
    own = {"each", "only", "except", "all", "only_members", "bases", "reports_to", "also", "convenor"}
    fields = {key: value for key, value in row.items() if key not in own}
    if len(municipalities) == 1:
        (place,) = municipalities
        for key, value in fields.items():
            if isinstance(value, str):
                fields[key] = value.format(kommune=place.short_name, slug=place.slug)
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


def hold_meetings(entered: Entered) -> dict[str, AgendaItem]:
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
    item = agenda.add_item(
        meeting=meeting,
        kind=row["kind"],
        title=row["title"],
        by=SYSTEM,
        **{name: row[name] for name in names if name in row},
    )
    if "paper" in row:
        title, name, content = row["paper"]
        agenda.add_paper(item=item, title=title, upload=SimpleUploadedFile(name, content.encode()), by=SYSTEM)
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
        publication.publish_open_part(meeting=meeting, now=approved, by=SYSTEM)


def fill_wheel(entered: Entered) -> None:
    """The duties of the annual wheel."""
    data = table("meetings")
    for row in data["duty"]:
        row.pop("line", None)  # in the published plan: the reference tells it, the wheel names the chapter
        wheel.add_duty(forum=entered.kredsraad, by=SYSTEM, **row)
    agreement = data["agreement"]
    for row in agreement["element"]:
        row.pop("line", None)
    agreements.enter_agreement(
        district=entered.district, by=SYSTEM, elements=agreement.pop("element"), **agreement
    )
