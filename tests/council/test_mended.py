"""What fresh eyes once found, so that it stays mended."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samraad.accounts.actions import end_membership, invite
from samraad.accounts.models import Membership, User
from samraad.audit.actions import Denied, Refused
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as promises
from samraad.commitment.actions.commitment import ask_for_extra_meeting
from samraad.commitment.models import Commitment, Occurrence
from samraad.commitment.permissions import report
from samraad.commitment.queries import places
from samraad.council import permissions
from samraad.council.actions import forum as fora
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import Forum, Meeting
from samraad.demo.actions import at, org
from samraad.demo.cast import Entered, email_of
from samraad.district.actions import NewHolder, change_seats
from samraad.public.queries.standing import commitments_now
from tests.conftest import DAY

Person = Callable[[str], User]


def test_it_gives_no_link_to_the_account_of_somebody_else(cast: Entered, person: Person) -> None:
    user, token = invite(
        organisation=org("hjoerring"),
        email=email_of("poul"),
        name="P",
        title="",
        right="employee",
        today=DAY,
        by=person("else"),
    )
    assert (user, token) == (person("poul"), "")


def test_it_gives_no_seat_of_an_organisation_one_does_not_work_for(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    own = Forum.objects.get(slug="lokalraad-vesthimmerlands")
    page = as_("lise").post(
        f"/nordjylland/arbejde/fora/{own.pk}/plads/", {"title": "X", "organisation": org("hjoerring").pk}
    )
    assert page.status_code == 422
    seat = fora.add_seat(forum=own, title="Hjørring", organisation=org("hjoerring"), by=SYSTEM)
    with pytest.raises(Refused, match="hører ikke til Hjørring"):
        fora.appoint(seat=seat, user=person("lise"), function="member", starts_on=DAY, by=person("lise"))


def test_it_takes_all_seats_away_with_the_membership(cast: Entered, person: Person) -> None:
    else_ = person("else")
    assert permissions.speaks_for(else_, org("hjoerring"), "member")
    with pytest.raises(Refused, match="skal have en administrator"):
        end_membership(membership=Membership.objects.get(user=else_), on=DAY, by=else_)
    invite(
        organisation=org("hjoerring"),
        email=email_of("karen"),
        name="K",
        title="",
        right="administrator",
        today=DAY,
        by=else_,
    )
    end_membership(membership=Membership.objects.get(user=else_), on=DAY, by=person("karen"))
    assert not permissions.appointments(person("else"))


@pytest.fixture
def proposed(cast: Entered, person: Person) -> Commitment:
    return promises.propose(
        forum=cast.kredsraad,
        text="Skoleveje",
        owner=org("hjoerring"),
        due_on=date(2022, 3, 1),
        by=person("signe"),
    )


def test_it_accepts_for_nobody_by_the_back_door(cast: Entered, person: Person, proposed: Commitment) -> None:
    with pytest.raises(Refused, match="venter ikke"):
        promises.meet_condition(commitment=proposed, due_on=None, by=person("signe"))
    with pytest.raises(Refused, match="svarer selv"):
        promises.propose(
            forum=cast.kredsraad, text="X", owner=org("hjoerring"), outside=True, by=person("signe")
        )
    promises.accept(commitment=proposed, by=person("maja"))
    for act in (promises.confirm, promises.send_back):
        with pytest.raises(Denied, match="ikke meldt udført"):
            act(commitment=proposed, by=person("signe"))


def test_it_lets_a_local_leader_report_only_what_is_hers(cast: Entered, person: Person) -> None:
    police = promises.propose(forum=cast.kredsraad, text="Fonde", owner=org("nordjylland"), by=person("poul"))
    seat = Forum.objects.get(slug="lokalraad-vesthimmerlands").seats.get(title="Lokalpolitiet i Aars")
    hours = promises.propose(
        forum=cast.kredsraad, text="Tider", owner=org("nordjylland"), owner_seat=seat, by=person("poul")
    )
    assert not report.allows(person("lise"), police)
    assert report.allows(person("lise"), hours)


class Shown:
    """An edition that holds one promise."""

    def __init__(self, promise: Commitment) -> None:
        self.content: Any = {"areas": [{"title": "", "commitments": [{"id": promise.pk}]}], "sections": []}


def test_it_shows_the_public_only_what_was_released(
    cast: Entered, person: Person, proposed: Commitment
) -> None:
    promises.accept(commitment=proposed, by=person("maja"))
    promises.report(
        commitment=proposed,
        light="green",
        text="Gjort",
        done=True,
        real="fem",
        now=at("2022-01-28"),
        by=person("else"),
    )
    assert commitments_now(Shown(proposed), DAY)[proposed.pk].word == "Ikke startet"  # type: ignore[arg-type]
    promises.release(commitment=proposed, now=at("2022-01-28"), by=person("maja"))
    now = commitments_now(Shown(proposed), DAY)[proposed.pk]  # type: ignore[arg-type]
    assert (now.word, now.real) == ("Udført", "fem")


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    meetings.add_item(meeting=planned, kind="discussion", title="Punkt", withheld=True, by=person("signe"))
    meetings.call_meeting(meeting=planned, now=at("2022-01-11"), by=person("signe"))
    return planned


def test_it_is_held_only_by_being_held(meeting: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="ikke til godkendelse"):
        minutes.take_minutes_back(meeting=meeting, by=person("signe"))


def test_it_keeps_objections_when_minutes_are_taken_back(meeting: Meeting, person: Person) -> None:
    presence = dict.fromkeys(meeting.forum.seats.filter(member=True), "present")
    minutes.hold_meeting(meeting=meeting, presence=presence, chaired_by=None, guests=[], by=person("signe"))
    minutes.write_minute(
        item=meeting.items.get(), minute="x", outcome="noted", subjects=[], version=1, by=person("signe")
    )
    minutes.send_minutes(meeting=meeting, now=at("2022-01-27"), by=person("signe"))
    minutes.approve_minutes(meeting=meeting, now=at("2022-01-28"), by=person("poul"))
    minutes.object_to_minutes(meeting=meeting, objection="Nej", now=at("2022-01-28"), by=person("maja"))
    with pytest.raises(Refused, match="Kun et indkaldt møde"):
        minutes.hold_meeting(
            meeting=meeting, presence=presence, chaired_by=None, guests=[], by=person("signe")
        )
    minutes.take_minutes_back(meeting=meeting, by=person("signe"))
    assert [reply.objection for reply in meeting.replies.all()] == ["Nej"]


def test_it_asks_the_one_who_sat_there_and_not_her_successor(meeting: Meeting, person: Person) -> None:
    presence = dict.fromkeys(meeting.forum.seats.filter(member=True), "present")
    minutes.hold_meeting(meeting=meeting, presence=presence, chaired_by=None, guests=[], by=person("signe"))
    minutes.write_minute(
        item=meeting.items.get(), minute="x", outcome="noted", subjects=[], version=1, by=person("signe")
    )
    minutes.send_minutes(meeting=meeting, now=at("2022-01-27"), by=person("signe"))
    seat = meeting.forum.seats.get(title="Borgmester i Hjørring")
    change_seats(
        forum=meeting.forum,
        holders=[NewHolder(seat, "Nanna", "nanna@samraad.example")],
        starts_on=DAY,
        by=person("signe"),
    )
    nanna = User.objects.get(name="Nanna")
    assert "til stede" in permissions.reply_to_minutes.reason(nanna, meeting)


def test_it_copies_what_was_postponed_at_the_meeting(meeting: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=meeting.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=person("signe"))
    minutes.write_minute(
        item=meeting.items.get(), minute="", outcome="postponed", subjects=[], version=1, by=person("signe")
    )
    copy = later.items.get()
    assert (copy.title, copy.withheld, copy.postponed_from) == ("Punkt", True, meeting.items.get())


def test_it_frees_the_duties_of_a_cancelled_meeting(cast: Entered, person: Person) -> None:
    from samraad.commitment.actions.duty import add_duty

    add_duty(forum=cast.kredsraad, title="Unge", rule="quarter", quarter=2, by=SYSTEM)
    june = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    occurrence = Occurrence.objects.get(year=2022)
    meetings.take_proposal(meeting=june, key=occurrence.key, by=person("signe"))
    meetings.cancel_meeting(meeting=june, reason="x", to=None, by=person("signe"))
    assert places([occurrence]) == {}


@pytest.mark.parametrize(
    "path",
    [
        "aarshjul/?forum=²",
        "aarshjul/?aar=²",
        "moeder/{m}/forslag/x/drop/",
        "moeder/{m}/forslag/commitment-abc/drop/",
    ],
)
def test_it_takes_odd_addresses_calmly(
    cast: Entered, person: Person, as_: Callable[[str], Client], path: str
) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    assert as_("signe").get(f"/nordjylland/arbejde/{path.format(m=made.pk)}").status_code in (200, 404)


def test_it_writes_an_agenda_of_pasted_text(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    url = f"/nordjylland/arbejde/moeder/{planned.pk}"
    as_("signe").post(f"{url}/punkt/", {"title": "A\x0bB", "kind": "discussion", "text": "<p>Et\x0bto</p>"})
    assert [(item.title, item.text) for item in planned.items.all()] == [("A B", "<p>Et<br>to</p>")]
    assert as_("signe").get(f"{url}/dagsorden-hele.docx").status_code == 200


def test_it_takes_a_paper_that_names_somebody_with_a_word_about_it(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    item = meetings.add_item(meeting=planned, kind="discussion", title="Natteliv", by=person("signe"))
    url = f"/nordjylland/arbejde/punkter/{item.pk}/bilag/"
    sent = as_("signe").post(
        url, {"title": "Notat", "upload": SimpleUploadedFile("a.txt", b"Kontakt Peter Hansen")}, follow=True
    )
    assert "Bilaget er lagt på. Det ser ud til at nævne en person: “Peter Hansen”." in sent.content.decode()
    assert item.papers.count() == 1
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 halvt")
    assert as_("signe").post(url, {"title": "Ark", "upload": broken}).status_code == 422
    assert item.papers.count() == 1


def test_it_asks_for_an_extra_meeting_and_gives_a_mandate(cast: Entered, person: Person) -> None:
    wish = ask_for_extra_meeting(
        forum=cast.kredsraad, reason="Uro i natteliv", now=at("2022-01-28"), by=person("maja")
    )
    assert (wish.due_on, wish.status) == (date(2022, 2, 11), "accepted")
    with pytest.raises(Denied):
        fora.set_rules(
            forum=cast.kredsraad,
            approval_required=True,
            objection_days=10,
            release_mandate_until=None,
            by=person("signe"),
        )
    assert (
        fora.set_rules(
            forum=cast.kredsraad,
            approval_required=True,
            objection_days=10,
            release_mandate_until=DAY,
            by=person("poul"),
        ).objection_days
        == 10
    )


def test_it_gives_a_calendar_that_follows_a_moved_meeting(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad,
        starts_at=at("2022-03-15"),
        ends_at=at("2022-03-15", 15),
        place="Aalborg",
        by=person("signe"),
    )
    meetings.add_item(meeting=made, kind="decision", title="Fortroligt punkt", by=person("signe"))
    address = as_("maja").get("/min-profil/").content.decode().split("http://testserver")[1].split("<")[0]
    first = Client().get(address).content.decode()
    assert "SUMMARY:Møde i Kredsrådet i Nordjylland" in first
    assert "20220315T120000Z" in first
    assert "Fortroligt" not in first
    meetings.move_meeting(
        meeting=made,
        starts_at=at("2022-03-22"),
        ends_at=at("2022-03-22", 15),
        reason="Storm",
        now=at("2022-01-28"),
        by=person("signe"),
    )
    again = Client().get(address).content.decode()
    assert f"UID:moede-{made.pk}@samraad" in again
    assert "SEQUENCE:1" in again
    assert "20220322T120000Z" in again


def test_it_takes_apologies_beforehand_and_back_again(cast: Entered, person: Person) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    minutes.send_apology(meeting=made, by=person("maja"))
    assert [row.presence for row in made.attendance.all()] == ["excused"]
    minutes.send_apology(meeting=made, by=person("maja"))
    assert not made.attendance.exists()
    with pytest.raises(Denied, match="Kun medlemmer"):
        minutes.send_apology(meeting=made, by=person("else"))


def test_it_is_answered_seat_by_seat_in_a_written_procedure(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    paper = meetings.plan_meeting(
        forum=cast.kredsraad,
        starts_at=at("2022-01-27"),
        ends_at=at("2022-01-27", 15),
        form="written",
        by=person("signe"),
    )
    item = meetings.add_item(meeting=paper, kind="decision", title="Høringssvar", by=person("signe"))
    assert "ikke sendt ud" in permissions.reply_in_writing.reason(person("maja"), paper)
    meetings.call_meeting(meeting=paper, now=at("2022-01-20"), by=person("signe"))
    for agrees in (True, False):
        minutes.reply_in_writing(
            item=item, agrees=agrees, text="Nej tak", now=at("2022-01-27"), by=person("maja")
        )
    assert [(r.seat.title, r.agrees) for r in item.written_replies.all()] == [
        ("Borgmester i Hjørring", False)
    ]
    with pytest.raises(Denied, match="Kun medlemmer"):
        minutes.reply_in_writing(item=item, agrees=True, text="", now=at("2022-01-27"), by=person("else"))
    form = as_("signe").get(f"/nordjylland/arbejde/moeder/{paper.pk}/afholdt/").content.decode()
    assert form.count('<option value="present" selected>') == 1
    assert (
        "1 plads har svaret skriftligt"
        in as_("poul").get(f"/nordjylland/arbejde/moeder/{paper.pk}/").content.decode()
    )


def test_it_ties_a_promise_to_a_seat_of_its_owner_and_no_other(
    cast: Entered, as_: Callable[[str], Client]
) -> None:
    seat = Forum.objects.get(slug="lokalraad-vesthimmerlands").seats.get(title="Lokalpolitiet i Aars")
    path = f"/nordjylland/arbejde/loefter/nyt/{cast.kredsraad.pk}/"
    data = {"text": "Bekræfte tiderne", "owner": org("hjoerring").pk, "owner_seat": seat.pk}
    assert "Pladsen hører til Nordjyllands Politi" in as_("signe").post(path, data).content.decode()
    assert as_("signe").post(path, data | {"owner": org("nordjylland").pk}).status_code == 302
    assert Commitment.objects.get(text="Bekræfte tiderne").owner_seat == seat
