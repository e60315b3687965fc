"""Milestones, money, initiatives and the agreement's elements can be put right and taken away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, Stale
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.commitment.models import Duty, Occurrence
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at
from samraad.plan.actions import agreement as agreements
from samraad.plan.actions import answer as answers
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.actions import project as projects
from samraad.plan.models import Agreement, Element, Grant, Initiative, Milestone, Plan
from samraad.plan.papers import milestone_paper
from samraad.search.models import Entry

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY, YESTERDAY, NOW = date(2022, 1, 28), date(2022, 1, 27), at("2022-01-28")
WORK = "/nordjylland/arbejde"
OPEN = {"done_on": None, "result": ""}


@pytest.fixture
def project(cast: Entered) -> Initiative:
    """An initiative of the kredsråd's plan."""
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    return works.add_initiative(plan=plan, title="Hylder", by=SYSTEM)


@pytest.fixture
def agreement(cast: Entered) -> Agreement:
    """An agreement with one element that waits in the wheel."""
    waits = {"title": "Kommunale vagter", "concerns_district": True, "take_up_when": "loven er vedtaget"}
    return agreements.enter_agreement(
        district=cast.district,
        by=SYSTEM,
        title="Aftale",
        slug="a",
        from_year=2021,
        to_year=2023,
        elements=[waits],
    )


def test_it_refuses_a_milestone_in_the_past_that_is_not_reached(project: Initiative, as_: As) -> None:
    address = f"{WORK}/indsatser/{project.pk}/projekt/milepael/"
    answer = as_("signe").post(address, {"title": "Ansøgning", "due_on": "2022-01-27"})
    assert answer.status_code == 422
    assert "Torsdag 27. januar 2022 er gået." in answer.content.decode()
    as_("signe").post(
        address, {"title": "Ansøgning", "due_on": "2022-01-27", "done_on": "2022-01-26", "result": "Sendt"}
    )
    made = Milestone.objects.get()
    assert (made.done_on, made.state) == (date(2022, 1, 26), ("done", "Nået"))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"done_on": TODAY, "result": ""}, "hvad der kom ud"),
        ({"done_on": None, "result": "Sendt"}, "hvilken dag"),
        ({"done_on": date(2022, 2, 1), "result": "Sendt"}, "ikke kommet endnu"),
    ],
)
def test_it_knows_what_reached_means(project: Initiative, fields: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        projects.set_milestone(initiative=project, title="A", fora=[], by=SYSTEM, **fields)  # type: ignore[arg-type]


def test_it_says_that_a_milestone_is_late(project: Initiative, as_: As, settings: Any) -> None:
    late = projects.set_milestone(initiative=project, title="Ansøgning", fora=[], due_on=TODAY, by=SYSTEM)
    assert late.state == ("waiting", "Venter")
    settings.SAMRAAD_TODAY = at("2022-01-29")
    page = as_("signe").get(f"{WORK}/indsatser/{project.pk}/projekt/").content.decode()
    assert "Overskredet" in page
    assert "overskredet" in str(milestone_paper(late))
    form = {"title": "Ansøgningen", "due_on": "2022-01-28", "version": 1}
    as_("signe").post(f"{WORK}/indsatser/milepaele/{late.pk}/ret/", form)
    late.refresh_from_db()
    assert late.title == "Ansøgningen", "its words may be put right without a new day"


def test_it_corrects_a_milestone_where_nobody_saved_meanwhile(
    project: Initiative, cast: Entered, person: Person
) -> None:
    made = projects.set_milestone(initiative=project, title="A", fora=[], due_on=TODAY, by=SYSTEM)
    projects.correct_milestone(
        milestone=made, version=1, title="B", due_on=None, fora=[cast.kredsraad], by=person("signe"), **OPEN
    )
    assert (made.title, made.due_on, list(made.fora.all())) == ("B", None, [cast.kredsraad])
    with pytest.raises(Stale) as stale:
        projects.correct_milestone(
            milestone=made, version=1, title="C", due_on=None, fora=[], by=person("signe"), **OPEN
        )
    assert stale.value.mine == "<p>Milepæl: C</p><p>Oplæg til: ikke skrevet</p>"
    assert stale.value.theirs == f"<p>Milepæl: B</p><p>Oplæg til: {cast.kredsraad}</p>"
    with pytest.raises(Refused, match="er gået"):
        projects.correct_milestone(
            milestone=made, version=2, title="B", due_on=YESTERDAY, fora=[], by=person("signe"), **OPEN
        )
    with pytest.raises(Denied):
        projects.correct_milestone(
            milestone=made, version=2, title="B", due_on=None, fora=[], by=person("maja"), **OPEN
        )


def test_it_lets_what_the_fora_were_told_follow_a_correction(
    project: Initiative, cast: Entered, person: Person
) -> None:
    signe = person("signe")
    made = projects.set_milestone(
        initiative=project, title="A", fora=[cast.kredsraad], done_on=TODAY, result="Godt", by=signe
    )
    assert Occurrence.objects.get(duty__title="Milepæl nået: A")
    reached = {"due_on": None, "done_on": TODAY, "result": "Godt"}
    projects.correct_milestone(
        milestone=made, version=made.version, title="B", fora=[cast.kredsraad], by=signe, **reached
    )
    assert Occurrence.objects.get().duty.title == "Milepæl nået: B"
    with pytest.raises(Refused, match="går til"):
        projects.remove_milestone(milestone=made, now=NOW, by=signe)
    projects.correct_milestone(
        milestone=made, version=made.version, title="B", due_on=None, fora=[cast.kredsraad], by=signe, **OPEN
    )
    assert not Duty.objects.filter(title__startswith="Milepæl nået").exists()
    projects.remove_milestone(milestone=made, now=NOW, by=signe)


def test_it_finds_its_proposals_again_when_the_project_has_a_new_name(
    project: Initiative, cast: Entered, person: Person
) -> None:
    signe = person("signe")
    made = projects.set_milestone(
        initiative=project, title="A", fora=[cast.kredsraad], done_on=TODAY, result="Godt", by=signe
    )
    works.edit_initiative(
        initiative=project, version=project.version, title="Et nyt navn", text="", leads=[], by=signe
    )
    assert Duty.objects.get(milestones=made).source == "Projektet Et nyt navn"
    reached = {"due_on": None, "done_on": TODAY, "result": "Godt"}
    projects.correct_milestone(
        milestone=made, version=made.version, title="B", fora=[cast.kredsraad], by=signe, **reached
    )
    assert [duty.title for duty in Duty.objects.filter(milestones=made)] == ["Milepæl nået: B"]
    projects.correct_milestone(
        milestone=made, version=made.version, title="B", due_on=None, fora=[cast.kredsraad], by=signe, **OPEN
    )
    projects.reach(milestone=made, on=TODAY, result="Alligevel", by=signe)
    assert Occurrence.objects.get(duty__milestones=made).duty.title == "Milepæl nået: B"


def test_it_takes_milestones_and_money_away_and_puts_them_back(
    project: Initiative, cast: Entered, person: Person, as_: As
) -> None:
    made = projects.set_milestone(
        initiative=project, title="A", fora=[cast.kredsraad], due_on=TODAY, by=SYSTEM
    )
    money = projects.keep_grant(initiative=project, fund="Puljen", by=SYSTEM)
    page = as_("signe").get(f"{WORK}/indsatser/{project.pk}/projekt/").content.decode()
    for address in (
        f"{WORK}/indsatser/milepaele/{made.pk}/fjern/",
        f"{WORK}/indsatser/{project.pk}/projekt/penge/{money.pk}/fjern/",
    ):
        assert address in page
        as_("signe").post(address)
    assert not Milestone.objects.exists()
    assert not Grant.objects.exists()
    bin = as_("signe").get(f"{WORK}/indsatser/{project.pk}/projekt/papirkurv/").content.decode()
    assert "Puljen" in bin
    assert as_("maja").get(f"{WORK}/indsatser/{project.pk}/projekt/papirkurv/").status_code == 403
    for removed in Removed.objects.all():
        assert as_("maja").post(f"{WORK}/indsatser/papirkurv/{removed.pk}/saet-paa-plads/").status_code == 404
        as_("signe").post(f"{WORK}/indsatser/papirkurv/{removed.pk}/saet-paa-plads/")
    assert list(Milestone.objects.get().fora.all()) == [cast.kredsraad]
    assert Grant.objects.get() == money


def test_it_shows_both_when_two_saved_the_same_money(project: Initiative, as_: As) -> None:
    money = projects.keep_grant(initiative=project, fund="Puljen", by=SYSTEM)
    address = f"{WORK}/indsatser/{project.pk}/projekt/penge/{money.pk}/"
    as_("signe").post(address, {"fund": "Puljen", "amount": 50, "granted": "", "version": 1})
    answer = as_("tage").post(address, {"fund": "Fonden", "amount": 50, "granted": "", "version": 1})
    assert answer.status_code == 409
    assert "Fond eller pulje: Fonden" in answer.content.decode()
    money.refresh_from_db()
    assert (money.fund, money.amount) == ("Puljen", 50)


def test_it_takes_an_initiative_away_that_nobody_built_on(
    project: Initiative, person: Person, as_: As
) -> None:
    as_("signe").post(f"{WORK}/indsatser/{project.pk}/fjern/")
    assert not Initiative.objects.exists()
    assert not Entry.objects.filter(object_type="plan.initiative").exists()
    assert "Hylder" in as_("signe").get(f"{WORK}/planer/{project.plan_id}/papirkurv/").content.decode()
    with pytest.raises(Denied):
        put_back(removed=Removed.objects.get(), now=NOW, by=person("maja"))
    put_back(removed=Removed.objects.get(), now=NOW, by=person("signe"))
    assert Entry.objects.get(object_type="plan.initiative").object_id == project.pk


def test_it_keeps_an_initiative_that_others_built_on_and_says_why(
    project: Initiative, person: Person, as_: As
) -> None:
    signe = person("signe")
    made = projects.set_milestone(initiative=project, title="A", fora=[], by=SYSTEM)
    page = as_("signe").post(f"{WORK}/indsatser/{project.pk}/fjern/", follow=True).content.decode()
    assert "Indsatsen har milepæle eller penge." in page
    projects.remove_milestone(milestone=made, now=NOW, by=signe)
    later = plans.start(forum=project.plan.forum, year=2023, title="2023", by=SYSTEM)
    next_one = works.add_initiative(plan=later, title="Hylder", continues=project, by=SYSTEM)
    with pytest.raises(Refused, match="senere plan"):
        works.remove_initiative(initiative=project, now=NOW, by=signe)
    works.remove_initiative(initiative=next_one, now=NOW, by=signe)
    copy = works.add_initiative(plan=later, title="Hylder", adopted_from=project, by=SYSTEM)
    with pytest.raises(Refused, match="har overtaget"):
        works.remove_initiative(initiative=project, now=NOW, by=signe)
    works.remove_initiative(initiative=copy, now=NOW, by=signe)
    works.remove_initiative(initiative=project, now=NOW, by=signe)


def test_it_keeps_the_initiative_that_an_answer_rests_on(cast: Entered, person: Person) -> None:
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    local = Forum.objects.get(slug="lokalraad-broenderslev")
    area = plans.add_area(plan=plan, title="Natteliv", addressees=[local], by=SYSTEM)
    own: Plan = answers.start_action_plan(forum=local, district_plan=plan, by=SYSTEM)
    omar = person("omar")
    first = works.add_initiative(plan=own, area=area, title="Værter", by=omar)
    answers.save_answer(
        plan=own, area=area, now=NOW, by=omar, send=True, version=0, kind="initiative", text="Vi gør det",
        responsible="", due_on=None, evidence="",
    )  # fmt: skip
    with pytest.raises(Refused, match="Der er svaret på området"):
        works.remove_initiative(initiative=first, now=NOW, by=omar)
    works.add_initiative(plan=own, area=area, title="Værter igen", by=omar)
    works.remove_initiative(initiative=first, now=NOW, by=omar)


def test_it_puts_an_agreement_s_name_and_years_right(agreement: Agreement, person: Person, as_: As) -> None:
    address = f"{WORK}/aftaler/{agreement.pk}/ret/"
    page = as_("signe").post(
        address, {"title": "Flerårsaftalen", "from_year": 2021, "to_year": 2024, "version": 1}, follow=True
    )
    assert "2021-2024" in page.content.decode()
    assert (
        as_("signe")
        .post(address, {"title": "X", "from_year": 2021, "to_year": 2024, "version": 1})
        .status_code
        == 409
    )
    backwards = as_("signe").post(address, {"title": "X", "from_year": 2024, "to_year": 2023, "version": 2})
    assert "før den begynder" in backwards.content.decode()
    after = agreements.succeed_agreement(
        agreement=agreement, title="Ny", from_year=2025, to_year=2026, carry=[], new=[], by=SYSTEM
    )
    with pytest.raises(Refused, match="skal begynde senere"):
        agreements.correct_agreement(
            agreement=after, title="Ny", from_year=2021, to_year=2026, version=1, by=person("signe")
        )
    agreement.refresh_from_db()
    with pytest.raises(Refused, match="skal begynde før"):
        agreements.correct_agreement(
            agreement=agreement, title="X", from_year=2025, to_year=2026, version=2, by=person("signe")
        )


def test_it_adds_an_element_that_waits_in_the_wheel(agreement: Agreement, as_: As) -> None:
    form = {
        "title": "Bandepakke",
        "text": "Fjerde pakke",
        "concerns_district": "on",
        "take_up_when": "den er vedtaget",
    }
    address = f"{WORK}/aftaler/{agreement.pk}/element/"
    assert "Bandepakke" in as_("signe").post(address, form, follow=True).content.decode()
    made = Element.objects.get(title="Bandepakke")
    assert (made.position, made.duty and made.duty.condition) == (2, "den er vedtaget")
    again = as_("signe").post(address, form)
    assert "Der står allerede et element" in again.content.decode()
    assert as_("maja").get(address).status_code == 403


def test_it_puts_an_element_s_words_right_without_asking_the_question(agreement: Agreement, as_: As) -> None:
    element = agreement.elements.get()
    address = f"{WORK}/aftaler/element/{element.pk}/ret/"
    as_("signe").post(address, {"title": "Kommunale vagtværn", "text": "De går ture.", "version": 1})
    element.refresh_from_db()
    assert (element.title, element.text, element.asked_on) == ("Kommunale vagtværn", "De går ture.", None)
    assert element.duty is not None
    assert element.duty.title == "Drøft kommunale vagtværn", "what waits in the wheel follows"
    assert as_("tage").post(address, {"title": "Vagter", "text": "", "version": 1}).status_code == 409
    question = {
        "state": "waiting",
        "concerns_district": "on",
        "take_up_when": "loven er trådt i kraft",
        "version": 2,
    }
    as_("signe").post(f"{WORK}/aftaler/element/{element.pk}/", question)
    element.refresh_from_db()
    assert (element.asked_on, element.text) == (TODAY, "De går ture.")
    assert Duty.objects.get(pk=element.duty.pk).condition == "loven er trådt i kraft"


def test_it_takes_an_element_away_with_what_waited_for_it_and_puts_it_back(
    agreement: Agreement, as_: As
) -> None:
    element = agreement.elements.get()
    as_("signe").post(f"{WORK}/aftaler/element/{element.pk}/fjern/")
    assert not Element.objects.exists()
    assert not Duty.objects.filter(title="Drøft kommunale vagter").exists()
    assert (
        "Kommunale vagter" in as_("signe").get(f"{WORK}/aftaler/{agreement.pk}/papirkurv/").content.decode()
    )
    removed = Removed.objects.get()
    assert as_("maja").post(f"{WORK}/aftaler/papirkurv/{removed.pk}/saet-paa-plads/").status_code == 403
    as_("signe").post(f"{WORK}/aftaler/papirkurv/{removed.pk}/saet-paa-plads/")
    assert Element.objects.get().duty == Duty.objects.get(title="Drøft kommunale vagter")
    assert Entry.objects.filter(object_type="plan.element", object_id=element.pk).exists()


def test_it_keeps_an_element_that_is_built_on_and_an_agreement_that_is_over(
    agreement: Agreement, person: Person
) -> None:
    signe = person("signe")
    asked = {"concerns_district": True, "take_up_when": "loven er vedtaget", "on": TODAY, "by": signe}
    element = agreement.elements.get()
    agreements.ask_element(element=element, state="in_progress", version=1, **asked)
    with pytest.raises(Refused, match="Aktuel nu"):
        agreements.remove_element(element=element, now=NOW, by=signe)
    agreements.ask_element(element=element, state="waiting", version=2, **asked)
    with pytest.raises(Refused, match="årshjul"):
        agreements.remove_element(element=element, now=NOW, by=signe)
    idle = agreements.add_element(agreement=agreement, title="Mere", by=signe)
    agreements.succeed_agreement(
        agreement=agreement, title="Ny", from_year=2024, to_year=2026, carry=[], new=[], by=SYSTEM
    )
    with pytest.raises(Refused, match="afløst"):
        agreements.remove_element(element=idle, now=NOW, by=signe)
    with pytest.raises(Refused, match="afløst"):
        agreements.add_element(agreement=agreement, title="Sent", by=signe)
