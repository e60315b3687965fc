"""The minutes on one page: every save takes all items; two who write do not lose each other's words."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from samraad.accounts.models import User
from samraad.audit.actions import frame
from samraad.audit.models import Draft
from samraad.commitment.models import Commitment
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Meeting
from samraad.demo.cast import Entered, at
from tests.look.test_conflict import sent_by

Person = Callable[[str], User]
Browser = Callable[[str], Client]


@pytest.fixture
def five(cast: Entered, person: Person) -> Meeting:
    """A meeting that was held, with five items."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    for title in "ABCDE":
        agenda.add_item(meeting=planned, kind="discussion", title=title, by=person("signe"))
    meetings.call_meeting(meeting=planned, now=at("2022-01-11"), by=person("signe"))
    presence = dict.fromkeys(planned.forum.seats.filter(member=True), "excused")
    for seat in presence:
        if seat.title in ("Politidirektør i Nordjylland", "Borgmester i Hjørring"):
            presence[seat] = "present"
    return minutes.hold_meeting(
        meeting=planned, presence=presence, chaired_by=None, guests=[], by=person("signe")
    )


def _address(meeting: Meeting) -> str:
    return f"/nordjylland/arbejde/moeder/{meeting.pk}/referat/"


def _opened(browser: Client, meeting: Meeting) -> tuple[Any, dict[str, Any]]:
    page = browser.get(_address(meeting))
    sent: dict[str, Any] = {"once": str(page.context["token"])}
    for row in page.context["rows"]:
        sent |= sent_by(row.form)
    return page, sent


def _name(meeting: Meeting, title: str, field: str) -> str:
    return f"punkt-{meeting.items.get(title=title).pk}-{field}"


def test_one_save_takes_all_items_and_goes_to_the_next(five: Meeting, as_: Browser) -> None:
    _, sent = _opened(as_("signe"), five)
    second = five.items.get(title="B")
    sent |= {
        _name(five, "A", "outcome"): "noted",
        _name(five, "A", "minute"): "Alle var **enige**.",
        _name(five, "D", "minute"): "En halv sætning",
        "gem": str(second.pk),
    }
    answer = as_("signe").post(_address(five), sent)
    assert answer.url == f"{_address(five)}?punkt={second.pk}#punkt-{second.pk}"  # type: ignore[attr-defined]
    kept = {item.title: (item.outcome, item.minute) for item in five.items.all()}
    assert kept["A"] == ("noted", "<p>Alle var <strong>enige</strong>.</p>")
    assert kept["D"] == ("", "<p>En halv sætning</p>")
    assert kept["B"] == ("", "")


def test_what_was_not_touched_leaves_no_trace(five: Meeting, as_: Browser) -> None:
    _, sent = _opened(as_("signe"), five)
    as_("signe").post(_address(five), sent | {_name(five, "A", "outcome"): "noted", "gem": "send"})
    assert [item.version for item in five.items.all()] == [2, 1, 1, 1, 1]


def test_decision_promise_absence_and_conflict_of_interest_go_along(five: Meeting, as_: Browser) -> None:
    _, sent = _opened(as_("signe"), five)
    hjoerring = five.forum.seats.get(title="Borgmester i Hjørring")
    sent |= {
        _name(five, "C", "text"): "Der afsættes 1.000.000 kr.",
        _name(five, "C", "kind"): "decision",
        _name(five, "C", "commitment"): "Søge den tredje fond",
        _name(five, "C", "owner"): str(five.forum.district_id),
        _name(five, "C", "due_on"): "2022-04-29",
        _name(five, "C", "partial"): [str(hjoerring.pk)],
    }
    assert as_("signe").post(_address(five), sent).status_code == 302
    item = five.items.get(title="C")
    assert [str(decision) for decision in item.decisions.all()] == ["Der afsættes 1.000.000 kr."]
    assert Commitment.objects.get(decision__item=item).text == "Søge den tredje fond"
    assert [str(absence) for absence in item.absences.all()] == ["Borgmester i Hjørring: inhabil"]
    assert "Borgmester i Hjørring: inhabil" in _word(as_("signe"), five)


def _word(browser: Client, meeting: Meeting) -> str:
    answer = browser.get(f"/nordjylland/arbejde/moeder/{meeting.pk}/referat-hele.docx")
    return " ".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)


def test_two_who_write_different_items_keep_both(five: Meeting, as_: Browser) -> None:
    _, first = _opened(as_("signe"), five)
    _, second = _opened(as_("poul"), five)
    as_("poul").post(_address(five), second | {_name(five, "A", "minute"): "Pouls ord"})
    answer = as_("signe").post(_address(five), first | {_name(five, "B", "minute"): "Signes ord"})
    assert answer.status_code == 302
    kept = {item.title: item.minute for item in five.items.all()}
    assert (kept["A"], kept["B"]) == ("<p>Pouls ord</p>", "<p>Signes ord</p>")


def test_the_same_item_asks_and_keeps_what_is_typed_and_the_other_items(five: Meeting, as_: Browser) -> None:
    _, first = _opened(as_("signe"), five)
    _, second = _opened(as_("poul"), five)
    as_("poul").post(
        _address(five),
        second | {_name(five, "A", "minute"): "Pouls ord", _name(five, "A", "outcome"): "postponed"},
    )
    answer = as_("signe").post(
        _address(five),
        first | {_name(five, "A", "minute"): "Signes ord", _name(five, "B", "minute"): "Mere"},
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Pouls ord" in page
    assert "Signes ord" in page
    row = answer.context["rows"][0]
    assert row.form["outcome"].value() == "postponed"  # not set back
    assert "Mere" in page
    assert not five.items.get(title="B").minute  # all or nothing, and nothing is lost
    again = {"once": str(answer.context["token"])}
    for each in answer.context["rows"]:
        again |= sent_by(each.form)
    assert as_("signe").post(_address(five), again).status_code == 302
    item = five.items.get(title="A")
    assert (item.minute, item.outcome) == ("<p>Signes ord</p>", "postponed")
    assert five.items.get(title="B").minute == "<p>Mere</p>"


def test_a_wrong_field_loses_nothing_of_the_others(five: Meeting, as_: Browser) -> None:
    _, sent = _opened(as_("signe"), five)
    answer = as_("signe").post(
        _address(five),
        sent | {_name(five, "A", "minute"): "Nr. 010190-1234", _name(five, "B", "minute"): "Andet"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ligner et CPR-nummer" in page
    assert "Andet" in page
    assert not any(item.minute for item in five.items.all())


def test_the_same_outcome_for_several_items_at_once(five: Meeting, as_: Browser) -> None:
    chosen = [five.items.get(title=title).pk for title in "BCD"]
    answer = as_("signe").post(f"{_address(five)}udfald/", {"outcome": "noted", "items": chosen})
    assert answer.status_code == 302
    assert [item.outcome for item in five.items.all()] == ["", "noted", "noted", "noted", ""]


@pytest.mark.parametrize(
    ("quorum", "words"),
    [(None, "ikke skrevet endnu"), (5, "kunne ikke beslutte: 2 pladser"), (2, "kunne beslutte: mindst 2")],
)
def test_the_page_says_whether_the_forum_could_decide(
    five: Meeting, as_: Browser, quorum: int | None, words: str
) -> None:
    with frame():
        five.forum.quorum = quorum
        five.forum.save()
    assert words in as_("signe").get(_address(five)).content.decode()


def test_a_draft_is_kept_brought_back_and_gone_when_saved(
    five: Meeting, as_: Browser, person: Person
) -> None:
    _, sent = _opened(as_("signe"), five)
    sent |= {_name(five, "A", "minute"): "En halv sæt", _name(five, "A", "outcome"): "noted"}
    place = _address(five)
    kept = as_("signe").post("/kladde/", {"place": place, "content": urlencode(sent, doseq=True)})
    assert kept.content.decode().startswith("Gemt kl. ")
    draft = Draft.objects.get()
    assert draft.user_id == person("signe").pk
    assert "once" not in draft.content
    assert not any(item.minute for item in five.items.all())
    assert "Du har en kladde" in as_("signe").get(place).content.decode()
    assert "Du har en kladde" not in as_("poul").get(place).content.decode()
    back = as_("signe").get(f"{place}?kladde=1")
    assert back.context["rows"][0].form["minute"].value() == "En halv sæt"
    assert "En halv sæt" not in as_("poul").get(f"{place}?kladde=1").content.decode()
    again = {"once": str(back.context["token"])}
    for row in back.context["rows"]:
        again |= sent_by(row.form)
    assert as_("signe").post(place, again).status_code == 302
    assert five.items.get(title="A").minute == "<p>En halv sæt</p>"
    assert not Draft.objects.exists()


def test_a_draft_holds_no_personal_number_and_can_be_deleted(five: Meeting, as_: Browser) -> None:
    place = _address(five)
    refused = as_("signe").post("/kladde/", {"place": place, "content": "a=Nr.+010190-1234"})
    assert refused.status_code == 422
    assert "CPR" in refused.content.decode()
    assert not Draft.objects.exists()
    as_("signe").post("/kladde/", {"place": place, "content": "a=b"})
    assert as_("signe").post("/kladde/slet/", {"place": place}).url == place  # type: ignore[attr-defined]
    assert not Draft.objects.exists()
    elsewhere = as_("signe").post("/kladde/slet/", {"place": "//example.org/"})
    assert elsewhere.url == "/"  # type: ignore[attr-defined]


def test_a_long_form_keeps_a_draft_too(cast: Entered, as_: Browser, person: Person) -> None:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    place = f"/nordjylland/arbejde/moeder/{planned.pk}/punkt/"
    as_("signe").post("/kladde/", {"place": place, "content": "title=Halvt&kind=decision&text=Noget"})
    assert "Du har en kladde" in as_("signe").get(place).content.decode()
    form = as_("signe").get(f"{place}?kladde=1").context["form"]
    assert (form["title"].value(), form["kind"].value()) == ("Halvt", "decision")
    as_("signe").post(place, {"title": "Helt", "kind": "decision"})
    assert not Draft.objects.exists()


def test_one_comes_to_the_item_one_asked_for(five: Meeting, as_: Browser, person: Person) -> None:
    item = five.items.get(title="C")
    minutes.set_outcomes(meeting=five, items=list(five.items.all()), outcome="noted", by=person("signe"))
    page = as_("signe").get(five.get_absolute_url()).content.decode()
    assert f"{_address(five)}?punkt={item.pk}#punkt-{item.pk}" in page
    rows = as_("signe").get(f"{_address(five)}?punkt={item.pk}").context["rows"]
    assert [row.item.title for row in rows if row.open] == ["C"]
    assert [row.item.title for row in rows if row.leads] == ["C"]


def test_it_asks_no_more_for_more_items(five: Meeting, as_: Browser) -> None:
    browser = as_("signe")
    browser.get(_address(five))
    with CaptureQueriesContext(connection) as five_items:
        browser.get(_address(five))
    with frame():
        for position in range(6, 16):
            AgendaItem.objects.create(meeting=five, kind="discussion", title="Mere", position=position)
    with CaptureQueriesContext(connection) as fifteen_items:
        browser.get(_address(five))
    told = [query["sql"][:110] for query in fifteen_items][len(five_items) - 3 : len(five_items) + 8]
    assert len(fifteen_items) == len(five_items), "\n".join(told)


def test_no_form_stands_inside_the_form(five: Meeting, as_: Browser, person: Person) -> None:
    minutes.decide(item=five.items.get(title="A"), text="Det blev vedtaget", by=person("signe"))
    page = as_("signe").get(_address(five)).content.decode()
    form = page.split("data-minutes")[1].split("</form>")[0]
    assert "Det blev vedtaget" in form
    assert all(f"punkt-{item.pk}-minute" in form for item in five.items.all())
    assert "<form" not in form


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "Vi henstiller", "kind": "recommendation"}, "begrænset tid"),
        ({"commitment": "Søge fonden"}, "Skriv beslutningen, som det følger af."),
    ],
)
def test_half_a_decision_is_told_and_nothing_is_lost(
    five: Meeting, as_: Browser, typed: dict[str, str], says: str
) -> None:
    _, sent = _opened(as_("signe"), five)
    sent |= {_name(five, "B", name): value for name, value in typed.items()}
    answer = as_("signe").post(_address(five), sent | {_name(five, "A", "minute"): "Ordene"})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Ordene" in answer.content.decode()


def test_a_conflict_saves_no_decision_twice(five: Meeting, as_: Browser) -> None:
    _, first = _opened(as_("signe"), five)
    _, second = _opened(as_("poul"), five)
    as_("poul").post(_address(five), second | {_name(five, "A", "minute"): "Pouls"})
    sent = first | {_name(five, "A", "minute"): "Signes", _name(five, "B", "text"): "Vedtaget"}
    asked = as_("signe").post(_address(five), sent)
    assert asked.status_code == 409
    reloaded = as_("signe").post(_address(five), sent)
    assert reloaded.status_code == 409  # the text is not said to be saved
    again = {"once": str(asked.context["token"])}
    for row in asked.context["rows"]:
        again |= sent_by(row.form)
    assert as_("signe").post(_address(five), again).status_code == 302
    assert five.items.get(title="B").decisions.count() == 1


def test_the_first_item_without_text_is_the_one_to_write(five: Meeting, as_: Browser) -> None:
    page, sent = _opened(as_("signe"), five)
    assert [row.open for row in page.context["rows"]] == [True, False, False, False, False]
    assert "0 af 5 punkter er skrevet. 5 mangler et udfald." in page.content.decode()
    as_("signe").post(
        _address(five), sent | {_name(five, "A", "minute"): "Enige", _name(five, "A", "outcome"): "noted"}
    )
    page = as_("signe").get(_address(five))
    assert [row.open for row in page.context["rows"]] == [False, True, False, False, False]
    assert "1 af 5 punkter er skrevet. 4 mangler et udfald." in page.content.decode()
    asked = as_("signe").get(_address(five), {"punkt": str(five.items.get(title="D").pk)})
    assert [row.open for row in asked.context["rows"]] == [False, False, False, True, False]


def test_nothing_of_it_is_called_optional(five: Meeting, as_: Browser) -> None:
    page = as_("signe").get(_address(five)).content.decode()
    assert "(frivilligt)" not in page
    assert "Henstillingen gælder til og med" in page  # hidden by the stylesheet, until the type is that
