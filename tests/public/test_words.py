"""The sentences of the public pages, where they have branches: who promised, by when, what came of it."""

from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from samraad.accounts.models import Organisation
from samraad.audit.actions import frame
from samraad.council.models import AgendaItem, Decision, Meeting
from samraad.demo.cast import Entered
from samraad.plan.models import Edition, Plan
from samraad.public.queries.pages import (
    AreaPage,
    LocalAnswer,
    MinutesPage,
    MunicipalityPage,
    PlanPage,
    edition_page,
    front_page,
    plan_page,
)
from samraad.public.queries.released import newest
from samraad.public.queries.standing import AreaAnswer, PromiseLine, PromiseNow, Standing
from tests.databases import DAY, moment

NOW = moment(DAY)
PROMISE = {"id": 1, "text": "Vi går ture", "owner": "", "outside": False, "due_on": "", "condition": ""}


def told(now: PromiseNow | None = None, **promise: Any) -> PromiseLine:
    """A promise on a page."""
    return PromiseLine(PROMISE | promise, "Natteliv", now)


def going(**facts: Any) -> PromiseNow:
    """How it goes."""
    usual: dict[str, Any] = {"report": "", "reported_on": None, "expected": "", "real": ""}
    return PromiseNow(code="done", word="Udført", **(usual | facts))


@pytest.mark.parametrize(
    ("promise", "facts", "local"),
    [
        ({}, ["uden ansvarlig", "uden frist"], ["Natteliv", "uden frist"]),
        (
            {"owner": "Hjørring Kommune", "due_on": "2022-05-01", "condition": "loven er vedtaget"},
            ["Hjørring Kommune", "senest 1. maj 2022"],
            ["Natteliv", "senest 1. maj 2022"],
        ),
        (
            {"owner": "Regionen", "outside": True, "condition": "loven er vedtaget"},
            ["Regionen (uden for kredsen)", "når loven er vedtaget"],
            ["Natteliv", "loven er vedtaget"],
        ),
    ],
)
def test_it_says_who_promised_and_by_when(
    promise: dict[str, Any], facts: list[str], local: list[str]
) -> None:
    assert told(**promise).facts == facts
    assert told(**promise).local_facts == local


def test_it_says_what_came_of_it_when_both_are_known() -> None:
    assert told(going(expected="ti", real="fem")).facts[-1] == "ventet ti, blev fem"
    assert told(going(expected="ti")).facts[-1] == "uden frist"
    report = going(report="Gjort.", reported_on=datetime(2022, 1, 5, 12))
    assert told(report).report_words == "Status 5. januar 2022: Gjort."
    assert told(going()).report_words == ""
    assert told().report_words == ""


def test_it_tells_an_answer_from_silence() -> None:
    silent = AreaAnswer("Lokalråd Læsø", "none", "")
    assert (silent.short, silent.word, silent.letter) == ("Læsø", "Intet offentliggjort endnu", "M")
    assert silent.status == "removed"
    given = AreaAnswer("Lokalråd Læsø", "covered", "Det gør vi.")
    assert (given.word, given.letter, given.status) == ("Dækket", "D", "covered")


def test_it_counts_promises_and_answers() -> None:
    answers = {1: [AreaAnswer("a", "none", ""), AreaAnswer("b", "covered", "")], 2: []}
    stands = Standing({1: going(), 2: PromiseNow("late", "Forsinket", "", None, "", "")}, answers)
    assert (stands.running, stands.late, stands.answered, stands.asked) == (1, 1, 1, 2)


def test_it_says_how_much_a_municipality_has_answered() -> None:
    content: dict[str, Any] = {"answers": [{}, {}], "needs": [], "initiatives": []}
    edition = Edition(plan=Plan(year=2022), content=content)

    def lead(edition: Edition | None, promises: int = 0) -> str:
        lines = [told()] * promises
        return MunicipalityPage(Organisation(), 2022, edition, lines, None, None, []).lead  # type: ignore[arg-type]

    assert lead(None) == "Lokalrådet har ikke offentliggjort en handleplan for 2022 endnu."
    assert lead(edition) == "2 svar på kredsens plan for 2022."
    content["needs"] = [{}]
    assert lead(edition, 1) == (
        "2 svar på kredsens plan for 2022 og 1 lokalt behov. Kommunen har 1 løfte i planen."
    )


def test_it_says_who_does_what_an_action_plan_answers() -> None:
    empty = {"kind": "initiative", "responsible": "", "due_on": "", "evidence": ""}
    assert LocalAnswer(empty).facts == []
    whole = empty | {"responsible": "SSP", "due_on": "2022-06-01", "evidence": "færre klager"}
    assert LocalAnswer(whole).facts == [
        "Ansvarlig: SSP.",
        "Gjort senest 1. juni 2022.",
        "Det ses sådan: færre klager",
    ]


def test_it_points_to_the_parts_of_an_area_without_promises() -> None:
    page: dict[str, Any] = {"edition": Edition(), "area": {}, "promises": [], "answers": []}
    assert AreaPage(parts=[], **page).no_promises == "Der er ingen løfter under området."
    part: Any = object()
    assert AreaPage(parts=[part], **page).no_promises == "Der er ingen løfter under området selv; se delene."


def test_it_says_how_much_of_a_meeting_is_closed() -> None:
    open_one = MinutesPage(Meeting(form=Meeting.Form.PHYSICAL, place=""), [], 0)
    assert len(open_one.facts) == 1
    assert open_one.facts[0][0].isupper()
    closed = MinutesPage(Meeting(form=Meeting.Form.PHYSICAL, place="Rådhuset"), [], 2)
    assert closed.facts[1:] == ["Rådhuset", "2 punkter er lukket"]


def edition_of(demo: Entered) -> Edition:
    """The newest edition of the demo's plan."""
    found = newest(demo.kredsraad.district, NOW)
    assert found is not None
    return found


def test_it_offers_a_word_file_of_the_newest_alone(demo: Entered) -> None:
    edition = edition_of(demo)
    whole: PlanPage = plan_page(edition, NOW, DAY)
    single = edition_page(edition, NOW, DAY)
    assert whole.offers_files
    assert not single.offers_files
    assert single.is_first == (edition.number == 1)
    assert whole.facts[1] == f"udgave {edition.number}"
    assert whole.facts[2].startswith("drøftet ")


def test_it_counts_the_promises_of_an_area_s_parts_with_its_own(demo: Entered) -> None:
    page = front_page(demo.kredsraad.district, NOW, DAY)
    assert page.edition is not None
    in_areas = sum(len(area["commitments"]) for area in page.edition.content["areas"])
    assert sum(row.promises for row in page.areas) == in_areas


def test_it_tells_nothing_of_what_an_item_withholds(demo: Entered) -> None:
    meeting = Meeting.objects.exclude(published_at=None)[0]
    item = meeting.items.filter(closed=False)[0]
    with frame():
        AgendaItem.objects.filter(pk=item.pk).update(minute="<p>HVAD DER BLEV SAGT</p>")
        Decision.objects.create(item=item, text="HVAD DER BLEV BESLUTTET")
    address = f"/nordjylland/moeder/{meeting.pk}/"
    assert "HVAD DER BLEV SAGT" in Client().get(address).content.decode()
    with frame():
        AgendaItem.objects.filter(pk=item.pk).update(withheld=True)
    cache.clear()  # it was written past the actions, so no event tells that the page is another
    page = Client().get(address).content.decode()
    assert "HVAD DER BLEV" not in page
    assert "Oplysninger er tilbageholdt" in page
