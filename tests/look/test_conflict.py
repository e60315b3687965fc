"""Two people save the same thing: what only one touched is kept, what both did is asked about."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]
Browser = Callable[[str], Client]


@pytest.fixture
def item(cast: Entered, person: Person) -> AgendaItem:
    """An item of a meeting to come."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    return agenda.add_item(
        meeting=planned,
        kind="information",
        title="Vagtordning",
        text="<p>En <strong>status</strong>.</p><ul><li>Et</li></ul>",
        subjects=["prevention"],
        by=person("signe"),
    )


def _address(item: AgendaItem) -> str:
    return f"/nordjylland/arbejde/punkter/{item.pk}/"


def _opened(browser: Client, item: AgendaItem) -> dict[str, Any]:
    """What the form sends when nothing is touched, as a browser would: fields and what they began with."""
    return sent_by(browser.get(_address(item)).context["form"])


def sent_by(form: Any) -> dict[str, Any]:
    """What a browser sends of a form where nothing is touched: its fields and what they began with."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value not in (None, False, ""):
            sent[bound.html_name] = ["on"] if value is True else value
    for beginning in form.beginnings():
        for name, value in _inputs(str(beginning)):
            sent.setdefault(name, [])
            sent[name].append(value)
    return sent


def _inputs(markup: str) -> list[tuple[str, str]]:
    found = []
    for tag in re.findall(r"<input[^>]*>", markup, re.DOTALL):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        found.append((attributes["name"], html.unescape(attributes.get("value", ""))))
    return found


def test_both_are_kept_when_they_touched_different_fields(item: AgendaItem, as_: Browser) -> None:
    first, second = _opened(as_("poul"), item), _opened(as_("signe"), item)
    assert as_("poul").post(_address(item), first | {"closed": "on", "subjects": []}).status_code == 302
    done = as_("signe").post(_address(item), second | {"title": "Vagtordning ved havnen"}, follow=True)
    item.refresh_from_db()
    assert (item.title, item.closed, item.subjects) == ("Vagtordning ved havnen", True, [])
    assert "<strong>status</strong>" in item.text
    said = done.content.decode()
    assert "En anden rettede imens: Faste emner, Lukket punkt: bliver ikke offentligt." in said


def test_what_both_changed_is_asked_about_and_the_rest_is_kept(item: AgendaItem, as_: Browser) -> None:
    first, second = _opened(as_("poul"), item), _opened(as_("signe"), item)
    as_("poul").post(_address(item), first | {"closed": "on", "title": "Vagtordning ved havnen"})
    asked = as_("signe").post(_address(item), second | {"title": "Vagter", "kind": "decision"})
    assert asked.status_code == 409
    page = asked.content.decode()
    assert "Titel: Vagtordning ved havnen" in page
    assert "Titel: Vagter" in page
    assert "Sagsfremstilling:" not in page  # the same for both
    form = asked.context["form"]
    assert (form["title"].value(), form["closed"].value(), form["kind"].value()) == (
        "Vagter",
        True,
        "decision",
    )
    again = sent_by(form)
    assert as_("signe").post(_address(item), again).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.closed, item.kind) == ("Vagter", True, "decision")


@pytest.mark.parametrize(("choice", "title"), [("gemt", "Vagtordning ved havnen"), ("mit", "Vagter")])
def test_one_chooses_for_each_field_whose_text_counts(
    choice: str, title: str, item: AgendaItem, as_: Browser
) -> None:
    first, second = _opened(as_("poul"), item), _opened(as_("signe"), item)
    as_("poul").post(_address(item), first | {"title": "Vagtordning ved havnen", "minutes": "20"})
    asked = as_("signe").post(_address(item), second | {"title": "Vagter", "kind": "decision"})
    assert 'name="valg-title"' in asked.content.decode()
    assert "valg-kind" not in asked.content.decode()  # only one of them changed it
    again = sent_by(asked.context["form"]) | {"valg-title": choice}
    assert as_("signe").post(_address(item), again).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.kind) == (title, "decision")


def test_what_is_closed_stays_closed_when_it_is_not_known_who_touched_it(
    item: AgendaItem, as_: Browser
) -> None:
    bare = {"title": "X", "kind": "information", "text": "", "version": "1"}
    as_("poul").post(_address(item), bare | {"closed": "on"})
    asked = as_("signe").post(_address(item), bare)
    assert as_("signe").post(_address(item), sent_by(asked.context["form"])).status_code == 302
    item.refresh_from_db()
    assert item.closed


def test_a_third_save_is_asked_about_again(item: AgendaItem, as_: Browser) -> None:
    first, second = _opened(as_("poul"), item), _opened(as_("signe"), item)
    as_("poul").post(_address(item), first | {"title": "A"})
    asked = as_("signe").post(_address(item), second | {"title": "B"})
    third = _opened(as_("tage"), item)
    as_("tage").post(_address(item), third | {"title": "C"})
    assert as_("signe").post(_address(item), sent_by(asked.context["form"])).status_code == 409
    item.refresh_from_db()
    assert item.title == "C"


def test_who_sends_no_beginnings_is_asked_about_all_that_differs(item: AgendaItem, as_: Browser) -> None:
    bare = {"title": "X", "kind": "information", "text": "", "version": "1"}
    as_("poul").post(_address(item), bare | {"closed": "on"})
    asked = as_("signe").post(_address(item), bare)
    assert asked.status_code == 409
    item.refresh_from_db()
    assert item.closed
