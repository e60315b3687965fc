"""The first screen says in a sentence what waits; a secretariat and a mayor see what is theirs."""

from datetime import timedelta

from samraad.accounts.models import User
from samraad.audit.rooms import Task
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, email_of
from samraad.desk.queries import DeskPage, desk_page, rights
from samraad.desk.queries.handover import handover_page
from tests.databases import DAY


def user(key: str) -> User:
    return User.objects.get(email=email_of(key))


def desk(tasks: list[Task], meetings: list[Meeting]) -> DeskPage:
    """A desk with these things on it."""
    return DeskPage(tasks, meetings, set(), [], None, None, [])


def test_it_says_that_nothing_waits() -> None:
    empty = desk([], [])
    assert (empty.late_words, empty.waiting_words, empty.next_words) == ("", "Du har ingen opgaver.", "")


def test_it_counts_what_waits_and_what_is_late() -> None:
    late = Task("Svar", "hvorfor", "/", "Svar", DAY - timedelta(days=1))
    today = Task("Læs", "hvorfor", "/", "Læs", DAY)
    assert desk([late], []).late_words == "1 opgave er forsinket."
    assert desk([late, late], []).late_words == "2 opgaver er forsinket."
    assert desk([late, today], []).waiting_words == "2 ting venter på dig."
    assert desk([today], []).late_words == ""


def test_it_shows_the_secretariat_the_plan_and_its_holes(demo: Entered) -> None:
    page = desk_page(user("signe"), DAY)
    assert page.next_words == "Næste møde er tirsdag 15. marts 2022."
    assert page.municipality is None
    overview = page.secretariat
    assert overview is not None
    assert overview.plan is not None
    assert overview.plan.year == 2022
    assert overview.answer_words == f"Svar: {overview.answered} af {overview.asked}"
    assert str(overview.behind[0].forum) == "Lokalråd Læsø"
    assert [row.missing for row in overview.behind] == sorted(
        (row.missing for row in overview.owed if row.missing), reverse=True
    )


def test_it_shows_a_mayor_two_minutes(demo: Entered) -> None:
    page = desk_page(user("maja"), DAY)
    assert page.secretariat is None
    assert page.municipality is not None
    assert str(page.municipality.organisation) == "Hjørring Kommune"
    assert page.municipality.answers is not None
    assert page.municipality.answers.forum.name == "Lokalråd Hjørring"


def test_it_keeps_decisions_from_a_reader_without_a_seat_there(demo: Entered) -> None:
    seat = demo.kredsraad.seats.get(organisation__name="Hjørring Kommune")
    inside, outside = (handover_page(seat, user(key), DAY) for key in ("maja", "omar"))
    assert inside.decided
    assert not outside.inside
    assert outside.decided == []


def test_it_says_why_one_may(demo: Entered) -> None:
    told = rights(user("else"))
    seat = (
        "Borgmester i Hjørring i Kredsrådet i Nordjylland, forbereder for pladsen, fra fredag 1. januar 2021"
    )
    assert (seat, "læser og forbereder for pladsen; beslutter ikke") in told
    assert ("Hjørring Kommune: administrator", "inviterer og fjerner personer") in told


def test_it_begins_with_the_day_for_answers_while_they_are_missing(demo: Entered) -> None:
    page = desk_page(user("signe"), DAY)
    assert page.secretariat is not None
    assert page.secretariat.is_due
    assert page.secretariat.missing_words == "17 af 78 svar mangler"
    assert page.remind_url in [task.url for task in page.tasks]
    assert page.remind_url not in [task.url for task in page.listed]  # told once


def test_what_is_late_and_hers_stands_among_her_tasks_alone(demo: Entered) -> None:
    page = desk_page(user("signe"), DAY)
    own = {task.url for task in page.tasks}
    assert page.others_late
    assert not own & {row.get_absolute_url() for row in page.others_late}


def test_a_chair_sees_the_plan_and_no_work_of_the_secretariat(demo: Entered) -> None:
    page = desk_page(user("poul"), DAY)
    assert page.secretariat is None
    assert page.plan is not None
    assert page.plan_words == "61 af 78 svar er inde"
    assert not [task for task in page.tasks if task.button.startswith("Skriv ")]


def test_a_mayor_sees_how_far_her_answers_are(demo: Entered) -> None:
    assert desk_page(user("maja"), DAY).plan_words == "I har svaret på 9 af 9"
