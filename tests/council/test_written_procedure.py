"""A written procedure: an item is answered seat by seat."""

from collections.abc import Callable

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied
from samraad.council import permissions
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


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
    item = agenda.add_item(meeting=paper, kind="decision", title="Høringssvar", by=person("signe"))
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
