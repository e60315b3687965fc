"""One of each thing that an address can name: what access, permissions and the bin are tried on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from samraad.accounts import elsewhere
from samraad.accounts.actions import invite
from samraad.accounts.models import Invitation, Mail, Membership, Organisation, SignIn, User
from samraad.accounts.outbox import post
from samraad.accounts.sessions import note_sign_in
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Removed
from samraad.commitment.actions import commitment as commitments
from samraad.commitment.models import Commitment, Duty, Occurrence
from samraad.commitment.states import CommitmentStatus
from samraad.council.actions import agenda, minutes
from samraad.council.actions import forum as seats
from samraad.council.actions import guest as guests
from samraad.council.actions import meeting as meetings
from samraad.council.models import (
    AgendaItem,
    Appointment,
    Forum,
    Forwarding,
    Meeting,
    Paper,
    Seat,
)
from samraad.council.queries.proposal import proposals
from samraad.demo.cast import Entered, at, email_of
from samraad.figures import actions as figures
from samraad.figures.models import Release, Source
from samraad.guide.models import Guide
from samraad.network.actions import around as network
from samraad.network.actions import help as helps
from samraad.network.actions.partner import add_partner, remove_partner
from samraad.network.actions.station import remove_contact, touch
from samraad.network.models import Advice, LocalEvent, Pact, Partner, Seminar, Station, StationContact, Worry
from samraad.plan.actions import agreement as agreements
from samraad.plan.actions import check as checks
from samraad.plan.actions import hearing as hearings
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.actions import project as projects
from samraad.plan.actions import reading as readings
from samraad.plan.actions import reply as replies
from samraad.plan.actions import year as years
from samraad.plan.findings import findings
from samraad.plan.models import Agreement, Edition, Element, FocusArea, Indicator, LocalNeed, Plan
from tests.people import SIGNED_IN, person_of, session_of


@dataclass(frozen=True)
class World:
    """What the world holds: a name for one of each thing with its key or slug, and a session of everybody."""

    things: dict[str, Any]
    sessions: dict[str, str]


def build(entered: Entered) -> World:
    """Add to the demo district what an address can name and the demo has not; sign everybody in."""
    sessions = {key: session_of(key) for key in SIGNED_IN}
    note_sign_in(user=person_of("maja"), session_key="elsewhere", device="Firefox på Linux", by=SYSTEM)
    own = {"sign_in": SignIn.objects.get(session_key="elsewhere").pk}
    return World(_things(entered) | own, sessions)


def _things(entered: Entered) -> dict[str, Any]:
    signe = person_of("signe")
    held = _held(entered.kredsraad)
    decision = minutes.decide(item=held.items.get(), text="Mødes igen i marts", by=SYSTEM)
    draft = plans.start(forum=entered.kredsraad, year=2023, title="Samarbejdsplan 2023", by=SYSTEM)
    section = plans.add_section(plan=draft, title="Samarbejdet", body="<p>Tekst</p>", by=SYSTEM)
    plans.add_area(plan=draft, title="Natteliv", section=section, by=SYSTEM)
    account = years.start_account(forum=entered.kredsraad, year=2021, today=date(2022, 1, 28), by=SYSTEM)
    own = Plan.objects.get(forum__slug="lokalraad-broenderslev", year=2022)
    works.add_initiative(plan=own, title="SSP på biblioteket", by=SYSTEM)
    aalborg = Plan.objects.get(forum__slug="lokalraad-aalborg", year=2022)
    reading = readings.park(
        forum=entered.kredsraad,
        file=readings.read_file(b"Samarbejdsplan 2022\n\n1 Et\n\nTekst om et.\n", "p.txt"),
        now=at("2022-01-20"),
        by=signe,
    )
    plan = Plan.objects.get(year=2022, kind="cooperation")
    planned = Meeting.objects.get(forum=entered.kredsraad, starts_at__date=date(2022, 3, 15))
    sent = Meeting.objects.get(forum=entered.kredsraad, status="minutes_sent")
    approved = Meeting.objects.filter(forum=entered.kredsraad, status="approved").first()
    lokal = Meeting.objects.get(forum__slug="lokalraad-aalborg", status="held")
    assert approved is not None
    more = _more(entered.kredsraad, draft, own, signe)
    written = _written(entered.kredsraad)
    return _figures(signe) | {
        "item_written": written.pk,
        "meeting_written": written.meeting_id,
        "district": "nordjylland",
        "kredsraad": entered.kredsraad.pk,
        "lokalraad_broenderslev": Forum.objects.get(slug="lokalraad-broenderslev").pk,
        "psp": Forum.objects.get(slug="psp-nordjylland").pk,
        "lokalraad_vesthimmerlands": Forum.objects.get(slug="lokalraad-vesthimmerlands").pk,
        "meeting_planned": planned.pk,
        "meeting_held": held.pk,
        "meeting_cancelled": _cancelled(entered.kredsraad).pk,
        "decision": decision.pk,
        "meeting_sent": sent.pk,
        "meeting_approved": approved.pk,
        "meeting_aalborg": lokal.pk,
        "item_planned": planned.items.all()[0].pk,
        "item_held": held.items.all()[0].pk,
        "item_aalborg": lokal.items.all()[0].pk,
        "guest": guests.invite_guest(item=planned.items.all()[0], role="Skoleleder", email="", by=SYSTEM).pk,
        "paper": Paper.objects.filter(item__meeting=planned)[0].pk,
        "proposal": proposals(planned, date(2022, 1, 28))[0].key,
        "forwarding": Forwarding.objects.get(forum__slug="ssp-broenderslev").pk,
        "commitment_police": Commitment.objects.get(text__startswith="Bekræfte åbningstiderne").pk,
        "commitment_proposed": Commitment.objects.get(status=CommitmentStatus.PROPOSED).pk,
        "commitment_draft": commitments.draft(
            forum=entered.kredsraad, text="Lave en folder", owner=entered.kredsraad.district, by=SYSTEM
        ).pk,
        "commitment_reported": _reported(entered.kredsraad),
        "commitment_waiting": Commitment.objects.get(text__startswith="Brede forsøget").pk,
        "duty": Duty.objects.filter(rule="condition")[0].pk,
        "occurrence": Occurrence.objects.filter(duty__on_agenda=False, year=2022)[0].pk,
        "station": Station.objects.get(slug="aars").pk,
        "seat": Seat.objects.get(title="Borgmester i Rebild").pk,
        "seat_hjoerring": Seat.objects.get(title="Borgmester i Hjørring").pk,
        "appointment": Appointment.objects.filter(seat__forum=entered.kredsraad)[0].pk,
        "plan": plan.pk,
        "plan_draft": draft.pk,
        "plan_broenderslev": own.pk,
        "plan_aalborg": aalborg.pk,
        "area": FocusArea.objects.get(plan=plan, number="5").pk,
        "area_draft": FocusArea.objects.get(plan=draft).pk,
        "section_draft": section.pk,
        "chapter": account.sections.get(number="2").pk,
        "reading": reading.pk,
        "edition": Edition.objects.get(plan=plan).pk,
        "need": LocalNeed.objects.filter(plan=aalborg)[0].pk,
        "initiative": own.initiatives.all()[0].pk,
        "indicator": Indicator.objects.all()[0].pk,
        "agreement": Agreement.objects.all()[0].pk,
        "element": Element.objects.all()[0].pk,
        "provider_rule": elsewhere.write_rule(
            organisation=Organisation.objects.get(slug="hjoerring"),
            conditions=[["cvr", "29189382"]],
            right=Membership.Right.EMPLOYEE,
            by=SYSTEM,
        ).pk,
        "membership": Membership.objects.get(user=signe).pk,
        "police": Organisation.objects.get(slug="nordjylland").slug,
        "hjoerring": "hjoerring",
        "token": "brugt-eller-forkert",
        **more,
        "invitation": Invitation.objects.count(),
    }


def _figures(signe: User) -> dict[str, Any]:
    """A source with a release in each state that one may act on."""
    source, anton = Source.objects.get(district__slug="nordjylland"), person_of("anton")
    released: dict[str, Any] = {"figure_source": source.pk, "figure_series": "indbrud"}
    for count_of_burglaries, name in enumerate(("loaded", "waiting", "planned"), start=70):
        file = f"OMRÅDE;OVERTRÆD;TID;INDHOLD\n851;1320;2021K4;{count_of_burglaries}\n".encode()
        table = figures.read_table(file, f"{name}.csv", date(2022, 1, 28))
        release = figures.import_release(source=source, table=table, now=at("2022-01-27"), by=anton)
        released[f"release_{name}"] = release.pk
        if name != "loaded":
            figures.submit(release=release, by=anton, reason="Kun et udsnit")
        if name == "planned":
            eight = at("2022-02-11", 8)
            figures.approve(release=release, now=at("2022-01-27"), public_at=eight, by=signe, loses=True)
    return released | {"release_public": Release.objects.get(source=source, number=2).pk}


def _held(forum: Forum) -> Meeting:
    """A meeting of the kredsråd that was held and is not yet minuted."""
    starts: datetime = timezone.make_aware(datetime(2022, 1, 25, 9))
    meeting = meetings.plan_meeting(forum=forum, starts_at=starts, ends_at=starts.replace(hour=11), by=SYSTEM)
    agenda.add_item(meeting=meeting, kind=AgendaItem.Kind.DISCUSSION, title="Ekstra møde", by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=starts, by=SYSTEM)
    return minutes.hold_meeting(
        meeting=meeting,
        presence=dict.fromkeys(forum.seats.filter(member=True), "present"),
        chaired_by=None,
        guests=[],
        by=SYSTEM,
    )


def _cancelled(forum: Forum) -> Meeting:
    """A meeting to come that does not take place."""
    meeting = meetings.plan_meeting(
        forum=forum, starts_at=at("2022-11-08"), ends_at=at("2022-11-08", 15), by=SYSTEM
    )
    return meetings.cancel_meeting(meeting=meeting, reason="Salen er optaget", to=None, by=SYSTEM)


def _reported(forum: Forum) -> int:
    """A commitment that Poul has reported done, and that somebody else is to confirm."""
    poul = User.objects.get(email=email_of("poul"))
    made = commitments.propose(
        forum=forum, text="Trykke en folder", owner=forum.district, confirm=True, by=poul
    )
    commitments.report(
        commitment=made, light="green", text="Trykt.", done=True, now=at("2022-01-28"), by=poul
    )
    return int(made.pk)


def _written(forum: Forum) -> AgendaItem:
    """An item of a written procedure that is out."""
    meeting = meetings.plan_meeting(
        forum=forum, starts_at=at("2022-01-27"), ends_at=at("2022-01-27", 15), form="written", by=SYSTEM
    )
    item = agenda.add_item(meeting=meeting, kind=AgendaItem.Kind.DECISION, title="Høringssvar", by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-20"), by=SYSTEM)
    return item


def _more(forum: Forum, draft: Plan, own: Plan, signe: User) -> dict[str, Any]:
    """A hearing, a project, a guide, what lies in the bins, a mail."""
    today, now = date(2022, 1, 28), at("2022-01-28")
    hearing = hearings.open_hearing(
        plan=draft, due_on=date(2022, 2, 10), letter="", today=today, now=now, by=SYSTEM
    )
    region = Organisation.objects.get(slug="region-nordjylland")
    party, token = hearings.add_party(
        hearing=hearing, name="Region Nordjylland", organisation=region, email="h@example.dk", by=SYSTEM
    )
    replies.reply(
        party=party, remarks={}, whole="Godt.", nothing=False, today=today, now=now, by=signe, pasted=True
    )
    initiative = own.initiatives.all()[0]
    milestone = projects.set_milestone(initiative=initiative, title="Halvvejs", fora=[], by=SYSTEM)
    grant = projects.keep_grant(initiative=initiative, fund="Puljen", by=SYSTEM)
    gone = plans.add_section(plan=draft, title="Udgår", by=SYSTEM)
    plans.remove_section(section=gone, by=signe)
    pact = network.enter(
        kind=Pact, forum=forum, title="Aftale", partners="DSB", starts_on=today, ends_on=today, by=SYSTEM
    )
    lost = network.enter(
        kind=Pact, forum=forum, title="Gammel", partners="DSB", starts_on=today, ends_on=today, by=SYSTEM
    )
    network.remove(thing=lost, now=now, by=signe)  # type: ignore[arg-type]
    event = network.enter(kind=LocalEvent, forum=forum, title="Karneval", on=today, by=SYSTEM)
    advice = network.enter(kind=Advice, forum=forum, on=today, receiver="En skole", topic="Rygter", by=SYSTEM)
    _, link = invite(
        organisation=region,
        email="ny@region.example",
        name="Ny",
        title="",
        right="employee",
        today=today,
        by=SYSTEM,
    )
    _removed(own, signe)
    plans.add_section(plan=draft, title="Indsatser i 2021", body="<p>Et.</p>", by=SYSTEM)
    mark = next(placed.mark for placed in findings(draft, today) if placed.finding.code == "year_mismatch")
    waiver = checks.waive(plan=draft, mark=mark, reason="Det er sidste års.", today=today, now=now, by=signe)
    post(kind="meeting", to=[signe], subject="x", body="y", key="world", about=forum.district, by=SYSTEM)
    return {
        "hearing": hearing.pk,
        "party": party.pk,
        "hearing_token": token,
        "remark": party.remarks.get().pk,
        "milestone": milestone.pk,
        "grant": grant.pk,
        "pact": pact.pk,
        "event": event.pk,
        "advice": advice.pk,
        "invitation_token": link,
        "partner": Partner.objects.filter(municipality__slug="vesthimmerlands")[0].pk,
        "contact": StationContact.objects.filter(station__slug="aars")[0].pk,
        "seminar": Seminar.objects.all()[0].pk,
        "removed_partner": Removed.objects.get(place__startswith="partners:").pk,
        "removed_contact": Removed.objects.get(place__startswith="station:").pk,
        "removed_milestone": Removed.objects.get(place__startswith="initiative:").pk,
        "removed_element": Removed.objects.get(place__startswith="agreement:").pk,
        "removed_plan": Removed.objects.get(place__startswith="plan:").pk,
        "appointment_waiting": _waiting(forum, signe).pk,
        "membership_waiting": _offered(person_of("else")).pk,
        "removed_forum": Removed.objects.get(place__startswith="forum:").pk,
        "mark": mark,
        "waiver": waiver.pk,
        "guide": Guide.objects.all()[0].pk,
        "guide_slug": Guide.objects.all()[0].slug,
        "mail": Mail.objects.get(key="world").pk,
        **_numbers(),
    }


def _numbers() -> dict[str, int]:
    """A worry, Hjørring's number for it, and a number in the bin."""
    worry = Worry.objects.get(code=1)
    gone = helps.add_number(
        worry=worry,
        place=worry.district,
        first=False,
        name="Nogen",
        phone="114",
        today=date(2022, 1, 28),
        by=SYSTEM,
    )
    helps.remove_number(number=gone, now=at("2022-01-28"), by=person_of("signe"))
    return {
        "worry": worry.pk,
        "help_number": worry.numbers.get(municipality__slug="hjoerring").pk,
        "removed_number": Removed.objects.get(place__startswith="help:").pk,
    }


def _waiting(forum: Forum, signe: User) -> Appointment:
    """An appointment that the secretariat has proposed and that Hjørring has to say yes to."""
    seat = Seat.objects.get(title="Borgmester i Hjørring")
    return seats.appoint(
        seat=seat, user=person_of("karen"), function="deputy", starts_on=date(2022, 1, 28), by=signe
    )


def _offered(administrator: User) -> Membership:
    """Hjørring has asked Ida whether she belongs to it."""
    ida, _ = invite(
        organisation=Organisation.objects.get(slug="hjoerring"),
        email=email_of("ida"),
        name="Ida",
        title="Sygeplejerske",
        right="employee",
        today=date(2022, 1, 28),
        by=administrator,
    )
    return Membership.objects.get(user=ida, waiting=True)


def _removed(own: Plan, signe: User) -> None:
    """What lies in the bins of the partners, a station, a project and the agreement."""
    now = at("2022-01-28")
    station = Station.objects.select_related("municipality", "district").get(slug="aars")
    partner = add_partner(municipality=station.municipality, kind="business", name="Lukket", by=SYSTEM)
    contact = touch(station=station, partner=partner, on=None, note="", by=SYSTEM)
    remove_contact(contact=contact, now=now, by=signe)
    remove_partner(partner=partner, district=station.district, now=now, by=signe)
    kept = add_partner(municipality=station.municipality, kind="business", name="Butikken", by=SYSTEM)
    touch(station=station, partner=kept, on=None, note="", by=SYSTEM)
    step = projects.set_milestone(initiative=own.initiatives.all()[0], title="Opgivet", fora=[], by=SYSTEM)
    projects.remove_milestone(milestone=step, now=now, by=person_of("omar"))
    element = agreements.add_element(agreement=Agreement.objects.all()[0], title="Opgivet", by=signe)
    agreements.remove_element(element=element, now=now, by=signe)
