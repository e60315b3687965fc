"""What of a plan can be put back from its bin: by whom, and what follows."""

from typing import Any

from samraad.audit.actor import Actor
from samraad.audit.bin import Rule, fields_of
from samraad.audit.models import Removed
from samraad.council.bin import forum_of
from samraad.council.permissions import works_in
from samraad.plan import permissions as may
from samraad.plan.actions.agreement import element_back
from samraad.plan.actions.initiative import index_initiative
from samraad.plan.actions.plan import index_section
from samraad.plan.models import Agreement, Initiative, Plan
from samraad.plan.permissions import visible_plans


def _plan_of(removed: Removed) -> Plan:
    return Plan.objects.select_related("forum__district").get(pk=fields_of(removed)["plan"])


def _reads(user: Any, removed: Removed) -> bool:
    plan = _plan_of(removed)
    return visible_plans(user, plan.forum.district).filter(pk=plan.pk).exists()


def _writes(user: Any, removed: Removed) -> None:
    may.write.check(user, _plan_of(removed))


def _holds(user: Any, removed: Removed) -> None:
    may.hold_hearing.check(user, _plan_of(removed))


def _writes_initiative(user: Any, removed: Removed) -> None:
    plan = _plan_of(removed)
    may.keep_initiatives.check(user, plan)


def _initiative_of(removed: Removed) -> Initiative:
    return Initiative.objects.select_related("plan__forum__district").get(pk=fields_of(removed)["initiative"])


_OF_A_PROJECT = Rule(
    lambda user, removed: may.run_project.allows(user, _initiative_of(removed)),
    lambda user, removed: may.run_project.check(user, _initiative_of(removed)),
)


def _agreement_of(removed: Removed) -> Agreement:
    return Agreement.objects.select_related("district").get(pk=fields_of(removed)["agreement"])


def _found_again(plan: Plan, by: Actor) -> None:
    for section in plan.sections.all():
        index_section(section, by)
    for initiative in plan.initiatives.all():
        index_initiative(initiative, by)


RULES = {
    "plan.plan": Rule(
        lambda user, removed: may.start_plan.allows(user, forum_of(removed)),
        lambda user, removed: may.start_plan.check(user, forum_of(removed)),
        after=_found_again,
    ),
    "plan.section": Rule(_reads, _writes, after=index_section),
    "plan.focusarea": Rule(_reads, _writes),
    "plan.hearing": Rule(_reads, _holds),
    "plan.localneed": Rule(_reads, _writes),
    "plan.initiative": Rule(_reads, _writes_initiative, after=index_initiative),
    "plan.milestone": _OF_A_PROJECT,
    "plan.grant": _OF_A_PROJECT,
    "plan.element": Rule(
        lambda user, removed: works_in(user, _agreement_of(removed).district),
        lambda user, removed: may.keep_agreement.check(user, _agreement_of(removed).district),
        after=element_back,
    ),
}
