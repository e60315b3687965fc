"""C3, C7: many do the same at the same moment. One gets through, the others read why not."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from samraad.audit.actions import Denied, Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.commitment.actions import commitment as commitments
from samraad.commitment.models import Commitment
from samraad.council.actions import agenda, meeting, minutes, publication
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.demo.cast import at
from samraad.plan.actions import edition as editions
from samraad.plan.actions import plan as plans
from samraad.plan.models import Plan
from tests.people import client_of, person_of
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2022-01-28")
DONE, BUSY = "done", "busy"


def together(acts: list[Callable[[], Any]]) -> Counter[str]:
    """Do all at the same moment, each on a connection of its own: how many were done, and why not the others.

    SQLite lets nobody wait for more than five seconds; who did is counted as busy and has changed nothing.
    """
    start = Barrier(len(acts))
    came: Counter[str] = Counter()

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait()
            act()
        except Refused as refusal:
            came[str(refusal)] += 1
        except Denied as denial:
            came[str(denial)] += 1
        except OperationalError:
            came[BUSY] += 1
        else:
            came[DONE] += 1
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came.total() == len(acts), came
    return came


def events(verb: str) -> int:
    return Event.objects.filter(verb=verb).count()


def test_c3_a_hundred_call_one_meeting_once(world: World) -> None:
    pk = world.things["meeting_planned"]
    before = events("council.meeting_called")

    def call(called: Meeting) -> Callable[[], Meeting]:
        return lambda: meeting.call_meeting(meeting=called, now=NOW, by=SYSTEM)

    came = together([call(Meeting.objects.get(pk=pk)) for _ in range(100)])
    assert came[DONE] == 1
    assert set(came) <= {DONE, BUSY, "Mødet er allerede indkaldt, holdt eller aflyst."}
    assert events("council.meeting_called") == before + 1


def test_c3_a_hundred_release_and_withdraw_minutes_in_turn(world: World) -> None:
    pk = world.things["meeting_approved"]
    first = Meeting.objects.get(pk=pk)
    if first.published_at is None:
        publication.publish_open_part(meeting=first, now=NOW, by=SYSTEM)
    begun = Event.objects.latest("id").pk
    signe = person_of("signe")

    def publish(told: Meeting) -> Callable[[], Meeting]:
        return lambda: publication.publish_open_part(meeting=told, now=NOW, by=signe)

    def withdraw(told: Meeting) -> Callable[[], Meeting]:
        return lambda: publication.withdraw_open_part(meeting=told, reason="Et navn stod der.", by=signe)

    acts: list[Callable[[], Any]] = []
    for _ in range(50):
        acts += [publish(Meeting.objects.get(pk=pk)), withdraw(Meeting.objects.get(pk=pk))]
    came = together(acts)
    happened = Event.objects.filter(
        pk__gt=begun, verb__in=["council.minutes_published", "council.minutes_withdrawn"]
    )
    verbs = list(happened.order_by("seq").values_list("verb", flat=True))
    assert len(verbs) == came[DONE] >= 1
    assert verbs[0] == "council.minutes_withdrawn"
    assert all(one != next_ for one, next_ in pairwise(verbs)), verbs
    public = Meeting.objects.get(pk=pk).published_at is not None
    assert public == (verbs[-1] == "council.minutes_published")


def test_c3_many_release_a_plan_and_one_edition_comes(world: World) -> None:
    pk = world.things["plan"]
    plan = Plan.objects.get(pk=pk)
    plans.add_section(plan=plan, title="Nyt afsnit", body="<p>Tekst.</p>", by=SYSTEM)

    def release(released: Plan) -> Callable[[], Any]:
        return lambda: editions.publish(plan=released, now=at("2022-01-15"), note="Et afsnit mere", by=SYSTEM)

    came = together([release(Plan.objects.get(pk=pk)) for _ in range(30)])
    assert came[DONE] == 1, came
    assert set(came) <= {DONE, BUSY, "Intet er ændret siden udgave 2."}
    assert [edition.number for edition in plan.editions.order_by("number")] == [1, 2]


def test_c3_a_hundred_answer_one_proposed_commitment(world: World) -> None:
    pk = world.things["commitment_proposed"]
    before = Commitment.objects.get(pk=pk)

    def accept(commitment: Commitment) -> Callable[[], Any]:
        return lambda: commitments.accept(commitment=commitment, by=SYSTEM)

    def decline(commitment: Commitment) -> Callable[[], Any]:
        return lambda: commitments.decline(commitment=commitment, reason="Det kan vi ikke.", by=SYSTEM)

    acts: list[Callable[[], Any]] = []
    for _ in range(50):
        acts += [accept(Commitment.objects.get(pk=pk)), decline(Commitment.objects.get(pk=pk))]
    came = together(acts)
    assert came[DONE] == 1, came
    assert Commitment.objects.get(pk=pk).version == before.version + 1


def test_c3_the_same_thing_begun_many_times_is_there_once(world: World) -> None:
    forum = Forum.objects.get(pk=world.things["kredsraad"])
    draft = plans.start(forum=forum, year=2025, title="Samarbejdsplan 2025", by=SYSTEM)
    plans.add_section(plan=draft, title="Samarbejdet", body="<p>Tekst.</p>", by=SYSTEM)
    begin = reverse("plan:start", args=["nordjylland", forum.pk])
    hear = reverse("plan:hearing_open", args=["nordjylland", draft.pk])
    started = posts(begin, {"year": "2024", "title": "Samarbejdsplan 2024"})
    assert Plan.objects.filter(forum=forum, year=2024).count() == 1
    heard = posts(hear, {"due_on": "2022-03-01", "letter": ""})
    assert draft.hearings.filter(closed_at=None).count() == 1
    for answers in (started, heard):
        assert answers[302] == 1
        assert set(answers) <= {302, 422, 503}, answers


def posts(url: str, typed: dict[str, str]) -> Counter[int]:
    """Twenty people of one office send the same form at once: how often each status came."""
    clients = [client_of("signe") for _ in range(20)]
    came: Counter[int] = Counter()

    def send(client: Client) -> Callable[[], Any]:
        client.raise_request_exception = False
        return lambda: came.update([client.post(url, typed).status_code])

    together([send(client) for client in clients])
    return came


def test_c7_items_of_an_agenda_are_numbered_without_holes(world: World) -> None:
    pk = world.things["meeting_planned"]
    before = AgendaItem.objects.filter(meeting=pk).on_agenda().count()

    def add(number: int) -> Callable[[], AgendaItem]:
        there = Meeting.objects.get(pk=pk)
        return lambda: agenda.add_item(
            meeting=there, kind=AgendaItem.Kind.DISCUSSION, title=f"Nyt {number}", by=SYSTEM
        )

    came = together([add(number) for number in range(50)])
    assert came[DONE] + came[BUSY] == 50, came
    positions = AgendaItem.objects.filter(meeting=pk).on_agenda().values_list("position", flat=True)
    assert sorted(positions) == list(range(1, before + came[DONE] + 1))


def test_c7_rounds_of_minutes_are_numbered_one_by_one(world: World) -> None:
    pk = world.things["meeting_held"]
    held = Meeting.objects.get(pk=pk)
    signe = person_of("signe")
    for item in held.items.all():
        minutes.write_minute(
            item=item,
            minute="Drøftet.",
            outcome="noted",
            version=item.version,
            subjects=[],
            by=signe,
        )

    def send(sent: Meeting) -> Callable[[], Any]:
        return lambda: minutes.send_minutes(meeting=sent, now=NOW, by=SYSTEM)

    assert together([send(Meeting.objects.get(pk=pk)) for _ in range(50)])[DONE] == 1
    assert list(held.rounds.values_list("number", flat=True)) == [1]
