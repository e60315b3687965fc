"""C4: whatever the cast does to a plan, in whatever order: it stands where the table of states lets it."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.models import Event, fingerprint
from samraad.council.models import AgendaItem
from samraad.plan.actions import edition as editions
from samraad.plan.actions import hearing as hearings
from samraad.plan.actions import plan as plans
from samraad.plan.models import Plan
from samraad.plan.states import PLAN
from tests.people import person_of
from tests.trust.asking import taken_back
from tests.world import World

EXAMPLES = int(os.environ.get("SAMRAAD_EXAMPLES", "5"))
WHO = ("signe", "poul", "signe", "poul", "maja", "karen", "birk")  # the first two write and release
Act = Callable[[Plan, User], object]


def _publish(plan: Plan, by: User) -> object:
    return editions.publish(plan=plan, now=clock.now(), note="Rettet", by=by)


def _withdraw(plan: Plan, by: User) -> object:
    last = plan.editions.first()
    if last is None:
        return None
    return editions.withdraw(edition=last, reason="Et navn stod der.", now=clock.now(), by=by)


def _write(plan: Plan, by: User) -> object:
    title = f"Afsnit {plan.sections.count() + 1}"
    return plans.add_section(plan=plan, title=title, body="<p>Tekst.</p>", by=by)


def _area(plan: Plan, by: User) -> object:
    section = plan.sections.first()
    if section is None:
        return None
    return plans.add_area(plan=plan, title=f"Område {plan.areas.count() + 1}", section=section, by=by)


def _remove(plan: Plan, by: User) -> object:
    section = plan.sections.last()
    if section is None:
        return None
    return plans.remove_section(section=section, by=by)


def _discuss(plan: Plan, by: User) -> object:
    treated = AgendaItem.objects.filter(
        meeting__forum=plan.forum, meeting__starts_at__year=plan.year - 1, outcome="discussed"
    )
    return plans.note_discussion(plan=plan, item=treated.latest("meeting__starts_at"), by=by)


def _hear(plan: Plan, by: User) -> object:
    today = clock.today()
    later = today + timedelta(days=14)
    return hearings.open_hearing(plan=plan, due_on=later, letter="", today=today, now=clock.now(), by=by)


def _call_off(plan: Plan, by: User) -> object:
    hearing = plan.hearings.filter(closed_at=None).first()
    if hearing is None:
        return None
    return hearings.call_off(hearing=hearing, now=clock.now(), by=by)


def _archive(plan: Plan, by: User) -> object:
    return plans.archive(plan=plan, by=by)


ACTS: list[Act] = [_write, _discuss, _publish, _area, _withdraw, _remove, _hear, _call_off, _archive]


def _holds(plan: Plan, begun: int) -> None:
    """What is true of a plan at any time."""
    numbers = list(plan.editions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert plan.is_draft == (not numbers)
    assert plan.hearings.filter(closed_at=None).count() <= 1
    for edition in plan.editions.filter(withdrawn_because=""):
        assert edition.sha256 == fingerprint(edition.content)
    happened = Event.objects.filter(pk__gt=begun, object_type="plan.plan", object_id=plan.pk)
    state = "draft"
    for verb in happened.order_by("seq").values_list("verb", flat=True):
        ways = {event: new for new, event in PLAN[state].items()}
        if verb in ("plan.published", "plan.archived"):
            assert verb in ways, f"{verb} fra {state}"
            state = ways[verb]
    assert plan.status == state


def _live(world: World, steps: list[tuple[Act, str]]) -> int:
    """Do what a list says to a new plan; how many steps got through."""
    done = 0
    begun = Event.objects.latest("id").pk
    draft = Plan.objects.get(pk=world.things["plan_draft"])
    with frame():
        Plan.objects.filter(pk=draft.pk).update(year=2030)  # out of the way
        AgendaItem.objects.filter(pk=world.things["item_held"]).update(outcome="discussed")
    plan = plans.start(forum=draft.forum, year=2023, title="Samarbejdsplan 2023", by=person_of("signe"))
    for act, who in steps:
        plan = Plan.objects.get(pk=plan.pk)
        with suppress(Refused, Denied):
            done += act(plan, person_of(who)) is not None
        _holds(Plan.objects.get(pk=plan.pk), begun)
    return done


def test_c4_a_plan_stands_where_the_table_lets_it(world: World) -> None:
    got_through: list[int] = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO)), min_size=12, max_size=25))
    def lived(steps: list[tuple[Act, str]]) -> None:
        with taken_back():
            got_through.append(_live(world, steps))

    lived()
    assert sum(got_through) > len(got_through)


def test_c4_the_straight_way_leads_to_the_end(world: World) -> None:
    signe = "signe"
    way: list[tuple[Act, str]] = [
        (_write, signe), (_area, signe), (_discuss, signe), (_publish, "poul"), (_write, signe),
        (_publish, "poul"), (_archive, signe),
    ]  # fmt: skip
    with taken_back():
        assert _live(world, way) == len(way)
        assert Plan.objects.get(year=2023, kind="cooperation").status == "archived"
