"""Promises in a draft.

They ask nobody, are put right freely, go and come back with the draft, and are asked for when the
plan is out.
"""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import in_bin, put_back
from samraad.commitment.actions import commitment as promises
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.council.models import AgendaItem, Meeting
from samraad.demo.cast import Entered, at, email_of
from samraad.desk.waiting import tasks
from samraad.plan.actions import edition as releases
from samraad.plan.actions import plan as plans
from samraad.plan.actions import reading as readings
from samraad.plan.actions import year as years
from samraad.plan.findings import findings
from samraad.plan.models import Plan

TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
FILE = """Samarbejdsplan 2023 for Nordjyllands Politi

1 Indledning
Kredsrådet drøfter planen på hvert møde. Politiet afholder en temadag i 2. kvartal 2023.

2 Indsatsområder i 2023
Her står områderne.

2.1 Natteliv
Politiet udarbejder en folder om nattelivet inden den 1. maj 2023.

3 Opfølgning
Sekretariatet udsender en status i 4. kvartal 2023.
"""


def user(key: str) -> User:
    return User.objects.get(email=email_of(key))


def taken(demo: Entered, year: int = 2023, **changed: Any) -> readings.TakenOver:
    """The file above as a draft of the demo's council."""
    signe = user("signe")
    parked = readings.park(
        forum=demo.kredsraad, file=readings.read_file(FILE.encode(), "plan.txt"), now=NOW, by=signe
    )
    every: dict[str, Any] = {
        "chosen": [row["line"] for row in parked.result["sections"]],
        "commitments": list(range(len(parked.result["commitments"]))),
    }
    return readings.take_over(
        reading=parked, year=year, title=f"Plan {year}", answers_due_on=None, by=signe, **(every | changed)
    )


def test_it_asks_nobody_before_the_plan_is_out(demo: Entered) -> None:
    before = {key: len(tasks(user(key))) for key in ("poul", "lise", "maja")}
    made = taken(demo)
    assert made.commitments == 4
    assert {key: len(tasks(user(key))) for key in before} == before
    assert set(commitments_of(made.plan).values_list("status", flat=True)) == {"draft"}


def commitments_of(plan: Plan) -> Any:
    return Commitment.objects.filter(areas__plan=plan) | Commitment.objects.filter(sections__plan=plan)


def test_it_shows_a_drafted_promise_to_the_council_and_not_to_its_owner_elsewhere(demo: Entered) -> None:
    made = taken(demo)
    assert commitments_of(made.plan).exists()
    assert not visible_commitments(user("lise"), demo.kredsraad.district).filter(status="draft").exists()
    assert visible_commitments(user("signe"), demo.kredsraad.district).filter(status="draft").count() == 4


def test_it_stands_under_its_section_when_no_area_holds_it(demo: Entered) -> None:
    plan = taken(demo).plan
    places = {s.title: s.commitments.count() for s in plan.sections.all()} | {
        a.title: a.commitments.count() for a in plan.areas.all()
    }
    assert (places["Indledning"], places["Opfølgning"]) == (2, 1)
    browser = Client()
    browser.force_login(user("signe"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("plan:plan", args=["nordjylland", plan.pk])).content.decode()
    assert "4 løfter" in page
    assert "temadag" in page.split('sam-promise"', 1)[1]


def test_it_says_which_promises_have_no_place(demo: Entered) -> None:
    opening = FILE.split("\n").index("1 Indledning") + 1
    made = taken(demo, chosen=[opening])
    assert (made.commitments, made.left_out) == (2, 2)


def test_it_takes_the_same_file_over_for_another_year(demo: Entered) -> None:
    assert taken(demo).commitments == 4
    assert taken(demo, year=2024).commitments == 4


def test_it_is_no_loose_end_of_last_year(demo: Entered) -> None:
    plan = taken(demo).plan
    ends = years.loose_ends(plan, TODAY)
    left = {commitment.pk for commitment in [*ends.late, *ends.open, *ends.waiting]}
    assert not left & set(commitments_of(plan).values_list("pk", flat=True))


def test_it_is_put_right_until_somebody_has_answered(demo: Entered) -> None:
    plan = taken(demo).plan
    signe, maja = user("signe"), user("maja")
    promise = commitments_of(plan).filter(text__startswith="Politiet udarbejder").get()
    changed = {
        "text": "Politiet skriver en folder",
        "owner": demo.kredsraad.district,
        "due_on": date(2023, 6, 1),
    }
    with pytest.raises(Denied):
        promises.correct(commitment=promise, version=promise.version, by=maja, **changed)
    promises.correct(commitment=promise, version=promise.version, by=signe, **changed)
    promise.refresh_from_db()
    assert (promise.text, promise.due_on, promise.status) == (
        "Politiet skriver en folder",
        date(2023, 6, 1),
        "draft",
    )
    with pytest.raises(Stale):
        promises.correct(commitment=promise, version=1, by=signe, **changed)
    promises.put_forward(commitment=promise, by=signe)
    promises.accept(commitment=promise, by=user("poul"))
    with pytest.raises(Denied, match="besvaret"):
        promises.correct(commitment=promise, version=promise.version, by=signe, **changed)


def test_it_is_put_right_on_a_page(demo: Entered) -> None:
    plan = taken(demo).plan
    promise = commitments_of(plan).filter(text__startswith="Politiet udarbejder").get()
    browser = Client()
    browser.force_login(user("signe"), backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("commitment:edit", args=["nordjylland", promise.pk])
    assert "Ret løftet" in browser.get(url).content.decode()
    sent = {
        "text": "En folder",
        "owner": demo.kredsraad.district.pk,
        "due_on": "1. juni 2023",
        "version": promise.version,
    }
    assert browser.post(url, sent).status_code == 302
    promise.refresh_from_db()
    assert (promise.text, promise.owner, promise.due_on) == (
        "En folder",
        demo.kredsraad.district,
        date(2023, 6, 1),
    )
    assert promise.origin_text


def test_it_goes_into_the_bin_and_comes_back(demo: Entered) -> None:
    plan = taken(demo).plan
    signe = user("signe")
    promise = commitments_of(plan).filter(text__startswith="Sekretariatet").get()
    number, text = promise.pk, promise.text
    promises.remove(commitment=promise, now=NOW, by=signe)
    assert commitments_of(plan).count() == 3
    put_back(
        removed=in_bin(f"forum:{demo.kredsraad.pk}", NOW).get(object_type="commitment.commitment"),
        now=NOW,
        by=signe,
    )
    assert Commitment.objects.get(pk=number).text == text


def test_it_goes_and_comes_back_with_the_draft(demo: Entered) -> None:
    plan = taken(demo).plan
    signe = user("signe")
    own = set(commitments_of(plan).values_list("pk", flat=True))
    number = plan.pk
    plans.remove_draft(plan=plan, by=signe)
    assert not Commitment.objects.filter(pk__in=own).exists()
    put_back(
        removed=in_bin(f"forum:{demo.kredsraad.pk}", NOW).get(object_type="plan.plan"), now=NOW, by=signe
    )
    assert set(commitments_of(Plan.objects.get(pk=number)).values_list("pk", flat=True)) == own


def test_it_is_asked_for_when_the_plan_is_out(demo: Entered) -> None:
    plan = taken(demo).plan
    maja = user("maja")
    hers = promises.draft(
        forum=demo.kredsraad, text="Hjørring holder et møde", owner=maja_owner(), by=user("signe")
    )
    plans.link_commitment(part=plan.areas.get(), commitment=hers, by=user("signe"))
    item = AgendaItem.objects.filter(
        meeting__in=Meeting.objects.filter(forum=demo.kredsraad, status="approved")
    ).last()
    assert item is not None
    with frame():  # the day's meetings are before the year in which such a plan can be discussed
        Plan.objects.filter(pk=plan.pk).update(item=_free_item(item))
    plan.refresh_from_db()
    releases.publish(plan=plan, now=NOW, by=SYSTEM)
    hers.refresh_from_db()
    assert hers.status == "proposed"
    assert any("Hjørring holder et møde" in task.title for task in tasks(maja))
    assert not any("temadag" in task.title for task in tasks(maja))
    assert not commitments_of(plan).filter(status="draft").exists()


def maja_owner() -> Any:
    seat = user("maja").appointments.select_related("seat__organisation").first()
    assert seat is not None
    return seat.seat.organisation


def _free_item(item: AgendaItem) -> AgendaItem:
    """An item of a held meeting that no other plan was discussed at."""
    return next(
        i
        for m in Meeting.objects.filter(forum=item.meeting.forum).order_by("-starts_at")
        for i in m.items.all()
        if i.treated and not i.plans.exists()
    )


def test_it_names_a_promise_that_is_for_a_year_gone_by(demo: Entered) -> None:
    plan = taken(demo).plan
    late = promises.draft(
        forum=demo.kredsraad, text="Der vil i 2022 blive lagt vægt på natteliv", by=user("signe")
    )
    plans.link_commitment(part=plan.areas.get(), commitment=late, by=user("signe"))
    told = [placed for placed in findings(plan, TODAY) if placed.place.commitment == late]
    assert any(
        "blive lagt vægt på natteliv” er for 2022, men planen er for 2023." in placed.finding.message
        for placed in told
    )


def test_it_refuses_to_remove_a_promise_that_was_proposed(demo: Entered) -> None:
    promise = promises.propose(forum=demo.kredsraad, text="Noget", by=user("signe"))
    with pytest.raises(Refused, match="foreslået"):
        promises.remove(commitment=promise, now=NOW, by=user("signe"))


def test_it_puts_parts_after_the_area_they_are_part_of(demo: Entered) -> None:
    plan = plans.start(forum=demo.kredsraad, year=2023, title="Samarbejdsplan 2023", by=user("signe"))
    last = plan.continues
    assert last is not None
    years.carry_over(plan=plan, sections=[], areas=list(last.areas.all()), initiatives=[], by=user("signe"))
    order = [area.pk for area in plan.areas.all()]
    for area in plan.areas.exclude(parent=None):
        above = plan.areas.get(pk=order[order.index(area.pk) - 1])
        assert above.pk == area.parent_id or above.parent_id == area.parent_id


def test_it_keeps_its_place_when_it_comes_back_alone(demo: Entered) -> None:
    plan = taken(demo).plan
    signe = user("signe")
    promise = commitments_of(plan).filter(sections__title="Opfølgning").get()
    number = promise.pk
    promises.remove(commitment=promise, now=NOW, by=signe)
    put_back(
        removed=in_bin(f"forum:{demo.kredsraad.pk}", NOW).get(object_type="commitment.commitment"),
        now=NOW,
        by=signe,
    )
    assert [section.title for section in Commitment.objects.get(pk=number).sections.all()] == ["Opfølgning"]


def test_a_section_comes_back_without_a_promise_that_was_taken_out_since(demo: Entered) -> None:
    plan = taken(demo).plan
    signe = user("signe")
    first, last = plan.sections.get(title="Indledning"), plan.sections.get(title="Opfølgning")
    promise = last.commitments.get()
    plans.link_commitment(part=first, commitment=promise, by=signe)
    number = first.pk
    plans.remove_section(section=first, by=signe)
    promises.remove(commitment=promise, now=NOW, by=signe)
    put_back(removed=in_bin(f"plan:{plan.pk}", NOW).get(object_type="plan.section"), now=NOW, by=signe)
    again = plan.sections.get(pk=number)
    assert again.commitments.count() == 2


def test_it_is_put_forward_by_its_own_plan_alone(demo: Entered) -> None:
    plan = taken(demo).plan
    promise = commitments_of(plan).first()
    with pytest.raises(Refused, match="afvist"):
        promises.propose_again(commitment=promise, text="Igen", by=user("signe"))
    published = Plan.objects.get(kind="cooperation", year=2022)
    browser = Client()
    browser.force_login(user("signe"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(
        reverse("plan:area_commitment", args=["nordjylland", published.areas.first().pk])
    ).content.decode()
    assert f'value="{promise.pk}"' not in page


def test_nobody_says_yes_to_words_she_has_not_read(demo: Entered) -> None:
    hers = promises.propose(forum=demo.kredsraad, text="Et møde", owner=maja_owner(), by=user("signe"))
    promises.correct(
        commitment=hers, version=hers.version, text="To møder", owner=maja_owner(), by=user("signe")
    )
    with pytest.raises(Refused, match="rettet, siden du læste det"):
        promises.accept(commitment=hers, by=user("maja"), read="1")
    promises.accept(commitment=hers, by=user("maja"), read=str(hers.version))


def test_a_carry_over_that_is_taken_back_leaves_what_was_promised_since(demo: Entered) -> None:
    signe = user("signe")
    plan = plans.start(forum=demo.kredsraad, year=2023, title="Samarbejdsplan 2023", by=signe)
    last = plan.continues
    assert last is not None
    years.carry_over(
        plan=plan, sections=list(last.sections.all()), areas=list(last.areas.all()), initiatives=[], by=signe
    )
    area = plan.areas.filter(parts=None).first()
    assert area is not None
    promise = promises.draft(forum=demo.kredsraad, text="Noget nyt", by=signe)
    plans.link_commitment(part=area, commitment=promise, by=signe)
    years.take_back(plan=plan, by=signe)
    assert promise.areas.get() == area
