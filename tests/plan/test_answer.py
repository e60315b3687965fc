"""The nine answer, or do not; the matrix says who."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at
from samraad.plan import queries
from samraad.plan.actions import answer as answers
from samraad.plan.actions import plan as plans
from samraad.plan.models import Answer, FocusArea, Plan
from samraad.plan.queries.matrix import matrix

Person = Callable[[str], User]


@pytest.fixture
def plan(cast: Entered) -> Plan:
    """A draft with an area for all, one with two parts for two, and one for an outside body."""
    made = plans.start(
        forum=cast.kredsraad,
        year=2022,
        title="Samarbejdsplan 2022",
        answers_due_on=date(2022, 1, 31),
        by=SYSTEM,
    )
    local = {f.slug.removeprefix("lokalraad-"): f for f in Forum.objects.filter(kind="lokalraad")}
    plans.add_area(plan=made, number="1", title="Natteliv", addressees=list(local.values()), by=SYSTEM)
    whole = plans.add_area(plan=made, number="2", title="Trafik", by=SYSTEM)
    plans.add_area(
        plan=made,
        number="2a",
        title="Lavere fart",
        parent=whole,
        addressees=[local["aalborg"], local["broenderslev"]],
        by=SYSTEM,
    )
    plans.add_area(plan=made, number="2b", title="Uheld", parent=whole, outside="Vejdirektoratet", by=SYSTEM)
    return made


@pytest.fixture
def own(plan: Plan, person: Person) -> Plan:
    """Brønderslev's action plan."""
    return answers.start_action_plan(
        forum=Forum.objects.get(slug="lokalraad-broenderslev"), district_plan=plan, by=person("omar")
    )


def save(plan: Plan, number: str, by: User, send: bool = True, version: int = 1, **fields: str) -> Answer:
    """Save an answer to the area with a number."""
    area = FocusArea.objects.get(plan=plan.district_plan, number=number)
    return answers.save_answer(
        plan=plan, area=area, version=version, now=at("2022-01-20"), by=by, send=send, **fields
    )


def test_it_asks_only_the_lowest_areas_and_only_those_addressed(plan: Plan, own: Plan) -> None:
    assert [a.number for a in queries.leaves(plan)] == ["1", "2a", "2b"]
    assert [a.number for a in queries.areas_for(own)] == ["1", "2a"]
    table = matrix(plan)
    assert [a.number for a in table.areas] == ["1", "2a"]
    assert (table.asked, table.answered) == (11, 0)
    assert table.count("none") == 7


def test_it_counts_answers_and_drafts_apart(plan: Plan, own: Plan, person: Person) -> None:
    save(own, "1", person("omar"), kind="not_here", text="<p>Ingen værtshuse</p>")
    save(own, "2a", person("omar"), send=False, kind="initiative", text="<p>40 km/t</p>")
    table = matrix(plan)
    assert (table.answered, table.count("draft"), table.count("missing")) == (1, 1, 9)
    assert {row.forum.name: row.missing for row in table.owing}["Lokalråd Brønderslev"] == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("", "Vælg, om I"),
        ("initiative", "Skriv, hvad I gør"),
        ("covered", "hvor det er dækket"),
        ("not_here", "hvorfor det ikke er her"),
    ],
)
def test_it_sends_no_answer_that_says_nothing(own: Plan, person: Person, kind: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        save(own, "1", person("omar"), kind=kind, text=" ")
    assert not own.answers.exists()  # nothing half-stored


def test_it_says_something_even_in_the_database(own: Plan, person: Person) -> None:
    answer = save(own, "1", person("omar"), send=False, kind="", text="")
    with pytest.raises(IntegrityError, match="answer_sent_says_something"), transaction.atomic(), frame():
        Answer.objects.filter(pk=answer.pk).update(status="sent")


def test_it_refuses_an_area_that_is_not_asked_of_us(plan: Plan, person: Person) -> None:
    own = answers.start_action_plan(
        forum=Forum.objects.get(slug="lokalraad-vesthimmerlands"), district_plan=plan, by=person("lise")
    )
    with pytest.raises(Refused, match="ikke adresseret"):
        save(own, "2a", person("lise"), kind="covered", text="x")


def test_it_is_written_by_its_own_lokalraad_alone(own: Plan, person: Person) -> None:
    for key in ("birk", "signe", "poul", "lise"):
        with pytest.raises(Denied):
            save(own, "1", person(key), kind="covered", text="x")


def test_it_takes_a_sent_answer_back_when_it_is_saved_as_a_draft(own: Plan, person: Person) -> None:
    save(own, "1", person("omar"), kind="covered", text="x")
    assert save(own, "1", person("omar"), send=False, version=1, kind="covered", text="y").status == "draft"


def test_it_loses_no_text_when_two_answer_at_once(own: Plan, person: Person) -> None:
    save(own, "1", person("omar"), send=False, kind="covered", text="et")
    save(own, "1", person("omar"), send=False, version=1, kind="covered", text="to")
    with pytest.raises(Stale) as conflict:
        save(own, "1", person("omar"), send=False, version=1, kind="covered", text="tre")
    assert (conflict.value.theirs, conflict.value.mine) == ("<p>Hvad gør i: to</p>", "<p>Hvad gør i: tre</p>")


def test_it_starts_from_last_year(cast: Entered, person: Person) -> None:
    local = Forum.objects.get(slug="lokalraad-broenderslev")
    old = plans.start(forum=cast.kredsraad, year=2021, title="2021", by=SYSTEM)
    old_area = plans.add_area(plan=old, title="Natteliv", addressees=[local], by=SYSTEM)
    old_own = answers.start_action_plan(forum=local, district_plan=old, by=person("omar"))
    answers.save_answer(
        plan=old_own,
        area=old_area,
        version=1,
        now=at("2021-01-20"),
        by=person("omar"),
        send=True,
        kind="covered",
        text="Som før",
    )
    answers.add_need(plan=old_own, title="Bådtyveri", text="", by=person("omar"))
    new = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    area = plans.add_area(plan=new, title="Natteliv", addressees=[local], continues=old_area, by=SYSTEM)
    plans.add_area(plan=new, title="Nyt", addressees=[local], by=SYSTEM)
    own = answers.start_action_plan(forum=local, district_plan=new, by=person("omar"))
    assert [(a.area, a.text, a.status) for a in own.answers.all()] == [(area, "Som før", "draft")]
    assert [need.title for need in own.needs.all()] == ["Bådtyveri"]


def test_it_reminds_those_who_owe_and_nobody_else(plan: Plan, own: Plan, person: Person) -> None:
    save(own, "1", person("omar"), kind="covered", text="x")
    save(own, "2a", person("omar"), kind="covered", text="x")
    sent = answers.remind(plan=plan, now=at("2022-01-28"), by=person("signe"))
    assert len(sent) == 8
    assert "Lokalråd Brønderslev" not in {reminder.forum.name for reminder in sent}
    with pytest.raises(Denied):
        answers.remind(plan=plan, now=at("2022-01-28"), by=person("poul"))


def test_it_reminds_once_however_often_the_button_is_pressed(
    plan: Plan, as_: Callable[[str], Client]
) -> None:
    signe, work = as_("signe"), f"/nordjylland/arbejde/planer/{plan.pk}"
    assert "Se påmindelsen" in signe.get(f"{work}/svar/").content.decode()
    page = signe.get(f"{work}/paamind/")
    assert "svar på" in page.content.decode()
    seen = {"once": str(page.context["token"]), "seen": page.context["sending"].seen}
    assert not plan.reminders.exists()
    for _ in range(3):
        signe.post(f"{work}/paamind/", seen)
    assert plan.reminders.count() == 9


def test_it_gives_a_spreadsheet_that_runs_no_formula(plan: Plan, as_: Callable[[str], Client]) -> None:
    area = FocusArea.objects.get(plan=plan, number="1")
    with frame():
        FocusArea.objects.filter(pk=area.pk).update(number="", title="=1+1", short_title="")
    text = as_("signe").get(f"/nordjylland/arbejde/planer/{plan.pk}/svar/?form=csv").content.decode()
    assert text.startswith("\ufeffLokalråd;'=1+1;")
    assert "\nLokalråd Frederikshavn;Mangler;Ikke adresseret" in text.replace("\r\n", "\n")


def test_it_shows_others_texts_only_when_released(
    plan: Plan, own: Plan, person: Person, as_: Callable[[str], Any]
) -> None:
    save(own, "1", person("omar"), kind="covered", text="<p>Hemmelig tanke</p>")
    lise = as_("lise")
    lise.post(
        f"/nordjylland/arbejde/planer/{plan.pk}/handleplan/{Forum.objects.get(slug='lokalraad-vesthimmerlands').pk}/"
    )
    theirs = Plan.objects.get(forum__slug="lokalraad-vesthimmerlands")
    area = FocusArea.objects.get(plan=plan, number="1")
    page = lise.get(f"/nordjylland/arbejde/planer/{theirs.pk}/svar/{area.pk}/").content.decode()
    assert "Hvad gør I?" in page
    assert "Hemmelig tanke" not in page
    assert (
        "Hemmelig tanke"
        not in as_("signe").get(f"/nordjylland/arbejde/planer/{plan.pk}/svar/").content.decode()
    )


def test_it_shows_both_texts_when_two_tabs_write_the_first_answer(
    own: Plan, as_: Callable[[str], Any]
) -> None:
    area = queries.areas_for(own)[0]
    url = f"/nordjylland/arbejde/planer/{own.pk}/svar/{area.pk}/"
    first = as_("omar").post(url, {"kind": "initiative", "text": "Fane et", "version": "0", "send": "0"})
    second = as_("omar").post(url, {"kind": "covered", "text": "Fane to", "version": "0", "send": "0"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Fane et" in own.answers.get(area=area).text
    assert "Fane et" in second.content.decode()
