"""From one year to the next: the account, what is carried over and taken back, the bin, projects."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import empty, in_bin, may_read, put_back
from samraad.audit.models import Removed
from samraad.commitment.models import Commitment, Duty
from samraad.council.models import Forum
from samraad.council.queries.proposal import proposals
from samraad.demo.cast import Entered, at, email_of
from samraad.plan.account import counted_anew
from samraad.plan.actions import agreement as agreements
from samraad.plan.actions import answer as answers
from samraad.plan.actions import hearing as hearings
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.actions import project as projects
from samraad.plan.actions import reply as replies
from samraad.plan.actions import year as acts
from samraad.plan.models import FocusArea, Indicator, Initiative, Milestone, Plan
from samraad.plan.notices import remind_of_answers
from samraad.plan.queries import in_force, open_plans
from samraad.search.models import Entry

TODAY, NOW = date(2022, 1, 28), at("2022-01-28")


@pytest.fixture
def signe(demo: Entered) -> User:
    return User.objects.get(email=email_of("signe"))


@pytest.fixture
def next_year(demo: Entered, signe: User) -> Plan:
    return plans.start(forum=demo.kredsraad, year=2023, title="Samarbejdsplan 2023", by=signe)


def visit(key: str) -> Client:
    """A browser signed in as somebody of the demo."""
    browser = Client()
    browser.force_login(
        User.objects.get(email=email_of(key)), backend="django.contrib.auth.backends.ModelBackend"
    )
    return browser


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
    assert len(ends.late) == 2
    assert any(commitment.condition for commitment in ends.waiting)


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


def test_it_fetches_a_chapter_s_numbers_again_beside_what_was_written(demo: Entered, signe: User) -> None:
    account = acts.start_account(forum=demo.kredsraad, year=2021, today=TODAY, by=signe)
    meetings, own = account.sections.get(number="2"), account.sections.get(number="1")
    plans.edit_section(
        section=meetings, number="2", title=meetings.title, body="<p>Vi mødtes tit.</p>", version=1, by=signe
    )
    browser = Client()
    browser.force_login(signe, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/nordjylland/arbejde/afsnit/{meetings.pk}/tal/"
    assert address in browser.get(f"/nordjylland/arbejde/planer/{account.pk}/").content.decode()
    page = browser.get(address)
    assert "Det, der står i dag" in page.content.decode()
    assert "Vi mødtes tit." in page.content.decode()
    form = page.context["form"]
    assert "Møde" in form["body"].value()
    meetings.number, meetings.title = "3", "Hvor tit vi mødtes"  # whatever it is called, it is the meetings
    assert counted_anew(meetings, TODAY) == form.initial["body"]
    browser.post(address, {**form.initial, "body": form["body"].value() + "\n\nVi mødtes tit."})
    meetings.refresh_from_db()
    assert meetings.body.count("<tr>") == 5
    assert meetings.body.endswith("<p>Vi mødtes tit.</p>")
    assert browser.get(f"/nordjylland/arbejde/afsnit/{own.pk}/tal/").status_code == 404


def test_it_takes_no_chapter_for_another_because_of_its_number(demo: Entered, signe: User) -> None:
    account = acts.start_account(forum=demo.kredsraad, year=2021, today=TODAY, by=signe)
    chapters = [str(section.chapter) for section in account.sections.all()]
    assert chapters == [
        "police", "meetings", "subjects", "commitments", "answers", "numbers", "opinions",
    ]  # fmt: skip
    own = plans.add_section(
        plan=account, number="2", title="Møder i kredsrådet", body="<p>Eget</p>", by=signe
    )
    assert not own.is_counted
    assert counted_anew(own, TODAY) == ""
    page = visit("signe").get(f"/nordjylland/arbejde/planer/{account.pk}/").content.decode()
    assert page.count("Hent tallene igen") == 6
    assert visit("signe").get(f"/nordjylland/arbejde/afsnit/{own.pk}/tal/").status_code == 404


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


def test_it_puts_a_section_back_with_its_area_its_remarks_and_its_place_in_search(
    next_year: Plan, signe: User
) -> None:
    section = plans.add_section(plan=next_year, title="Natteliv", body="<p>Vi holder øje</p>", by=signe)
    area, pk = plans.add_area(plan=next_year, title="Om", section=section, by=signe), section.pk
    hearing = hearings.open_hearing(
        plan=next_year, due_on=date(2022, 2, 10), letter="", today=TODAY, now=NOW, by=signe
    )
    party, _ = hearings.add_party(hearing=hearing, name="Natteravnene", email="n@example.dk", by=signe)
    replies.reply(
        party=party, remarks={f"s{pk}": "Godt"}, whole="", nothing=False, today=TODAY, now=NOW, by=SYSTEM
    )
    plans.remove_section(section=section, by=signe)
    put_back(removed=Removed.objects.get(), now=NOW, by=signe)
    area.refresh_from_db()
    assert (area.section_id, party.remarks.get().part) == (pk, f"s{pk}")
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
    assert empty(now=removed.at + timedelta(days=29), by=SYSTEM) == 0
    assert empty(now=late, by=SYSTEM) == 1
    removed.refresh_from_db()
    assert (removed.payload, removed.label) == ([], "")
    assert not may_read(signe, removed)
    with pytest.raises(Refused, match="slettet for alvor"):
        put_back(removed=removed, now=NOW, by=signe)


def test_it_follows_a_project_to_its_milestones_and_its_money(demo: Entered, signe: User) -> None:
    project = Initiative.objects.get(title__startswith="Pilotprojekt")
    assert {d.slug for d in project.also_districts.all()} == {"fyn", "koebenhavns-vestegn"}
    step = project.milestones.get(title__startswith="Oplæg")
    assert {forum.slug for forum in step.fora.all()} == {
        "kredsraadet",
        "lokalraad-aalborg",
        "lokalraad-broenderslev",
    }
    projects.reach(milestone=step, on=TODAY, result="Oplægget ligger klar", by=signe)
    with pytest.raises(Refused, match="allerede nået"):
        projects.reach(milestone=step, on=TODAY, result="igen", by=signe)
    money = Initiative.objects.get(title="Bedre data om uheld").grants.get()
    assert money.state == ("waiting", "Venter på svar")
    with pytest.raises(Refused, match="hvilken dag"):
        projects.keep_grant(initiative=money.initiative, grant=money, fund="P", granted=False, by=signe)
    with pytest.raises(Refused, match="før ansøgningen"):
        projects.keep_grant(
            initiative=money.initiative,
            fund="P",
            applied_on=TODAY,
            answered_on=date(2022, 1, 1),
            granted=True,
            by=signe,
        )


Person = Callable[[str], User]


def test_it_asks_nobody_with_a_draft_and_keeps_this_years_duty(
    demo: Entered, next_year: Plan, signe: User
) -> None:
    carry(next_year, signe)
    assert in_force(open_plans(demo.district), TODAY) == next_year.continues
    desk = visit("lars").get("/mit-bord/").content.decode()
    assert "Begynd handleplanen for 2022" in desk
    assert "Begynd handleplanen for 2023" not in desk
    assert (
        visit("signe")
        .get("/nordjylland/arbejde/svar/")["Location"]
        .endswith(f"/{next_year.continues_id}/svar/")
    )
    before = remind_of_answers(today=date(2022, 1, 29), by=SYSTEM)
    with frame():
        Plan.objects.filter(pk=next_year.pk).update(answers_due_on=date(2022, 1, 31))
    assert before > 0
    assert remind_of_answers(today=date(2022, 1, 29), by=SYSTEM) == 0
    offers = visit("lars").get("/nordjylland/arbejde/planer/").content.decode()
    assert "2022: fra sidste år og kredsens plan" in offers
    assert "2023: fra sidste år og kredsens udkast" in offers


def test_it_refuses_a_last_day_that_is_not_of_the_plans_year(demo: Entered, signe: User) -> None:
    with pytest.raises(Refused, match="planen er for 2024"):
        plans.start(forum=demo.kredsraad, year=2024, title="P", answers_due_on=date(2022, 1, 31), by=signe)


def test_it_carries_a_project_with_its_money_and_milestones_and_an_areas_measures(
    next_year: Plan, signe: User
) -> None:
    last = next_year.continues
    assert last is not None
    projects_of_last = list(last.initiatives.exclude(deliverables=""))
    carry(next_year, signe, initiatives=projects_of_last)
    for project in projects_of_last:
        copy = next_year.initiatives.get(continues=project)
        assert copy.deliverables == project.deliverables
        assert [m.title for m in copy.milestones.all()] == [m.title for m in project.milestones.all()]
        assert [g.fund for g in copy.grants.all()] == [g.fund for g in project.grants.all()]
    assert any(p.milestones.exists() for p in projects_of_last)
    assert any(p.grants.exists() for p in projects_of_last)
    measure = Indicator.objects.get(area__plan=next_year, continues__name="Ja til samtale i Kør rent!")
    assert not measure.measurements.exists()


def test_a_milestone_that_goes_on_still_knows_what_it_proposed(next_year: Plan, signe: User) -> None:
    last = next_year.continues
    assert last is not None
    step = Milestone.objects.get(initiative__plan=last, title__startswith="Oplæg")
    projects.reach(milestone=step, on=TODAY, result="Klar", by=signe)
    carry(next_year, signe, initiatives=[step.initiative])
    copy = Milestone.objects.get(initiative__plan=next_year, title=step.title)
    told = {"due_on": copy.due_on, "done_on": TODAY, "result": "Klar", "fora": list(copy.fora.all())}
    projects.correct_milestone(milestone=copy, version=copy.version, title="Et andet navn", by=signe, **told)
    assert {duty.title for duty in step.duties.all()} == {"Milepæl nået: Et andet navn"}


def test_it_takes_back_only_what_nobody_has_touched(next_year: Plan, signe: User, demo: Entered) -> None:
    carry(next_year, signe)
    laesoe = Forum.objects.get(slug="lokalraad-laesoe")
    own = answers.start_action_plan(forum=laesoe, district_plan=next_year, by=SYSTEM)
    part = next_year.areas.exclude(parent=None).filter(addressees=laesoe)[0]
    answers.save_answer(plan=own, area=part, version=0, now=NOW, by=SYSTEM, kind="initiative", text="Vi gør")
    alone = list(
        next_year.areas.filter(parent=None, parts=None, answers=None).exclude(indicators__isnull=False)
    )
    first, second = alone[0], alone[1]
    works.add_indicator(area=first, name="Nyskrevet måling", unit="antal", period="year", by=signe)
    plans.add_area(plan=next_year, parent=second, title="Nyskrevet delområde", by=signe)
    works.add_initiative(plan=next_year, title="Ny indsats", area=alone[2], by=signe)
    numbers = list(next_year.sections.values_list("pk", flat=True))
    assert acts.take_back(plan=next_year, by=signe) > 0
    assert FocusArea.objects.filter(title="Nyskrevet delområde").exists()
    assert Indicator.objects.filter(name="Nyskrevet måling").exists()
    assert FocusArea.objects.filter(pk__in=[part.pk, part.parent_id, first.pk, second.pk]).count() == 4
    gone = set(numbers) - set(next_year.sections.values_list("pk", flat=True))
    assert gone
    assert not Entry.objects.filter(object_type="plan.section", object_id__in=gone).exists()


def test_it_finds_the_section_again_for_an_area_that_is_carried_later(next_year: Plan, signe: User) -> None:
    last = next_year.continues
    assert last is not None
    area = last.areas.exclude(section=None).first()
    carry(next_year, signe, areas=[])
    carry(next_year, signe, sections=[], areas=[area])
    assert next_year.areas.get(continues=area).section is not None


def test_it_proposes_a_milestone_to_the_fora_that_were_promised_a_paper(demo: Entered, signe: User) -> None:
    project = Initiative.objects.filter(plan__year=2022, title="Bedre data om uheld").get()
    milestone = projects.set_milestone(
        initiative=project, title="Fonden har svaret", fora=[demo.kredsraad], by=signe
    )
    projects.reach(milestone=milestone, on=TODAY, result="Der er penge.", by=signe)
    meeting = demo.kredsraad.meetings.get(starts_at__date=date(2022, 3, 15))
    assert "Milepæl nået: Fonden har svaret" in [row.title for row in proposals(meeting, TODAY)]
    paper = visit("signe").get(f"/nordjylland/arbejde/indsatser/milepaele/{milestone.pk}/oplaeg.docx")
    assert paper.status_code == 200
    assert paper.content.startswith(b"PK")


def test_it_keeps_what_is_closed_out_of_the_account(cast: Entered, person: Callable[[str], User]) -> None:
    from samraad.commitment.actions.commitment import accept, propose
    from samraad.council.actions import agenda, minutes
    from samraad.council.actions import meeting as meetings

    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-20"), ends_at=at("2022-01-20", 15), by=SYSTEM
    )
    closed = agenda.add_item(
        meeting=meeting, kind="discussion", title="Punkt A", closed=True, outcome="discussed", by=SYSTEM
    )
    withheld = agenda.add_item(
        meeting=meeting, kind="discussion", title="Punkt B", withheld=True, outcome="discussed", by=SYSTEM
    )
    meetings.call_meeting(meeting=meeting, now=at("2022-01-10"), by=SYSTEM)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    decision = minutes.decide(item=closed, text="LUKKET BESLUTNING", by=SYSTEM)
    promise = propose(
        forum=cast.kredsraad,
        text="LUKKET LØFTE",
        owner=None,
        decision=decision,
        due_on=date(2022, 1, 21),
        by=SYSTEM,
    )
    accept(commitment=promise, by=SYSTEM)
    minutes.decide(item=withheld, text="TILBAGEHOLDT UDTALELSE", kind="opinion", by=SYSTEM)
    account = acts.start_account(forum=cast.kredsraad, year=2022, today=TODAY, by=SYSTEM)
    text = " ".join(section.body for section in account.sections.all())
    assert "LUKKET" not in text
    assert "TILBAGEHOLDT" not in text
    following = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=SYSTEM
    )
    assert agenda.take_proposal(meeting=following, key=promise.key, by=person("signe")).closed


def test_it_does_not_let_an_unwritten_account_out(demo: Entered) -> None:
    from samraad.plan.findings import open_faults

    account = acts.start_account(forum=demo.kredsraad, year=2021, today=TODAY, by=SYSTEM)
    assert any(fault.finding.code == "stray_markup" for fault in open_faults(account, TODAY))


def test_it_wakes_an_element_of_the_agreement_in_the_wheel(demo: Entered, signe: User) -> None:
    from samraad.plan.models import Element

    element = Element.objects.get(title="Kommunale vagtværn")
    assert element.duty == Duty.objects.get(title="Drøft kommunale vagtværn")
    waiting = Element.objects.get(title="Politigaranti")
    assert waiting.duty is not None
    agreements.ask_element(
        element=waiting,
        state="in_progress",
        concerns_district=True,
        take_up_when=waiting.take_up_when,
        version=waiting.version,
        on=TODAY,
        by=signe,
    )
    meeting = demo.kredsraad.meetings.get(starts_at__date=date(2022, 3, 15))
    assert "Drøft politigaranti" in [row.title for row in proposals(meeting, TODAY)]
    assert element.agreement.title in visit("maja").get("/nordjylland/arbejde/planer/").content.decode()


def test_it_shows_what_others_can_use_only_as_it_was_released(demo: Entered, signe: User) -> None:
    edition_holder = Plan.objects.filter(kind="cooperation", year=2022).get()
    card = next(i for i in edition_holder.initiatives.all() if i.good_practice)
    page = visit("lars").get("/nordjylland/arbejde/erfaringer/").content.decode()
    assert card.good_practice[:40] in page
    given = {
        "also_districts": [],
        "ends_on": None,
        "deliverables": "x",
        "good_practice": "UDKAST",
        "by": signe,
    }
    projects.frame_project(initiative=card, version=card.version, **given)
    assert "UDKAST" not in visit("lars").get("/nordjylland/arbejde/erfaringer/").content.decode()
    with pytest.raises(Refused, match="En anden gemte imens"):
        projects.frame_project(initiative=card, version=card.version - 1, **given)


def test_it_is_discussed_only_at_an_item_of_its_own(demo: Entered, next_year: Plan, signe: User) -> None:
    last = next_year.continues
    assert last is not None
    assert last.item is not None
    with pytest.raises(Refused, match="blev Samarbejdsplan 2022 drøftet"):
        plans.note_discussion(plan=next_year, item=last.item, by=signe)


def test_it_throws_a_draft_away_that_nobody_builds_on_and_puts_it_back(
    next_year: Plan, signe: User, demo: Entered
) -> None:
    last = next_year.continues
    assert last is not None
    carry(next_year, signe, initiatives=list(last.initiatives.all()))
    before = (next_year.sections.count(), next_year.areas.count(), next_year.initiatives.count())
    with pytest.raises(Refused, match="har været offentliggjort"):
        plans.remove_draft(plan=last, by=signe)
    url = f"/nordjylland/arbejde/planer/{next_year.pk}/smid-ud/"
    assert visit("maja").post(url).status_code == 403
    assert visit("signe").post(url).status_code == 302
    assert not Plan.objects.filter(year=2023).exists()
    assert not Entry.objects.filter(kind="Samarbejdsplan 2023").exists()
    put_back(removed=Removed.objects.get(object_type="plan.plan"), now=NOW, by=signe)
    back = Plan.objects.get(year=2023)
    assert (back.sections.count(), back.areas.count(), back.initiatives.count()) == before
    assert Entry.objects.filter(kind="Samarbejdsplan 2023").exists()
    answers.start_action_plan(forum=Forum.objects.get(slug="lokalraad-laesoe"), district_plan=back, by=SYSTEM)
    with pytest.raises(Refused, match="har begyndt sin handleplan"):
        plans.remove_draft(plan=back, by=signe)


def test_it_lets_those_who_lead_a_project_run_it(demo: Entered) -> None:
    project = Initiative.objects.get(plan__year=2022, plan__kind="cooperation", title="Hylder i byggecentret")
    url = f"/nordjylland/arbejde/indsatser/{project.pk}/projekt/milepael/"
    assert visit("else").post(url, {"title": "Butikken er fundet", "due_on": "2022-04-01"}).status_code == 302
    assert project.milestones.filter(title="Butikken er fundet").exists()
    refused = visit("lars").get(url)
    assert refused.status_code == 403
    assert "skriver på planen" in refused.content.decode()
