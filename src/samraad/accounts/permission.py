"""One small object gives check, answer and reason from one rule.

@permission
def publish(user: User, plan: Plan) -> None:
    \"\"\"The chair of the plan's forum releases a plan that has been discussed (retsplejeloven § 113).\"\"\"
    require(holds(user, plan.forum, Function.CHAIR), "Kun forummets formand kan offentliggøre planen.")

publish.check(user, plan)   # raises Denied
publish.allows(user, plan)  # True or False
publish.reason(user, plan)  # the Danish sentence, or "" when she may
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec

from samraad.audit.actions import Denied
from samraad.audit.actor import SYSTEM

P = ParamSpec("P")
register: list["permission[Any]"] = []


def require(condition: Any, reason: str) -> None:
    """Raise Denied with `reason` unless `condition` holds."""
    if not condition:
        raise Denied(reason)


class permission(Generic[P]):
    """A rule about who may: a function that raises Denied, with the rule's source in its docstring."""

    def __init__(self, rule: Callable[P, None]) -> None:
        self.rule = rule
        update_wrapper(self, rule)  # type: ignore[arg-type]
        register.append(self)

    def check(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Raise Denied when the person may not. Samråd itself is asked no rule."""
        if args and args[0] is not SYSTEM:
            self.rule(*args, **kwargs)

    def reason(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Why she may not; the empty string when she may."""
        try:
            self.check(*args, **kwargs)
        except Denied as denied:
            return str(denied)
        return ""

    def allows(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        """May she?"""
        return not self.reason(*args, **kwargs)
