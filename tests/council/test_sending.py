"""Nothing is sent unseen: what a page shows is what goes, to those it names, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from samraad.accounts.models import Mail, MailChoice, User
from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum, Meeting
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]
Browser = Callable[[str], Client]


@pytest.fixture
def june(cast: Entered, person: Person) -> Meeting:
    """A meeting to come with an open and a closed item."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Cykler", by=person("signe"))
    agenda.add_item(meeting=planned, kind="discussion", title="HEMMELIG", closed=True, by=person("signe"))
    return planned


def _address(meeting: Meeting, what: str) -> str:
    return f"/nordjylland/arbejde/moeder/{meeting.pk}/{what}/"


def _press(browser: Client, address: str, page: Any, **more: str) -> Any:
    sent = {"once": str(page.context["token"]), "seen": page.context["sending"].seen} | more
    return browser.post(address, sent)


def test_the_page_shows_the_mail_as_it_goes_and_to_whom(june: Meeting, as_: Browser, person: Person) -> None:
    with frame():
        MailChoice.objects.create(user=person("lars"), kind="meeting")
    address = _address(june, "indkald")
    page = as_("signe").get(address)
    text = page.content.decode()
    assert "1. Cykler" in text
    assert "2. Lukket punkt" in text
    assert "HEMMELIG" not in text
    assert "har valgt mailen fra" in text
    assert "Borgmester i Aalborg" in text  # a seat without a person
    assert not Mail.objects.exists()
    shown = [mail.letter for mail in page.context["sending"].mails]
    reached = {user for letter in shown for user in letter.reaches()}
    assert _press(as_("signe"), address, page).status_code == 302
    went = Mail.objects.all()
    assert {(mail.subject, mail.body) for mail in went} == {(each.subject, each.body) for each in shown}
    assert {mail.user for mail in went} == reached
    assert person("lars") not in reached


def test_a_second_press_sends_nothing_more(june: Meeting, as_: Browser) -> None:
    address = _address(june, "indkald")
    page = as_("signe").get(address)
    _press(as_("signe"), address, page)
    count = Mail.objects.count()
    again = as_("signe").post(
        address, {"once": str(page.context["token"]), "seen": page.context["sending"].seen}, follow=True
    )
    assert again.status_code == 200
    assert Mail.objects.count() == count


@pytest.mark.parametrize("what", ["item", "receiver", "nothing seen"])
def test_what_changed_since_is_shown_again(june: Meeting, as_: Browser, person: Person, what: str) -> None:
    address = _address(june, "indkald")
    page = as_("signe").get(address)
    more = {}
    if what == "item":
        agenda.add_item(meeting=june, kind="discussion", title="Nyt", by=person("tage"))
    elif what == "receiver":
        with frame():
            MailChoice.objects.create(user=person("maja"), kind="meeting")
    else:
        more = {"seen": ""}
    again = _press(as_("signe"), address, page, **more)
    assert again.status_code == 409
    assert "Noget er ændret, siden du så det" in again.content.decode()
    assert not Mail.objects.exists()
    june.refresh_from_db()
    assert june.is_planned
    assert _press(as_("signe"), address, again).status_code == 302


def test_an_empty_agenda_has_no_button(june: Meeting, as_: Browser, person: Person) -> None:
    for item in list(june.items.all()):
        agenda.withdraw_item(item=item, by=person("signe"))
    page = as_("signe").get(_address(june, "indkald")).content.decode()
    assert "Dagsordenen er tom" in page
    assert "Send dagsordenen ud</button>" not in page


def test_a_meeting_that_has_been_is_noted_and_mails_nobody(meeting: Meeting, as_: Browser) -> None:
    address = _address(meeting, "indkald")
    page = as_("signe").get(address)
    assert "Ingen får en mail" in page.content.decode()
    assert _press(as_("signe"), address, page).status_code == 302
    meeting.refresh_from_db()
    assert meeting.is_called
    assert not Mail.objects.exists()


def test_minutes_are_shown_before_they_go(held: Meeting, as_: Browser, person: Person) -> None:
    address = _address(held, "referat/send")
    page = as_("signe").get(address)
    assert "Punkt 1 mangler et udfald" in page.content.decode()
    item = held.items.get()
    minutes.write_minute(item=item, minute="", outcome="noted", subjects=[], version=1, by=person("signe"))
    page = as_("signe").get(address)
    asked = [mail for mail in page.context["sending"].mails if "din godkendelse" in mail.letter.subject]
    assert {each.person for each in asked[0].receivers} == {person("poul"), person("maja")}
    assert _press(as_("signe"), address, page).status_code == 302
    assert Mail.objects.filter(key=f"minutes:{held.pk}:1", user=person("maja")).exists()


def test_a_reminder_names_those_who_have_not_answered(sent: Meeting, as_: Browser, person: Person) -> None:
    minutes.approve_minutes(meeting=sent, now=at("2022-01-28"), by=person("poul"))
    address = _address(sent, "referat/paamind")
    page = as_("signe").get(address)
    assert [each.person for mail in page.context["sending"].mails for each in mail.receivers] == [
        person("maja")
    ]
    assert page.context["sending"].empty_seats == []  # the seats that were not there are asked for nothing
    told = as_("signe").get(sent.get_absolute_url()).content.decode()
    lacking, _ = told[told.index("Hvem har godkendt") :].split("Godkendt<", 1)
    assert "Borgmester på Læsø" in lacking  # those that lack an answer come first
    assert "den, der var til stede, sidder der ikke nu" in lacking
    assert "Politidirektør" in lacking.rsplit("<tr>", 1)[1]
    assert "Se påmindelsen til 1 person" in told
    other = as_("maja").get(sent.get_absolute_url()).content.decode()
    assert "Mangler: Borgmester på Læsø, Borgmester i Hjørring." in other
    assert "Se påmindelsen" not in other
    assert "Borgmester på Læsø får ingen mail" in page.content.decode()
    assert _press(as_("signe"), address, page).status_code == 302
    reminded = Mail.objects.filter(key__startswith="remind-minutes:")
    assert [mail.user for mail in reminded] == [person("maja")]
    again = as_("signe").get(address)
    refused = _press(as_("signe"), address, again)
    assert refused.status_code == 302
    assert reminded.count() == 1


def test_minutes_that_reach_nobody_are_never_called_sent(cast: Entered, as_: Browser, person: Person) -> None:
    """A forum whose seats have no person: the page says so first, and what one can do."""
    forum = Forum.objects.get(slug="ssp-broenderslev")
    planned = meetings.plan_meeting(
        forum=forum, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=SYSTEM
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Cykler", by=SYSTEM)
    meetings.call_meeting(meeting=planned, now=at("2022-01-11"), by=SYSTEM)
    held = minutes.hold_meeting(meeting=planned, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    item = held.items.get()
    minutes.write_minute(
        item=item, minute="Talt", outcome="noted", subjects=[], version=item.version, by=SYSTEM
    )
    browser = as_("omar")
    page = browser.get(_address(held, "referat/send")).content.decode()
    assert "Ret fremmødet" in page
    assert "button-primary" not in page
