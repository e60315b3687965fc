"""A plan from draft to edition, and what stands in the way."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction

from samraad.accounts.models import Mail, User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event, canonical, fingerprint
from samraad.commitment.actions import commitment as promises
from samraad.council.actions import forum as fora
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at, org
from samraad.plan import permissions
from samraad.plan.actions import edition as editions
from samraad.plan.actions import initiative as initiatives
from samraad.plan.actions import plan as plans
from samraad.plan.edition import content_of, difference
from samraad.plan.models import Plan
from samraad.plan.states import ANSWER, INITIATIVE, PLAN, AnswerStatus, PlanStatus, Stage
from tests.databases import moment

Person = Callable[[str], User]


@pytest.fixture
def plan(cast: Entered, person: Person) -> Plan:
    """A draft with a section and an area addressed to Brønderslev."""
    made = plans.start(
        forum=cast.kredsraad,
        year=2022,
        title="Samarbejdsplan 2022",
        answers_due_on=date(2022, 1, 31),
        by=person("signe"),
    )
    section = plans.add_section(
        plan=made, number="01", title="Samarbejdet", body="<p>Vi mødes.</p>", by=person("signe")
    )
    local = Forum.objects.get(slug="lokalraad-broenderslev")
    plans.add_area(
        plan=made, number="1", title="Trygge aftener", section=section, addressees=[local], by=person("signe")
    )
    return made


def discuss(plan: Plan, by: User, outcome: str = "discussed", day: str = "2022-01-18") -> None:
    """Put the plan on a meeting that is then held and minuted."""
    meeting = meetings.plan_meeting(forum=plan.forum, starts_at=at(day), ends_at=at(day, 15), by=by)
    item = plans.put_on_agenda(plan=plan, meeting=meeting, by=by)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-04"), by=by)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=by)
    minutes.write_minute(item=item, minute="<p>Drøftet.</p>", outcome=outcome, subjects=[], version=1, by=by)
    plan.refresh_from_db()


def test_it_has_every_status_in_its_tables() -> None:
    assert set(PLAN) == set(PlanStatus)
    assert set(ANSWER) == set(AnswerStatus)
    assert set(INITIATIVE) == set(Stage)


def test_it_is_discussed_when_a_meeting_was_held_about_it(plan: Plan, person: Person) -> None:
    assert (
        permissions.publish.reason(person("poul"), plan)
        == "Planen skal først drøftes på et møde i kredsrådet."
    )
    meeting = meetings.plan_meeting(
        forum=plan.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    plans.put_on_agenda(plan=plan, meeting=meeting, by=person("signe"))
    assert not plan.is_discussed
    with pytest.raises(Denied, match="først drøftes"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))


def test_it_is_not_discussed_by_a_postponed_item(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"), outcome="postponed")
    assert not plan.is_discussed


def test_it_cannot_be_published_undiscussed_even_in_the_database(plan: Plan) -> None:
    with pytest.raises(IntegrityError, match="plan_published_was_discussed"), transaction.atomic(), frame():
        Plan.objects.filter(pk=plan.pk).update(status="published")


def test_it_is_released_by_the_chair_or_on_a_recorded_mandate(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"))
    assert "Kun formanden" in permissions.publish.reason(person("signe"), plan)
    with frame():
        Forum.objects.filter(pk=plan.forum_id).update(release_mandate_until=date(2022, 1, 28))
    plan = Plan.objects.get(pk=plan.pk)
    assert permissions.publish.allows(person("signe"), plan)


def test_it_asks_for_approval_only_where_the_forum_does(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"))
    with frame():
        Forum.objects.filter(pk=plan.forum_id).update(approval_required=True)
    assert "godkendes" in permissions.publish.reason(person("poul"), Plan.objects.get(pk=plan.pk))


def test_it_freezes_an_edition_with_its_hash(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"))
    edition = editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))
    assert edition.sha256 == fingerprint(edition.content)
    assert edition.released_as == "Politidirektør i Nordjylland (formand)"
    assert Event.objects.get(verb="plan.published").facts["sha256"] == edition.sha256
    edition.content["title"] = "Noget andet"
    with pytest.raises(PermissionDenied):
        edition.save()


def test_it_holds_only_promises_that_were_accepted(plan: Plan, person: Person) -> None:
    area = plan.areas.get()
    for owner, text in (("nordjylland", "Vores eget"), ("hjoerring", "Kun foreslået")):
        promise = promises.propose(forum=plan.forum, text=text, owner=org(owner), by=person("poul"))
        plans.link_commitment(part=area, commitment=promise, by=person("signe"))
    assert [c["text"] for c in content_of(plan)["areas"][0]["commitments"]] == ["Vores eget"]


def test_it_needs_a_note_and_a_change_for_a_further_edition(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"))
    editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))
    with pytest.raises(Refused, match="Intet er ændret"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"), note="x")
    plans.edit_section(
        section=plan.sections.get(),
        number="01",
        title="Samarbejdet",
        body="<p>Vi mødes fire gange.</p>",
        version=1,
        by=person("signe"),
    )
    with pytest.raises(Refused, match="hvad der er rettet"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))
    second = editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"), note="Antal møder")
    (row,) = difference(plan.editions.get(number=1).content, second.content)
    assert row["parts"] == [("", "Vi"), ("del", "mødes."), ("ins", "mødes fire gange.")]


def test_it_stops_at_a_number_that_could_be_a_person_s(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"))
    plans.add_section(plan=plan, title="Sag", body="<p>Borger 010190-1234</p>", by=SYSTEM)
    with pytest.raises(Refused, match=r"Sag.*ligner et CPR-nummer"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))
    assert not plan.editions.exists()


def test_it_looks_for_such_numbers_in_all_that_an_edition_shows(plan: Plan, person: Person) -> None:
    discuss(plan, person("signe"))
    area = plan.areas.get()
    initiatives.add_initiative(
        plan=plan, title="Natteravne", area=area, partners="Frivillig 010190-1234", by=SYSTEM
    )
    with pytest.raises(Refused, match=r"Natteravne.*ligner et CPR-nummer"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))
    initiatives.add_indicator(area=area, name="Sag 010190-1234", unit="antal", period="year", by=SYSTEM)
    with pytest.raises(Refused, match=r"Trygge aftener.*ligner et CPR-nummer"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))


def test_it_is_public_from_the_hour_that_was_set(
    plan: Plan, person: Person, client: Any, settings: Any
) -> None:
    discuss(plan, person("signe"))
    editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"), public_from=at("2022-02-01", 8))
    assert client.get("/nordjylland/planer/2022/").status_code == 404
    settings.SAMRAAD_TODAY = moment(date(2022, 2, 2))
    assert client.get("/nordjylland/planer/2022/").status_code == 200


def test_it_is_told_of_once_and_when_the_set_hour_has_come(plan: Plan, person: Person, settings: Any) -> None:
    def told() -> int:
        call_command("post", verbosity=0)
        return Mail.objects.filter(
            subject="Samarbejdsplan 2022 er offentliggjort", user=person("maja")
        ).count()

    discuss(plan, person("signe"))
    edition = editions.publish(
        plan=plan, now=at("2022-01-28"), by=person("poul"), public_from=at("2022-02-01", 15)
    )
    settings.SAMRAAD_TODAY = moment(date(2022, 2, 1))
    assert told() == 0  # at two in the afternoon
    settings.SAMRAAD_TODAY = moment(date(2022, 2, 2))
    assert told() == 1
    seat = plan.forum.seats.get(title="Borgmester i Aalborg")
    fora.appoint(
        seat=seat, user=person("birk"), function="assistant", starts_on=date(2022, 2, 2), by=person("signe")
    )
    assert told() == 1
    assert not Mail.objects.filter(user=person("birk"), key=f"published:{edition.pk}").exists()


def test_it_tells_nobody_of_an_edition_that_was_withdrawn_before_its_hour(
    plan: Plan, person: Person, settings: Any
) -> None:
    discuss(plan, person("signe"))
    edition = editions.publish(
        plan=plan, now=at("2022-01-28"), by=person("poul"), public_from=at("2022-02-01", 8)
    )
    editions.withdraw(edition=edition, reason="Rummede et navn", now=at("2022-01-28"), by=person("signe"))
    settings.SAMRAAD_TODAY = moment(date(2022, 2, 2))
    call_command("post", verbosity=0)
    assert not Mail.objects.filter(key=f"published:{edition.pk}").exists()


def test_it_withdraws_the_text_and_keeps_the_chain(plan: Plan, person: Person, client: Any) -> None:
    discuss(plan, person("signe"))
    edition = editions.publish(plan=plan, now=at("2022-01-28"), by=person("poul"))
    sha = edition.sha256
    editions.withdraw(edition=edition, reason="Rummede et navn", now=at("2022-01-28"), by=person("signe"))
    page = client.get("/nordjylland/planer/2022/").content.decode()
    assert "Rummede et navn" in page
    assert "Vi mødes." not in page
    edition.refresh_from_db()
    assert edition.sha256 == sha


def test_it_stands_by_the_edition_before_when_the_newest_is_withdrawn(
    plan: Plan, person: Person, client: Any
) -> None:
    discuss(plan, person("signe"))
    editions.publish(plan=plan, now=at("2022-01-20"), by=person("poul"))
    section = plan.sections.get()
    plans.edit_section(
        section=section,
        number="01",
        title="Samarbejdet",
        body="<p>Et navn</p>",
        version=section.version,
        by=person("signe"),
    )
    newest = editions.publish(plan=plan, now=at("2022-01-21"), by=person("poul"), note="Rettet")
    editions.withdraw(edition=newest, reason="Rummede et navn", now=at("2022-01-28"), by=person("signe"))
    front = client.get("/nordjylland/").content.decode()
    links = set(re.findall(r'href="(/nordjylland/planer/2022/[^"#]*)"', front))
    assert links
    assert {client.get(link).status_code for link in links} == {200}
    assert "Vi mødes." in client.get("/nordjylland/planer/2022/").content.decode()
    assert "Rummede et navn" not in str(Event.objects.get(verb="plan.edition_withdrawn").facts)


def test_it_shows_both_texts_of_a_section_and_loses_none(plan: Plan, person: Person) -> None:
    section = plan.sections.get()
    plans.edit_section(
        section=section, number="01", title="Samarbejdet", body="<p>A</p>", version=1, by=person("signe")
    )
    with pytest.raises(Stale) as conflict:
        plans.edit_section(
            section=section, number="01", title="Samarbejdet", body="<p>B</p>", version=1, by=person("tage")
        )
    assert (conflict.value.theirs, conflict.value.mine) == ("<p>Tekst:</p><p>A</p>", "<p>Tekst:</p><p>B</p>")


def test_it_asks_for_a_second_look_at_answers_when_an_area_changes(plan: Plan, person: Person) -> None:
    from samraad.plan.actions import answer as answers

    own = answers.start_action_plan(
        forum=Forum.objects.get(slug="lokalraad-broenderslev"), district_plan=plan, by=person("omar")
    )
    area = plan.areas.get()
    answers.save_answer(
        plan=own,
        area=area,
        version=1,
        now=at("2022-01-20"),
        by=person("omar"),
        send=True,
        kind="covered",
        text="<p>SSP</p>",
    )
    plans.edit_area(
        area=area,
        version=1,
        by=person("signe"),
        addressees=list(area.addressees.all()),
        title="Trygge nætter",
    )
    assert own.answers.get().look_again
    with pytest.raises(Refused, match="har svaret på området"):
        plans.remove_area(area=area, by=person("signe"))


def test_it_has_one_plan_a_year(plan: Plan, person: Person) -> None:
    with pytest.raises(Refused, match="allerede en plan for 2022"):
        plans.start(forum=plan.forum, year=2022, title="Igen", by=person("signe"))


def test_it_spells_its_content_the_same_on_every_machine() -> None:
    assert canonical({"b": [1, 2], "a": {"ø": "å"}}) == '{"a":{"ø":"å"},"b":[1,2]}'
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
