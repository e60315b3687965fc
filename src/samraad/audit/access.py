"""The second log: sign-ins, failed ones and refusals, kept 90 days. What is allowed is not noted.

It is no part of the chain of events, so that it can be forgotten. It tells of persons by their number only.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils import timezone

from samraad.audit.actions import action
from samraad.audit.actor import Actor
from samraad.audit.models import AccessNote

View = TypeVar("View", bound=Callable[..., object])
log = logging.getLogger(__name__)
Kind = AccessNote.Kind
KEPT = timedelta(days=90)
FINDS = "finds"  # on a view: the models of what its address is about
LARGEST = 2**63 - 1  # of a number in the database


def finds(*kinds: type[models.Model]) -> Callable[[View], View]:
    """What an address is about: by it a refusal is told from what is not there (`page_of` says it itself)."""

    def mark(view: View) -> View:
        setattr(view, FINDS, kinds)
        return view

    return mark


@action
def note(*, kind: AccessNote.Kind, route: str, number: int | None = None, by: Actor) -> AccessNote:
    """Write down that somebody came in or was refused."""
    return AccessNote.objects.create(
        at=timezone.now(), kind=kind, person=by.pk, route=route[:80], number=number
    )


@action
def forget(*, now: datetime, by: Actor) -> int:
    """Take away what is older than 90 days; returns how many notes."""
    count, _ = AccessNote.objects.filter(at__lte=now - KEPT).delete()
    return int(count)


def note_refused(request: HttpRequest, response: HttpResponse) -> None:
    """Note a 403, when the page has been sent."""
    _afterwards(response, partial(_note, request, Kind.REFUSED))


def note_hidden(request: HttpRequest, response: HttpResponse) -> None:
    """Note a 404 about what is there, when the page has been sent, so that its time tells nothing."""
    _afterwards(response, partial(_note_if_there, request))


def _afterwards(response: HttpResponse, run: Callable[[], None]) -> None:
    vars(response)["_resource_closers"].append(run)


def _note_if_there(request: HttpRequest) -> None:
    try:
        there = _is_there(request)
    except DatabaseError:
        there = True
    if there:
        _note(request, Kind.HIDDEN)


def _is_there(request: HttpRequest) -> bool:
    """Does what the address is about exist? A page of the house itself does, for those who work there."""
    match = request.resolver_match
    if match is None:
        return False
    kinds: tuple[type[models.Model], ...] | None = getattr(match.func, FINDS, None)
    if kinds is None:
        return _is_inside(request, match)
    number = _number(request)
    return any(kind._base_manager.filter(pk=number).exists() for kind in kinds)


def _is_inside(request: HttpRequest, match: ResolverMatch) -> bool:
    """Is it a page of a district that is there, about no thing by its number, for those who work there?"""
    if getattr(request, "district", None) is None or set(match.kwargs) != {"district"}:
        return False
    return bool(getattr(match.func, "login_required", True))


def route_of(request: HttpRequest) -> str:
    """The name of the address; "" where there is none."""
    if request.resolver_match is None:
        return ""
    return request.resolver_match.view_name


def _note(request: HttpRequest, kind: AccessNote.Kind) -> None:
    """A log that cannot be written is told to the operator; the page has its answer already."""
    if request.resolver_match is None:
        return
    try:
        note(kind=kind, route=request.resolver_match.view_name, number=_number(request), by=request.user)
    except DatabaseError:
        log.exception("Adgangsloggen kunne ikke skrives.")


def _number(request: HttpRequest) -> int | None:
    """The number of the thing in the address."""
    if request.resolver_match is None:
        return None
    number = request.resolver_match.kwargs.get("pk")
    if isinstance(number, int) and number <= LARGEST:
        return number
    return None
