"""What of a plan can be put back from its bin: by whom, and what follows."""

from typing import Any

from samraad.audit.bin import RULES, Rule, fields_of
from samraad.audit.models import Removed
from samraad.plan.actions.plan import find_section
from samraad.plan.models import Plan
from samraad.plan.permissions import visible_plans, write


def _plan_of(removed: Removed) -> Plan:
    return Plan.objects.select_related("forum__district").get(pk=fields_of(removed)["plan"])


def _reads(user: Any, removed: Removed) -> bool:
    plan = _plan_of(removed)
    return visible_plans(user, plan.forum.district).filter(pk=plan.pk).exists()


def _writes(user: Any, removed: Removed) -> None:
    write.check(user, _plan_of(removed))


RULES.update(
    {
        "plan.section": Rule(_reads, _writes, after=find_section),
        "plan.focusarea": Rule(_reads, _writes),
        "plan.localneed": Rule(_reads, _writes),
    }
)
