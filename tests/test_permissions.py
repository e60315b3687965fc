"""Who may what: every permission x everybody in the cast x the things it is about, and why she may not.

The answers stand in tests/permissions/*.toml, a file per room: permission, thing, answer, people. A test that
fails prints the table as it is now; when that is what should be, it goes into the file.
"""

import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, register
from samraad.audit.actor import SYSTEM, Actor, LinkHolder
from samraad.plan.models import Hearing, Party
from samraad.plan.permissions import reply_to_hearing
from tests.people import CITIZEN, PEOPLE, person_of
from tests.world import World

FOLDER = Path(__file__).parent / "permissions"
ALLOWED = "allowed"
# What a rule calls the thing it is about -> which of the world's things it is tried on.
TRIED_ON = {
    "organisation": ("nordjylland", "hjoerring"),
    "district": ("nordjylland",),
    "municipality": ("hjoerring", "vesthimmerlands"),
    "owner": ("nordjylland", "hjoerring"),
    "forum": ("kredsraad", "lokalraad_broenderslev", "psp"),
    "meeting": (
        "meeting_planned",
        "meeting_written",
        "meeting_held",
        "meeting_sent",
        "meeting_approved",
        "meeting_cancelled",
        "meeting_aalborg",
    ),
    "appointment": ("appointment_waiting",),
    "membership": ("membership_waiting",),
    "commitment": ("commitment_police", "commitment_proposed", "commitment_draft", "commitment_waiting"),
    "station": ("station",),
    "plan": ("plan", "plan_draft", "plan_broenderslev", "plan_aalborg"),
    "initiative": ("initiative",),
    "edition": ("edition",),
    "party": ("party",),
    "source": ("figure_source",),
    "release": ("release_loaded", "release_waiting"),
}
Table = dict[str, dict[str, list[str]]]

for room in settings.ROOMS:
    if find_spec(f"samraad.{room}.permissions"):
        import_module(f"samraad.{room}.permissions")  # fills the register
RULES: list[Any] = register


def room_of(rule: Any) -> str:
    """The room that has the rule."""
    return str(rule.__module__.split(".")[1])


def named(rule: Any) -> str:
    """ "plan.publish"."""
    return f"{room_of(rule)}.{rule.__name__}"


def find(world: World, model: type[Model], name: str) -> Model:
    """One of the world's things; an organisation goes by its slug."""
    if model is Organisation:
        return Organisation.objects.get(slug=name)
    return model._base_manager.get(pk=world.things[name])


def tries(rule: Any, world: World) -> Iterator[tuple[str, list[Model]]]:
    """The things to try a rule on, with their names."""
    _, *about = signature(rule.rule).parameters.values()
    for names in product(*(TRIED_ON[thing.name] for thing in about)):
        things = [find(world, thing.annotation, name) for thing, name in zip(about, names, strict=True)]
        yield ", ".join(names), things


def actor_of(key: str) -> Actor:
    """Somebody of the cast, or a visitor."""
    return AnonymousUser() if key == CITIZEN else person_of(key)


def answers(rule: Any, world: World) -> Table:
    """Thing -> answer -> people."""
    actors = {key: actor_of(key) for key in PEOPLE}
    found: Table = {}
    for name, things in tries(rule, world):
        for key, actor in actors.items():
            answer = rule.reason(actor, *things) or ALLOWED
            found.setdefault(name, {}).setdefault(answer, []).append(key)
    return found


def expected(rule: Any) -> Table | None:
    """What stands in the room's file."""
    file = FOLDER / f"{room_of(rule)}.toml"
    if not file.is_file():
        return None
    return tomllib.loads(file.read_text("utf-8")).get(rule.__name__)


def written(rule: Any, table: Table) -> str:
    """The table as it stands in a file."""
    lines = []
    for thing, by_answer in table.items():
        lines.append(f'[{rule.__name__}."{thing}"]')
        for answer, people in sorted(by_answer.items(), key=lambda row: row[0] != ALLOWED):
            listed = ", ".join(f'"{key}"' for key in people)
            lines.append(f'"{answer}" = [{listed}]')
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_it_answers_everybody_as_it_is_written(rule: permission[Any], world: World) -> None:
    table = answers(rule, world)
    file = f"tests/permissions/{room_of(rule)}.toml"
    assert expected(rule) == table, f"{named(rule)} svarer nu (se {file}):\n\n{written(rule, table)}"


def test_it_writes_of_no_permission_that_is_gone() -> None:
    known = {named(rule) for rule in RULES}
    stored = {
        f"{file.stem}.{name}"
        for file in FOLDER.glob("*.toml")
        for name in tomllib.loads(file.read_text("utf-8"))
    }
    assert stored <= known


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_it_asks_samraad_itself_no_rule(rule: permission[Any]) -> None:
    """Not even what the thing is: a rule that ran would stumble over it."""
    _, *about = signature(rule.rule).parameters
    rule.check(SYSTEM, *(None for _ in about))


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_it_lets_the_holder_of_a_link_do_nothing_but_answer_for_her_own(
    rule: permission[Any], world: World
) -> None:
    own = Party.objects.get(pk=world.things["party"])
    for name, things in tries(rule, world):
        may = rule.allows(LinkHolder(own), *things)
        assert may == (rule is reply_to_hearing and things == [own]), name


def test_it_lets_the_holder_of_another_link_not_answer(world: World) -> None:
    own = Party.objects.get(pk=world.things["party"])
    other = Party.objects.exclude(pk=own.pk)[0]
    hearing = Hearing.objects.get(pk=world.things["hearing"])
    assert not reply_to_hearing.allows(LinkHolder(other), own)
    assert not reply_to_hearing.allows(LinkHolder(hearing), own)
