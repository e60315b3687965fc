"""Mails: kept before they are sent, sent once by the worker to a real server, tried again, chosen away."""

import asyncio
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Timer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from samraad.accounts import delivery, outbox
from samraad.accounts.actions import end_membership, invite
from samraad.accounts.models import Mail, Membership, User
from samraad.audit.actions import Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.commitment.actions.commitment import propose, report
from samraad.commitment.models import Commitment
from samraad.council.actions import agenda, minutes
from samraad.council.actions import forum as fora
from samraad.council.actions import meeting as meetings
from samraad.council.models import Appointment, Forum, Meeting
from samraad.council.notices.minutes import remind_of_minutes
from samraad.demo.cast import Entered, at, email_of, org
from tests.databases import DAY

Person = Callable[[str], User]
pytestmark = pytest.mark.django_db(transaction=True)


class Post:
    """An SMTP server that keeps what it gets, and refuses whom it is told to."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.got: list[tuple[str, str]] = []
        self.refuse: set[str] = set()
        self.slow = 0.0  # seconds before it answers that it has a mail
        self.when_it_has_one: Callable[[], object] = lambda: None
        self.server: Controller | None = None

    def open(self) -> None:
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)
        self.server.start()

    def close(self) -> None:
        if self.server:
            self.server.stop(no_assert=True)
        self.server = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append((envelope.rcpt_tos[0], envelope.content.decode()))
        self.when_it_has_one()
        await asyncio.sleep(self.slow)
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
    handler = Post(port)
    handler.open()
    yield handler
    handler.close()


def work() -> None:
    """What the worker does with all that is in its queue."""
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


def note(*people: User, key: str = "k") -> int:
    return outbox.post(kind="meeting", to=people, subject="Dagsorden", body="Se den.", key=key, by=SYSTEM)


def test_it_sends_each_mail_once_by_the_worker(cast: Entered, person: Person, post: Post) -> None:
    assert note(person("maja"), person("lars")) == 2
    assert note(person("maja")) == 0  # the same thing is not told twice
    assert not post.got
    work()
    work()
    assert sorted(to for to, _ in post.got) == ["lars@samraad.example", "maja@samraad.example"]
    delivery.send(Mail.objects.all()[0].pk)
    assert len(post.got) == 2


def test_it_gives_up_only_the_address_that_the_server_refuses(
    cast: Entered, person: Person, post: Post
) -> None:
    post.refuse = {"lars@samraad.example"}
    note(person("maja"), person("lars"), person("omar"))
    work()
    assert len(post.got) == 2
    failed = Mail.objects.get(sent_at=None)
    assert (failed.address, failed.tries) == ("lars@samraad.example", delivery.TRIES)
    assert "Adressen findes ikke" in failed.error
    post.refuse = set()
    outbox.try_again(mail=failed, by=person("signe"))
    work()
    assert len(post.got) == 3


def test_it_waits_for_a_server_that_is_down_and_sends_nothing_twice(
    cast: Entered, person: Person, post: Post
) -> None:
    post.close()
    note(person("maja"))
    work()
    mail = Mail.objects.get()
    assert mail.sent_at is None
    assert "Vi prøver igen" in mail.error
    post.open()
    call_command("post", "--now", verbosity=0)
    assert not post.got  # it rests first
    with frame():
        Mail.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    call_command("post", "--now", verbosity=0)
    call_command("post", "--now", verbosity=0)
    assert len(post.got) == 1


def test_it_lets_no_page_wait_for_a_slow_server(
    cast: Entered, person: Person, post: Post, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT, post.slow = 0.3, 0.8
    note(person("maja"))
    assert not post.got  # the page's part is over, and nobody has talked to the server
    work()
    assert "Vi prøver igen" in Mail.objects.get(sent_at=None).error
    post.slow = 0
    with frame():
        Mail.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    call_command("post", "--now", verbosity=0)
    assert Mail.objects.get().sent_at
    names = {line for _, text in post.got for line in text.splitlines() if line.startswith("Message-ID:")}
    assert (len(post.got), len(names)) == (2, 1)


def test_it_is_not_sent_to_who_does_not_want_it_nor_with_a_personal_number(
    cast: Entered, person: Person
) -> None:
    outbox.choose(wanted=["minutes"], by=person("maja"))
    assert note(person("maja"), person("lars")) == 1
    with pytest.raises(Refused, match="CPR"):
        outbox.post(
            kind="meeting", to=[person("lars")], subject="Sag", body="om 010203-1234", key="x", by=SYSTEM
        )


def test_it_tells_members_of_the_agenda_and_of_what_moved(cast: Entered, person: Person, post: Post) -> None:
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    agenda.add_item(meeting=meeting, kind="discussion", title="Natteliv", by=person("signe"))
    agenda.add_item(meeting=meeting, kind="discussion", title="En sag", closed=True, by=person("signe"))
    meetings.call_meeting(meeting=meeting, now=at("2022-02-20"), by=person("signe"))
    meetings.move_meeting(
        meeting=meeting,
        starts_at=at("2022-03-16"),
        ends_at=at("2022-03-16", 15),
        reason="Sygdom",
        now=at("2022-03-01"),
        by=person("signe"),
    )
    work()
    to_maja = [content for to, content in post.got if to == "maja@samraad.example"]
    assert len(to_maja) == 2
    assert ["Natteliv" in content for content in to_maja] == [True, False]
    assert not any("En sag" in content for content in to_maja)


def called(cast: Entered, by: User) -> Meeting:
    """A meeting of the kredsråd whose agenda was just sent out."""
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=by
    )
    agenda.add_item(meeting=meeting, kind="discussion", title="Natteliv", by=by)
    return meetings.call_meeting(meeting=meeting, now=at("2022-01-28"), by=by)


def test_it_tells_only_those_who_still_work_for_the_organisation_of_their_seat(
    cast: Entered, person: Person
) -> None:
    invite(
        organisation=org("aalborg"),
        email=email_of("maja"),
        name="M",
        title="",
        right="employee",
        today=DAY,
        by=SYSTEM,
    )
    end_membership(
        membership=Membership.objects.get(user=person("maja"), organisation=org("hjoerring")),
        on=DAY,
        by=person("else"),
    )
    assert person("maja").is_active
    called(cast, person("signe"))
    assert Mail.objects.filter(user=person("poul")).exists()
    assert not Mail.objects.filter(user=person("maja")).exists()


def test_it_asks_nobody_for_minutes_whose_seat_has_ended(cast: Entered, person: Person) -> None:
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-20"), ends_at=at("2022-01-20", 15), by=SYSTEM
    )
    item = agenda.add_item(meeting=meeting, kind="discussion", title="Natteliv", by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-10"), by=SYSTEM)
    present = dict.fromkeys(meeting.forum.seats.filter(title__startswith="Borgmester"), "present")
    minutes.hold_meeting(meeting=meeting, presence=present, chaired_by=None, guests=[], by=SYSTEM)
    minutes.write_minute(item=item, minute="x", outcome="noted", subjects=[], version=1, by=person("signe"))
    fora.end_appointment(appointment=Appointment.objects.get(user=person("maja")), on=DAY, by=person("signe"))
    minutes.send_minutes(meeting=meeting, now=at("2022-01-28"), by=person("signe"))
    assert remind_of_minutes(today=date(2022, 2, 5), by=SYSTEM) > 0
    assert set(Mail.objects.filter(user=person("lars")).values_list("kind", flat=True)) == {
        "minutes",
        "reminder",
    }
    assert not Mail.objects.filter(user=person("maja")).exclude(kind="seat").exists()


@pytest.mark.parametrize("loses", ["her seat", "everything"])
def test_it_sends_nothing_to_whom_lost_access_while_the_mail_waited(
    cast: Entered, person: Person, post: Post, loses: str
) -> None:
    called(cast, person("signe"))
    if loses == "her seat":
        fora.end_appointment(
            appointment=Appointment.objects.get(user=person("maja")), on=DAY, by=person("signe")
        )
    else:
        end_membership(membership=Membership.objects.get(user=person("maja")), on=DAY, by=person("else"))
    work()
    assert "poul@samraad.example" in [to for to, _ in post.got]
    assert not [to for to, text in post.got if to == "maja@samraad.example" and "Dagsorden" in text]
    mail = Mail.objects.get(user=person("maja"), kind="meeting")
    assert (mail.sent_at, mail.tries) == (None, delivery.TRIES)
    assert "ikke længere adgang" in mail.error
    assert Event.objects.get(verb="accounts.mail_withheld").object_id == mail.pk


def test_it_shows_a_mail_to_whom_it_was_about_and_not_to_whom_she_worked_for(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    with frame():
        Membership.objects.create(
            user=person("maja"),
            organisation=org("aalborg"),
            starts_on=date(2019, 1, 1),
            ends_on=date(2020, 1, 1),
        )
        Membership.objects.create(
            user=person("birk"),
            organisation=org("aalborg"),
            starts_on=date(2019, 1, 1),
            right="administrator",
        )
    outbox.post(
        kind="hearing",
        to=[person("maja")],
        subject="Høring",
        body="x",
        key="k",
        about=org("hjoerring"),
        by=SYSTEM,
    )
    mail = Mail.objects.get()
    assert mail.subject not in as_("birk").get("/personer/aalborg/mails/").content.decode()
    assert as_("birk").post(f"/mails/{mail.pk}/igen/").status_code == 404
    assert mail.subject in as_("else").get("/personer/hjoerring/mails/").content.decode()
    assert as_("else").post(f"/mails/{mail.pk}/igen/").status_code == 302


def test_it_says_when_a_mail_was_sent_by_the_clock_of_the_other_pages(
    cast: Entered, person: Person, post: Post, as_: Callable[[str], Client]
) -> None:
    for about in (org("nordjylland"), org("hjoerring")):
        outbox.post(
            kind="meeting", to=[person("maja")], subject="x", body="x", key=about.slug, about=about, by=SYSTEM
        )
    work()
    page = (
        as_("signe").get("/personer/nordjylland/mails/").content.decode()
        + as_("else").get("/personer/hjoerring/mails/").content.decode()
    )
    assert "28. januar 2022" in page
    assert "0 mails" not in page
    with frame():
        Mail.objects.update(sent_at=None, tries=delivery.TRIES)
    assert "1 mail kom ikke frem." in as_("else").get("/personer/hjoerring/mails/").content.decode()


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2022, 1, 17), True), (date(2022, 1, 18), False), (date(2022, 1, 28), True)]
)
def test_it_reminds_weekly_and_then_daily_and_only_those_who_owe(
    demo: Entered, settings: Any, day: date, expected: bool
) -> None:
    from tests.databases import moment

    settings.SAMRAAD_TODAY = moment(day)
    call_command("post", verbosity=0)
    call_command("post", verbosity=0)
    mails = Mail.objects.filter(kind="reminder", subject__contains="svar mangler")
    assert mails.exists() == expected
    assert not mails.filter(user__email="birk@samraad.example").exists()  # Aalborg has answered all
    assert mails.filter(user__email="lise@samraad.example").count() == int(
        expected
    )  # Vesthimmerlands has not, and hears of it once


def test_it_puts_what_happened_into_one_mail_on_mondays(demo: Entered, settings: Any) -> None:
    from samraad.desk.notices import digest

    with frame():
        Meeting.objects.filter(status="planned", forum__kind="kredsraad").update(called_at=at("2022-01-27"))
    assert digest(today=date(2022, 1, 28), now=at("2022-01-28"), by=SYSTEM) == 0
    assert digest(today=date(2022, 1, 31), now=at("2022-01-31"), by=SYSTEM) > 0
    assert digest(today=date(2022, 1, 31), now=at("2022-01-31"), by=SYSTEM) == 0
    assert "dagsorden til" in Mail.objects.filter(kind="digest")[0].body


@pytest.fixture
def told_off(cast: Entered) -> Commitment:
    """A commitment whose text no mail may hold, in a week when it was reported on."""
    commitment = propose(
        forum=cast.kredsraad, text="Følg op på sag 010190-1234", owner=None, by=SYSTEM, status="accepted"
    )
    report(commitment=commitment, light="green", text="ok", now=at("2022-01-30"), by=SYSTEM)
    other = propose(
        forum=Forum.objects.get(slug="ssp-broenderslev"),
        text="Natteliv",
        owner=None,
        by=SYSTEM,
        status="accepted",
    )
    report(commitment=other, light="green", text="ok", now=at("2022-01-30"), by=SYSTEM)
    return commitment


def test_it_lets_a_text_that_is_refused_stop_nobody_else(
    told_off: Commitment, person: Person, settings: Any
) -> None:
    from tests.databases import moment

    settings.SAMRAAD_TODAY = moment(date(2022, 1, 31))
    for _ in range(2):
        call_command("post", verbosity=0)
    assert [mail.user for mail in Mail.objects.filter(kind="digest")] == [person("omar")]
    left_out = Event.objects.filter(
        verb="accounts.mail_left_out", facts__key=f"digest:2022-5:{person('maja').pk}"
    )
    assert [event.facts["error"] for event in left_out] == ["refused"]


class Locked:
    """Another process that has the database for itself until it is told to let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("kun SQLite låser hele databasen")
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
        connection.close()
        self.other = sqlite3.connect(
            connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False
        )

    def lock(self) -> None:
        self.other.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        self.other.execute("ROLLBACK")


@pytest.fixture
def locked(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Locked]:
    other = Locked(monkeypatch)
    yield other
    other.other.close()
    connection.close()


def test_it_goes_on_with_the_round_when_the_database_is_locked(
    cast: Entered, person: Person, locked: Locked, capsys: pytest.CaptureFixture[str]
) -> None:
    note(person("maja"))
    locked.lock()
    with pytest.raises(CommandError, match="Ikke alt gik"):
        call_command("post", "--now", verbosity=0)
    assert f"Mail nummer {Mail.objects.get().pk} gik ikke. Databasen er optaget." in capsys.readouterr().err
    locked.let_go()
    call_command("post", "--now", verbosity=0)
    assert Mail.objects.get().sent_at


def test_it_sends_once_also_when_the_database_is_locked_just_after(
    cast: Entered, person: Person, post: Post, locked: Locked
) -> None:
    note(person("maja"))
    post.when_it_has_one = lambda: (locked.lock(), Timer(0.3, locked.let_go).start())
    delivery.send(Mail.objects.get().pk)
    assert Mail.objects.get().sent_at
    assert len(post.got) == 1


def test_it_writes_a_subject_on_one_line(cast: Entered, person: Person, post: Post) -> None:
    outbox.post(
        kind="meeting",
        to=[person("maja")],
        subject="Høring: Plan\r\n2023,  svar snart",
        body="x",
        key="k",
        by=SYSTEM,
    )
    work()
    assert Mail.objects.get().subject == "Høring: Plan 2023, svar snart"
    assert Mail.objects.get().sent_at


def test_it_gives_up_a_mail_that_cannot_be_written(cast: Entered, person: Person, post: Post) -> None:
    note(person("maja"))
    with frame():
        Mail.objects.update(subject="To\nlinjer")  # put in before subjects were kept on one line
    work()
    assert (Mail.objects.get().tries, Mail.objects.get().error[:8]) == (delivery.TRIES, "Adressen")
