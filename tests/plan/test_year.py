"""From one year to the next: the account, what is carried over and taken back, the bin, projects."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from samraad.accounts.models import User
from samraad.accounts.permission import Denied
from samraad.audit.actions import Refused
from samraad.audit.bin import empty, in_bin, may_read, put_back
from samraad.audit.models import Removed
from samraad.council.models import Commitment
from samraad.demo.actions import at, fill
from samraad.demo.cast import Entered, email_of
from samraad.plan.actions import hearing as hearings
from samraad.plan.actions import plan as plans
from samraad.plan.actions import project as projects
from samraad.plan.actions import year as acts
from samraad.plan.models import Initiative, Plan
from samraad.search.models import Entry

TODAY, NOW = date(2022, 1, 28), at("2022-01-28")


@pytest.fixture
def demo(db: None) -> Entered:
    return fill(by=None)


@pytest.fixture
def signe(demo: Entered) -> User:
    return User.objects.get(email=email_of("signe"))


@pytest.fixture
def next_year(demo: Entered, signe: User) -> Plan:
    return plans.start(forum=demo.kredsraad, year=2023, title="Samarbejdsplan 2023", by=signe)


def carry(plan: Plan, by: User, **what: Any) -> dict[str, int]:
    last = plan.continues
    assert last is not None
    every = {"sections": list(last.sections.all()), "areas": list(last.areas.all()), "initiatives": []}
    return acts.carry_over(plan=plan, by=by, **(every | what))


def test_it_carries_sections_areas_and_open_promises_with_their_thread(next_year: Plan, signe: User) -> None:
    last = next_year.continues
    assert last is not None
    made = carry(next_year, signe)
    assert (made["sections"], made["areas"]) == (last.sections.count(), last.areas.count())
    area = next_year.areas.get(continues__number="9")
    assert area.section is not None
    assert area.section.continues == last.sections.get(number="04")
    assert set(area.addressees.all()) == set(last.areas.get(number="9").addressees.all())
    part = next_year.areas.get(continues__number="11a")
    assert part.parent is not None
    assert part.parent.continues == last.areas.get(number="11")
    open_ones = Commitment.objects.filter(areas__in=next_year.areas.all())
    assert open_ones.exists()
    assert not open_ones.filter(status__in=["done", "declined", "dropped"]).exists()
    assert Commitment.objects.filter(areas__plan=last).count() > 0  # they hang on last year's plan too


def test_it_carries_nothing_twice_and_links_a_running_initiative(next_year: Plan, signe: User) -> None:
    running = Initiative.objects.get(title="Kør rent!")
    assert carry(next_year, signe, initiatives=[running])["initiatives"] == 1
    assert next_year.initiatives.get().continues == running
    with pytest.raises(Refused, match="kommer ikke to gange"):
        carry(next_year, signe, initiatives=[running])


def test_it_takes_back_what_nobody_has_written_on(next_year: Plan, signe: User) -> None:
    carry(next_year, signe)
    kept = next_year.sections.all()[0]
    plans.edit_section(section=kept, number="1", title="Nyt", body="<p>Nyt</p>", version=1, by=signe)
    acts.take_back(plan=next_year, by=signe)
    assert [section.title for section in next_year.sections.all()] == ["Nyt"]
    assert not next_year.areas.exists()
    assert Commitment.objects.filter(areas__plan=next_year.continues).exists()


def test_it_shows_last_year_s_loose_ends(next_year: Plan) -> None:
    ends = acts.loose_ends(next_year, TODAY)
    assert len(ends["late"]) == 2
    assert any(promise.condition for promise in ends["waiting"])


def test_it_gives_the_account_from_the_year_s_own_data(demo: Entered, signe: User) -> None:
    account = acts.start_account(forum=demo.kredsraad, year=2021, today=TODAY, by=signe)
    texts = {section.title: section.body for section in account.sections.all()}
    assert texts["Møder i kredsrådet"].count("<tr>") == 5  # a head and four meetings
    assert "Ungdomskriminaliteten i 2021" in texts["De fire faste emner"]
    assert "efterforskning" not in "".join(texts.values())  # a closed item stays closed
    with pytest.raises(Refused, match="allerede en redegørelse"):
        acts.start_account(forum=demo.kredsraad, year=2021, today=TODAY, by=signe)
    with pytest.raises(Refused, match="ikke begyndt"):
        acts.start_account(forum=demo.kredsraad, year=2023, today=TODAY, by=signe)


def test_it_puts_back_what_was_removed_with_all_that_hung_on_it(next_year: Plan, signe: User) -> None:
    carry(next_year, signe)
    area = next_year.areas.get(number="11")
    kept = [(a.pk, a.addressees.count(), a.commitments.count()) for a in (area, *area.parts.all())]
    assert any(addressees for _, addressees, _ in kept)
    assert any(promises for _, _, promises in kept)
    plans.remove_area(area=area, by=signe)
    assert not next_year.areas.filter(number__startswith="11").exists()
    put_back(removed=in_bin(f"plan:{next_year.pk}", NOW).get(), now=NOW, by=signe)
    again = next_year.areas.get(number="11")
    assert [(a.pk, a.addressees.count(), a.commitments.count()) for a in (again, *again.parts.all())] == kept
    with pytest.raises(Refused, match="allerede sat på plads"):
        put_back(removed=Removed.objects.get(), now=NOW, by=signe)


def test_it_puts_a_section_back_with_its_area_its_remarks_and_its_place_in_search(next_year: Plan, signe: User) -> None:
    section = plans.add_section(plan=next_year, title="Natteliv", body="<p>Vi holder øje</p>", by=signe)
    area, pk = plans.add_area(plan=next_year, title="Om", section=section, by=signe), section.pk
    hearing = hearings.open_hearing(plan=next_year, due_on=date(2022, 2, 10), letter="", today=TODAY, now=NOW, by=signe)
    party, _ = hearings.add_party(hearing=hearing, name="Natteravnene", email="n@example.dk", by=signe)
    hearings.reply(party=party, remarks={pk: "Godt"}, whole="", nothing=False, today=TODAY, now=NOW, by=None)
    plans.remove_section(section=section, by=signe)
    put_back(removed=Removed.objects.get(), now=NOW, by=signe)
    area.refresh_from_db()
    assert (area.section_id, party.remarks.get().section_id) == (pk, pk)
    assert Entry.objects.filter(object_type="plan.section", object_id=pk).exists()


def test_it_lets_only_those_who_write_the_plan_put_back(next_year: Plan, signe: User) -> None:
    section = plans.add_section(plan=next_year, title="Væk", by=signe)
    plans.remove_section(section=section, by=signe)
    with pytest.raises(Denied):
        put_back(removed=Removed.objects.get(), now=NOW, by=User.objects.get(email=email_of("maja")))


def test_it_empties_the_bin_after_thirty_days(next_year: Plan, signe: User) -> None:
    section = plans.add_section(plan=next_year, title="Væk", by=signe)
    plans.remove_section(section=section, by=signe)
    removed = Removed.objects.get()
    late = removed.at + timedelta(days=31)
    with pytest.raises(Refused, match="30 dage"):
        put_back(removed=removed, now=late, by=signe)
    assert empty(now=removed.at + timedelta(days=29), by=None) == 0
    assert empty(now=late, by=None) == 1
    removed.refresh_from_db()
    assert (removed.payload, removed.label) == ([], "")
    assert not may_read(signe, removed)
    with pytest.raises(Refused, match="slettet for alvor"):
        put_back(removed=removed, now=NOW, by=signe)


def test_it_follows_a_project_to_its_milestones_and_its_money(demo: Entered, signe: User) -> None:
    project = Initiative.objects.get(title__startswith="Pilotprojekt")
    assert {d.slug for d in project.also_districts.all()} == {"fyn", "koebenhavns-vestegn"}
    step = project.milestones.get(title__startswith="Oplæg")
    assert {forum.slug for forum in step.fora.all()} == {"kredsraadet", "lokalraad-aalborg", "lokalraad-broenderslev"}
    projects.reach(milestone=step, on=TODAY, result="Oplægget ligger klar", by=signe)
    with pytest.raises(Refused, match="allerede nået"):
        projects.reach(milestone=step, on=TODAY, result="igen", by=signe)
    money = Initiative.objects.get(title="Bedre data om uheld").grants.get()
    assert money.state == ("waiting", "Venter på svar")
    with pytest.raises(Refused, match="hvilken dag"):
        projects.keep_grant(initiative=money.initiative, grant=money, granted=False, by=signe)
    with pytest.raises(Refused, match="før ansøgningen"):
        projects.keep_grant(initiative=money.initiative, fund="P", applied_on=TODAY, answered_on=date(2022, 1, 1), granted=True, by=signe)


Person = Callable[[str], User]
