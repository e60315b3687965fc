"""Demo, debug and tests: a write to a domain table outside an action raises."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from samraad.audit.actions import inside_action

WRITE = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"(.*)', re.IGNORECASE | re.DOTALL
)
DOMAIN = tuple(f"{room}_" for room in settings.ROOMS)
# What Django and allauth write themselves when somebody signs in or changes a password.
FRAMEWORK = re.compile(r'^\s*UPDATE "accounts_user" SET "(?:last_login|password)" =', re.IGNORECASE)


class OutsideAction(RuntimeError):
    """A domain table was written outside `@action`."""


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Database wrapper: let a statement through unless it writes to a domain table outside an action."""
    found = WRITE.match(sql)
    if found and found[1].startswith(DOMAIN) and not inside_action() and not FRAMEWORK.match(sql):
        raise OutsideAction(f"{found[1]} blev skrevet uden om en handling (@action).")
    return execute(sql, params, many, context)


class GuardMiddleware:
    """Watches every request where mistakes are made: on the developer's machine, in the demo and in tests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.LOCAL:
            return self.get_response(request)
        with connection.execute_wrapper(guard):
            return self.get_response(request)
