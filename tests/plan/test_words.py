"""What pages say of plans, areas, answers, initiatives, editions and numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samraad.audit.actor import SYSTEM
from samraad.council.models import Forum
from samraad.demo.cast import Entered, org
from samraad.plan.actions import plan as plans
from samraad.plan.models import Answer, Edition, FocusArea, Indicator, Initiative, Plan, Section
from samraad.plan.queries.answer import Asked
from samraad.plan.queries.matrix import Cell, Row
from samraad.plan.queries.plan import NO_CHAIR, OUT, Contents, PlanMay, PlanPage
from samraad.plan.states import CellState


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("cooperation", "Offentliggør planen"),
        ("action", "Offentliggør handleplanen"),
        ("account", "Offentliggør redegørelsen"),
    ],
)
def test_a_plan_is_called_by_its_kind(kind: str, words: str) -> None:
    assert Plan(kind=kind).publish_words == words


@pytest.mark.parametrize(
    ("day", "words", "overdue"),
    [
        (None, "", False),
        (date(2022, 1, 27), "Fristen er gået: torsdag 27. januar 2022.", True),
        (date(2022, 1, 28), "Fristen er i dag, fredag 28. januar 2022.", False),
        (date(2022, 1, 31), "Fristen er om 3 dage, mandag 31. januar 2022.", False),
        (date(2022, 12, 31), "Fristen er lørdag 31. december 2022.", False),
    ],
)
def test_a_plan_tells_how_far_its_last_day_is(day: date | None, words: str, overdue: bool) -> None:
    plan = Plan(answers_due_on=day)
    assert (plan.due_words, plan.is_overdue) == (words, overdue)


@pytest.mark.parametrize(("status", "words"), [("draft", "kredsens udkast"), ("published", "kredsens plan")])
def test_an_action_plan_begins_from_a_draft_or_a_plan(status: str, words: str) -> None:
    assert Plan(year=2022, status=status).as_source == f"2022: fra sidste år og {words}"


def page(**given: Any) -> PlanPage:
    """The page of a plan, for one who may do nothing."""
    usual: dict[str, Any] = {
        "plan": Plan(kind="cooperation", status="draft"),
        "may": PlanMay(*[False] * 11),
        "why_not_write": "",
        "why_not_publish": "Kun formanden kan.",
        "chairs": ["Poul"],
        "mine": set(),
        "hearing": None,
        "initiatives": Initiative.objects.none(),
        "editions": [],
    }
    return PlanPage(**usual | given)


def test_it_says_why_one_cannot_release_and_who_can() -> None:
    out = Plan(kind="cooperation", status="published")
    assert page().publish_reason == "Kun formanden kan. Formand er Poul."
    assert page(chairs=[]).publish_reason == f"Kun formanden kan. {NO_CHAIR}"
    assert page(why_not_publish="").publish_reason == ""
    assert page(plan=out).publish_reason == OUT
    assert page(plan=out, why_not_write="Kun sekretariatet skriver.").publish_reason == ""
    assert page(plan=Plan(kind="action", status="published")).publish_reason.startswith("Kun formanden kan.")


def test_it_asks_what_is_missing_only_of_a_draft_of_the_district() -> None:
    assert page().asks_what_is_missing
    assert not page(plan=Plan(kind="action", status="draft")).asks_what_is_missing
    assert not page(plan=Plan(kind="cooperation", status="published")).asks_what_is_missing
    assert not page(why_not_publish="").asks_what_is_missing


def test_it_counts_what_stands_in_a_plan() -> None:
    areas = [FocusArea(), FocusArea()]
    assert (
        Contents(Plan(kind="cooperation"), [Section()], areas, 1).counted == "1 afsnit · 2 områder · 1 løfte"
    )
    assert Contents(Plan(kind="account"), [Section()], [], 0).counted == "1 afsnit"


def test_an_area_tells_who_shall_answer(cast: Entered) -> None:
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    assert plans.add_area(plan=plan, title="Tryghed", by=SYSTEM).asked_words == "Ingen skal svare"
    aalborg = Forum.objects.get(slug="lokalraad-aalborg")
    area = plans.add_area(
        plan=plan, title="Natteliv", addressees=[aalborg], outside="Vejdirektoratet", by=SYSTEM
    )
    assert area.asked_words == "Skal svare: Lokalråd Aalborg · ligger også hos Vejdirektoratet"


def test_an_initiative_tells_what_there_is_to_tell(cast: Entered) -> None:
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    bare = Initiative(plan=plan, title="Hylder")
    bare.pk = 0
    assert bare.facts == []
    assert bare.stage_words == "Den er nu: Idé. Succeskriterium: ikke skrevet."
    whole = Initiative(
        plan=plan,
        pk=0,
        partners="Bo trygt",
        success_criterion="Flere køber",
        adopted_from=bare,
        verdict="Det gik",
    )
    assert whole.facts == [
        "Partnere: Bo trygt.",
        "Lykkes, når: Flere køber.",
        f"Overtaget fra {cast.kredsraad}.",
        "Det viste sig: Det gik",
    ]


@pytest.mark.parametrize(("stage", "goes_on"), [("idea", True), ("evaluated", True), ("spread", False)])
def test_an_initiative_goes_on_until_it_is_over(stage: str, goes_on: bool) -> None:
    assert Initiative(stage=stage).goes_on is goes_on


def test_a_number_is_described_whole() -> None:
    bare = Indicator(unit="klasser", period="year")
    assert bare.description == "Klasser, pr. år."
    whole = Indicator(
        unit="personer",
        of_what="alle unge",
        period="month",
        baseline=Decimal("2.50"),
        target=Decimal("4.00"),
        persons=True,
    )
    assert whole.description == (
        "Personer ud af alle unge, pr. måned. Udgangspunkt 2,5. Mål 4. "
        "Andre end kommunen selv ser kun antal personer for hele kredsen."
    )


@pytest.mark.parametrize(
    ("answer", "state", "excerpt"),
    [
        (None, ("missing", "Mangler"), "Ikke begyndt."),
        (Answer(status="draft"), ("draft", "Kladde"), "Kladde uden tekst."),
        (Answer(status="sent", kind="covered", text="<p>SSP</p>"), ("covered", "Dækket"), "SSP"),
    ],
)
def test_an_area_that_is_asked_tells_how_far_it_is(
    answer: Answer | None, state: tuple[str, str], excerpt: str
) -> None:
    asked = Asked(FocusArea(title="Natteliv"), answer)
    assert (asked.state, asked.excerpt) == (state, excerpt)


def test_an_edition_tells_what_was_corrected_or_why_it_is_gone() -> None:
    assert Edition(number=1).note_words == "første udgave"
    assert Edition(number=2, note="Antal møder").note_words == "Antal møder"
    assert Edition(number=2, note="x", withdrawn_because="Et navn").note_words == "Trukket tilbage: Et navn"


def test_a_line_of_the_overview_tells_what_is_owed(cast: Entered) -> None:
    forum = Forum.objects.get(slug="lokalraad-aalborg")
    cells = [Cell(CellState.MISSING, FocusArea()), Cell(CellState.COVERED, FocusArea())]
    row = Row(forum, org("aalborg"), cells, None, asked=2, answered=1)
    assert (row.counted, row.owes) == ("1 af 2", "1 svar mangler, ikke begyndt")
