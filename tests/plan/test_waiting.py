"""What waits for a person of plans, and stops waiting when it is done."""

from collections.abc import Callable
from datetime import date
from typing import Any

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.audit.rooms import Task
from samraad.council.actions.forum import end_appointment
from samraad.council.models import Appointment, Meeting
from samraad.demo.cast import Entered, at
from samraad.desk.waiting import tasks
from samraad.plan.actions.answer import save_answer
from samraad.plan.actions.plan import put_on_agenda, start
from samraad.plan.models import Plan
from samraad.plan.queries import areas_for
from tests.databases import moment

Person = Callable[[str], User]


def found(user: User, begins: str) -> list[Task]:
    """The tasks whose titles begin so."""
    return [task for task in tasks(user) if task.title.startswith(begins)]


def test_missing_answers_wait_for_who_reminds_when_their_day_is_near(
    demo: Entered, person: Person, settings: Any
) -> None:
    [task] = found(person("signe"), "17 svar mangler")
    assert task.title == "17 svar mangler til Samarbejdsplan 2022"
    assert task.why == "Fra 4 lokalråd. Mind dem om det, der mangler."
    assert task.due_on == Plan.objects.get(year=2022, kind="cooperation").answers_due_on
    settings.SAMRAAD_TODAY = moment(date(2021, 12, 20))
    assert found(person("signe"), "17 svar mangler") == []
    settings.SAMRAAD_TODAY = moment(date(2022, 1, 28))
    assert found(person("poul"), "17 svar mangler") == []


def test_a_whole_action_plan_waits_to_be_discussed(demo: Entered, person: Person) -> None:
    plan = Plan.objects.get(year=2022, forum__slug="lokalraad-vesthimmerlands")
    assert found(person("lise"), "Læg handleplanen") == []
    answered = plan.answers.filter(status="sent").values("area")
    for area in areas_for(plan).exclude(pk__in=answered):
        kept = plan.answers.filter(area=area).first()
        save_answer(
            plan=plan,
            area=area,
            version=kept.version if kept else 1,
            now=at("2022-01-28"),
            send=True,
            kind="covered",
            text="<p>Det er dækket.</p>",
            by=SYSTEM,
        )
    [task] = found(person("lise"), "Læg handleplanen")
    assert task.title == "Læg handleplanen for 2022 på en dagsorden"
    meeting = Meeting.objects.filter(forum=plan.forum, starts_at__gt=at("2022-01-28")).first()
    assert meeting is not None
    put_on_agenda(plan=plan, meeting=meeting, by=person("lise"))
    assert found(person("lise"), "Læg handleplanen") == []


def test_a_plan_that_nobody_can_release_says_who_must_be_appointed(demo: Entered, person: Person) -> None:
    forum, signe = demo.kredsraad, person("signe")
    plan = start(forum=forum, year=2023, title="Samarbejdsplan 2023", by=signe)
    for chair in Appointment.objects.filter(seat__forum=forum, function="chair"):
        end_appointment(appointment=chair, on=date(2022, 1, 27), by=SYSTEM)
    assert found(signe, "Få en formand") == []
    meeting = Meeting.objects.filter(forum=forum, starts_at__gt=at("2022-01-28")).earliest("starts_at")
    put_on_agenda(plan=plan, meeting=meeting, by=signe)
    [task] = found(signe, "Få en formand")
    assert task.why.endswith("kun formanden kan offentliggøre Samarbejdsplan 2023.")
    assert task.url == forum.get_absolute_url()
