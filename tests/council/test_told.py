"""Who is told when something happens: every mail has its row in docs/reference/besked.md, which holds."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samraad.accounts.models import Mail, User
from samraad.audit.actor import SYSTEM
from samraad.audit.rooms import rooms
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum, Meeting, Seat
from samraad.council.notices import meeting as of_meetings
from samraad.council.notices import minutes as of_minutes
from samraad.council.notices.meeting import remind_of_meetings
from samraad.council.notices.minutes import remind_of_minutes
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]
SOURCE = Path(__file__).parents[2] / "src" / "samraad"
# In the kredsråd sit Poul (chair), Maja and Lars; Else prepares for Maja; Signe and Tage are secretaries.
ALL = {"signe", "tage", "poul", "maja", "else", "lars"}


# What else is named by a word and a number: whose bin a thing lies in, what the search goes by, formats
NO_MAILS = {
    "plan",
    "forum",
    "agreement",
    "initiative",
    "partners",
    "station",
    "secretariat",
    "file",
    "w",
    "help",
}


def test_no_mail_is_without_its_row_and_no_row_without_its_mail() -> None:
    written = set()
    for file in SOURCE.rglob("*.py"):
        written |= set(re.findall(r'f"([a-z-]+):\{', file.read_text("utf-8")))
    assert written - NO_MAILS == {row.key for room in rooms() for row in room.tells}


@pytest.fixture
def called(cast: Entered, person: Person) -> Meeting:
    """A meeting to come that is called."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-30"), ends_at=at("2022-01-30", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Cykler", by=person("signe"))
    return meetings.call_meeting(meeting=planned, now=at("2022-01-28"), by=person("signe"))


def _seat(meeting: Meeting) -> Seat:
    found: Seat = meeting.forum.seats.get(title="Borgmester i Hjørring")
    return found


def _move(meeting: Meeting, person: Person) -> None:
    meetings.move_meeting(
        meeting=meeting,
        starts_at=at("2022-02-02"),
        ends_at=at("2022-02-02", 15),
        reason="Storm",
        now=at("2022-01-28"),
        by=person("signe"),
    )


def _cancel(meeting: Meeting, person: Person) -> None:
    meetings.cancel_meeting(meeting=meeting, reason="Storm", to=None, by=person("signe"))


def _reinstate(meeting: Meeting, person: Person) -> None:
    _cancel(meeting, person)
    meetings.reinstate_meeting(meeting=meeting, now=at("2022-01-28"), by=person("signe"))


def _change(meeting: Meeting, person: Person) -> None:
    kept = {"offsite": False, "host": None, "wishes_due_on": None, "form": "physical"}
    meetings.change_meeting(
        meeting=meeting, version=1, place="Rådhuset", now=at("2022-01-28"), by=person("signe"), **kept
    )


def _add(meeting: Meeting, person: Person) -> None:
    agenda.add_item(meeting=meeting, kind="discussion", title="Sent", by=person("signe"))


def _paper(meeting: Meeting, person: Person) -> None:
    agenda.add_paper(
        item=meeting.items.all()[0],
        title="Notat",
        upload=SimpleUploadedFile("a.txt", b"x"),
        by=person("signe"),
    )


def _apology(meeting: Meeting, person: Person) -> None:
    meetings.send_apology(meeting=meeting, seat=_seat(meeting), by=person("maja"))


def _near(meeting: Meeting, person: Person) -> None:
    _apology(meeting, person)
    remind_of_meetings(today=date(2022, 1, 28), by=SYSTEM)


def _forward(meeting: Meeting, person: Person) -> None:
    other = Forum.objects.get(slug="lokalraad-vesthimmerlands")
    agenda.forward_item(item=meeting.items.all()[0], fora=[other], due_on=None, by=person("signe"))


BEFORE: dict[str, tuple[Callable[[Meeting, Person], Any], set[str]]] = {
    # the key of the row -> what happens, and who is told
    "called": (lambda meeting, person: None, ALL),
    "item": (_add, ALL),
    "paper": (_paper, ALL),
    "moved": (_move, ALL),
    "cancelled": (_cancel, ALL),
    "reinstated": (_reinstate, ALL),
    "changed": (_change, ALL),
    "apology": (_apology, {"signe", "tage", "else"}),
    "near": (_near, ALL - {"maja"}),
    "forwarded": (_forward, {"lise"}),
}


def _told(key: str, person: Person) -> set[str]:
    """Who of the cast has got a mail with such a key."""
    cast = {person(name).pk: name for name in (*ALL, "lise", "omar", "karen", "ida", "birk", "vera")}
    mails = Mail.objects.filter(key__startswith=f"{key}:").exclude(user=None)
    return {cast[mail.user_id] for mail in mails if mail.user_id in cast}


@pytest.mark.parametrize("key", [row.key for row in of_meetings.TELLS])
def test_a_meeting_is_told_to_those_it_says(called: Meeting, person: Person, key: str) -> None:
    happens, hear = BEFORE[key]
    happens(called, person)
    assert _told(key, person) == hear


def _send_again(meeting: Meeting, person: Person) -> None:
    minutes.take_minutes_back(meeting=meeting, reason="Rettet", now=at("2022-01-28"), by=person("signe"))


def _object(meeting: Meeting, person: Person) -> None:
    minutes.object_to_minutes(meeting=meeting, objection="Nej", now=at("2022-01-28"), by=person("maja"))


def _remind(meeting: Meeting, person: Person) -> None:
    minutes.approve_minutes(meeting=meeting, now=at("2022-01-28"), by=person("poul"))
    assert meeting.objections_due_on is not None
    remind_of_minutes(today=meeting.objections_due_on, by=SYSTEM)


AFTER: dict[str, tuple[Callable[[Meeting, Person], Any], set[str]]] = {
    "minutes": (lambda meeting, person: None, ALL - {"signe"}),
    "minutes-back": (_send_again, ALL - {"signe"}),
    "objection": (_object, {"signe", "tage"}),
    "remind-minutes": (_remind, {"maja"}),
}


@pytest.mark.parametrize("key", [row.key for row in of_minutes.TELLS])
def test_minutes_are_told_to_those_it_says(sent: Meeting, person: Person, key: str) -> None:
    happens, hear = AFTER[key]
    happens(sent, person)
    assert _told(key, person) == hear


def test_only_those_who_can_act_are_asked_to_act(sent: Meeting, person: Person) -> None:
    asked = Mail.objects.filter(key__startswith="minutes:", subject__contains="venter på din godkendelse")
    assert {mail.user for mail in asked} == {person("poul"), person("maja")}
