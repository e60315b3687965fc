"""How long a sign-in lasts, where a person is signed in, and who needs a second factor."""

import time
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from samraad import clock
from samraad.accounts.models import Membership, SignIn, User, current_memberships
from samraad.audit import access
from samraad.audit.actions import action, record
from samraad.audit.actor import SYSTEM, Actor

BEGAN, SEEN = "began", "seen"  # in the session, in seconds by the real clock
LEVELS = "levels"  # in the session: how surely the login provider knew her, in its own words
NOTED_EVERY = 60  # seconds: a busy person's session is not written at each click
TRUSTED = (Membership.Right.ADMINISTRATOR, Membership.Right.OPERATOR)
STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
FRESH = 10 * 60  # seconds after a sign-in in which one may change how one signs in
Names = tuple[tuple[str, str], ...]
PLACES: Names = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
MACHINES: Names = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def is_fresh(request: HttpRequest) -> bool:
    """Has the person signed in so lately that it is surely she who sits there?"""
    return time.time() - float(request.session.get(BEGAN, 0)) < FRESH


def begin(sender: object, request: HttpRequest, user: User, **_: object) -> None:
    """Somebody has signed in: her hours begin, and the place stands on her list."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    if not request.session.session_key:
        request.session.save()
    note_sign_in(
        user=user,
        session_key=str(request.session.session_key),
        device=device(request.META.get("HTTP_USER_AGENT", "")),
        by=SYSTEM,
    )
    access.note(kind=access.Kind.SIGNED_IN, route=access.route_of(request), by=user)


def device(agent: str) -> str:
    """A browser and a machine in words, from what the browser says of itself.

    >>> device("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0")
    'Edge på Windows'
    >>> device("")
    'ukendt browser'
    """
    browser, machine = _named(agent, PLACES), _named(agent, MACHINES)
    if not browser:
        return "ukendt browser"
    if not machine:
        return browser
    return f"{browser} på {machine}"


def _named(agent: str, names: Names) -> str:
    """The first of the names whose mark the browser gives."""
    for mark, name in names:
        if mark in agent:
            return name
    return ""


def is_over(request: HttpRequest) -> bool:
    """Has she been away for too long, or signed in for too long? One without a beginning is over."""
    now, session = time.time(), request.session
    rested = now - session.get(SEEN, 0)
    if rested > settings.SESSION_IDLE_AGE or now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return True
    if rested > NOTED_EVERY:
        session[SEEN] = now
    return False


def is_sure(levels: Iterable[str]) -> bool:
    """Has the login provider known her in a way that counts as a second factor?"""
    return not set(settings.SAMRAAD_OIDC_LEVELS).isdisjoint(levels)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Does she administer or operate, and has no second factor yet? In the demo nobody needs one.

    The login provider's counts for the session that it began, when the operator has said so.
    """
    user = request.user
    if not settings.SAMRAAD_SECOND_FACTOR or is_sure(request.session.get(LEVELS, [])):
        return False
    trusted = current_memberships(user, clock.today()).filter(right__in=TRUSTED)
    return trusted.exists() and not is_mfa_enabled(user, STRONG)


@action
def note_sign_in(*, user: User, session_key: str, device: str, by: Actor) -> None:
    """Put a sign-in on the person's list; those that have ended go from it."""
    SignIn.objects.filter(user=user).exclude(session_key__in=_alive().values("session_key")).delete()
    SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "began_at": timezone.now(), "device": device},
    )


def sign_ins(user: User) -> list[SignIn]:
    """Where she is signed in now, the latest first."""
    return list(SignIn.objects.filter(user=user, session_key__in=_alive().values("session_key")))


def _alive() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__gt=timezone.now())


def end_all(user: User) -> None:
    """Sign her out everywhere, inside the action that takes her access."""
    places = SignIn.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(places.values_list("session_key", flat=True))).delete()
    places.delete()


@action
def end_sign_in(*, sign_in: SignIn, by: User) -> SignIn:
    """Sign the person out in one place; the browser there is a stranger at its next click."""
    Session.objects.filter(session_key=sign_in.session_key).delete()
    record("accounts.sign_in_ended", by, by=by)
    sign_in.delete()
    return sign_in
