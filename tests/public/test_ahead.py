"""What everybody reads before the minutes: the open agenda, minutes that are to come, the feed of news."""

from collections.abc import Callable
from datetime import datetime
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at
from samraad.look.templatetags.look import ringbar, saetninger

Person = Callable[[str], User]
ATOM = "{http://www.w3.org/2005/Atom}"


def plan_one(cast: Entered, day: str, *, called: bool = True) -> Meeting:
    """A meeting of the kredsråd with an open item, a closed one and one with a text."""
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at(day), ends_at=at(day, 15), place="Hobro", by=SYSTEM
    )
    new = {"meeting": meeting, "kind": "discussion", "by": SYSTEM}
    agenda.add_item(title="Trygt natteliv", text="<p>Kanariefugl i teksten</p>", **new)
    agenda.add_item(title="Kanariefugl i titlen", closed=True, **new)
    if called:
        meetings.call_meeting(meeting=meeting, now=at("2022-01-20"), by=SYSTEM)
    return meeting


def page(client: Client, address: str) -> str:
    """The text of a page."""
    return unescape(client.get(address).content.decode())


def test_it_shows_the_open_agenda_once_it_is_sent_out(cast: Entered, client: Client) -> None:
    meeting = plan_one(cast, "2022-03-15")
    address = f"/nordjylland/moeder/{meeting.pk}/"
    assert f'href="{address}"' in page(client, "/nordjylland/moeder/")
    told = page(client, address)
    assert "Trygt natteliv" in told
    assert "Lukket punkt" in told
    assert "1 punkt er lukket" in told
    assert "Kanariefugl" not in told
    for other in (
        "/nordjylland/moeder/",
        "/nordjylland/",
        "/nordjylland/nyt.atom",
        "/nordjylland/soeg/?q=natteliv",
    ):
        assert "Kanariefugl" not in page(client, other)


def test_it_shows_no_agenda_that_is_not_sent_out_nor_one_of_another_forum(
    cast: Entered, client: Client
) -> None:
    meeting = plan_one(cast, "2022-03-15", called=False)
    address = f"/nordjylland/moeder/{meeting.pk}/"
    assert client.get(address).status_code == 404
    assert address not in page(client, "/nordjylland/moeder/")


def test_it_says_when_minutes_are_to_come_and_shows_none_of_them(cast: Entered, client: Client) -> None:
    meeting = plan_one(cast, "2022-01-25")
    present = dict.fromkeys(cast.kredsraad.seats.filter(member=True), "present")
    minutes.hold_meeting(meeting=meeting, presence=present, chaired_by=None, guests=[], by=SYSTEM)
    told = page(client, "/nordjylland/moeder/")
    assert "Referatet er ved at blive skrevet." in told
    assert client.get(f"/nordjylland/moeder/{meeting.pk}/").status_code == 404
    for item in meeting.items.all():
        minutes.write_minute(
            item=item, minute="<p>x</p>", outcome="discussed", version=item.version, subjects=[], by=SYSTEM
        )
    minutes.send_minutes(meeting=meeting, now=at("2022-01-27"), by=SYSTEM)
    assert "bemærkninger til og med 10. februar 2022" in page(client, "/nordjylland/moeder/")


def test_it_tells_of_decisions_and_editions_in_a_feed(demo: Entered, client: Client) -> None:
    answer = client.get("/nordjylland/nyt.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert "Samarbejdsplan 2022, udgave 1" in "\n".join(titles)
    assert any(title.startswith("Beslutning: ") for title in titles)
    moments = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert all(timezone.is_aware(moment) for moment in moments)
    keys = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(keys)) == len(keys)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kort. Og en til.", "Kort. Og en til."),
        (
            "En sætning på fyrre tegn står her nu. Den næste er der ikke plads til.",
            "En sætning på fyrre tegn står her nu.",
        ),
        ("Jf. § 113 i loven, som siger det. Så meget.", "Jf. § 113 i loven, som siger det. Så meget."),
        (
            "<p>En lang første sætning uden ende, som går ud over pladsen</p>",
            "En lang første sætning uden ende, som går ud over pladsen",
        ),
    ],
)
def test_it_cuts_a_text_at_the_end_of_a_sentence(text: str, shown: str) -> None:
    assert saetninger(text, 45) == shown


@pytest.mark.any_database
def test_it_lets_short_numbers_be_called_and_nothing_else_through() -> None:
    assert ringbar("Ring 114 <b>nu</b>, ikke 1145") == (
        'Ring <a href="tel:114">114</a> &lt;b&gt;nu&lt;/b&gt;, ikke 1145'
    )
