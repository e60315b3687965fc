"""Wrong passwords and wrong codes: who is locked out, until when, and who opens again.

Five wrong passwords for one person from one place lock that person out there for an hour; nobody else, and
nowhere else. A place alone (an office behind one address) counts too, ten times slower. Who knows a password
and guesses the code of the second step is locked out everywhere. django-axes counts, and after an hour
it has forgotten.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from samraad.accounts import notices
from samraad.accounts import permissions as may
from samraad.accounts.models import Membership, User
from samraad.audit import access
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor, System

SLOWER = 10  # times: what an address weighs beside a person at an address
CODE = "kode "  # before the e-mail of somebody whose second step is guessed
MARK = "axes_locked_out"  # axes' own, on a request
LONGEST = 255  # letters of a name that is kept
Credentials = Mapping[str, object] | None
Rows = QuerySet[AccessAttempt]


def place(request: HttpRequest) -> str | None:
    """Where a request comes from."""
    try:
        return place_of(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None


def place_of(written: str) -> str:
    """An address as it is counted: of IPv6 the network of a household, which has addresses without number.

    Raises ValueError when it is none.

    >>> place_of("192.0.2.7"), place_of("2001:db8:1:2:3::4"), place_of("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8:1:2::', '192.0.2.7')
    """
    address = ip_address(written)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)


def tried(request: HttpRequest, credentials: Credentials = None) -> str:
    """The e-mail that somebody tries to sign in with, in one spelling."""
    given: Mapping[str, object] = request.POST
    if credentials:
        given = credentials
    for name in ("email", "login", "username"):
        if given.get(name):
            return _spelled(str(given[name]).replace("\x00", "").strip())
    if request.user.is_authenticated:
        return request.user.email.lower()
    return ""


def _spelled(typed: str) -> str:
    """The one spelling of an e-mail: of the account that the database finds by it, where it finds one.

    PostgreSQL takes letters for each other that only look alike (“ſ” and “s”); each spelling would else have
    tries of its own.
    """
    emails = User.objects.filter(email__iexact=typed).values_list("email", flat=True)
    for email in emails[:1]:
        return email.lower()[:LONGEST]
    return typed.lower()[:LONGEST]


class Handler(AxesDatabaseHandler):
    """Counts as the top of this file says, and tells when somebody is locked out."""

    def filter_user_attempts(self, request: HttpRequest, credentials: Credentials = None) -> list[Rows]:
        """What was tried for the person (a password: here; a code: anywhere), and from this place."""
        name = tried(request, credentials)
        here = AccessAttempt.objects.filter(ip_address=place(request))
        if name.startswith(CODE):
            return [AccessAttempt.objects.filter(username=name), here]
        return [here.filter(username=name), here]

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """How far the person or the place is on the way to be locked out."""
        person, here = self.get_user_attempts(request, credentials)
        return max(_count(person), _count(here) // SLOWER)

    def reset_user_attempts(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """She came in: what was tried for her here is forgotten; what was tried for others here is not."""
        name = tried(request, credentials)
        person, _ = self.filter_user_attempts(request, credentials)
        AccessAttempt.objects.filter(username=CODE + name).delete()
        return int(person.delete()[0])

    def user_login_failed(
        self,
        sender: object,
        credentials: Mapping[str, object],
        request: HttpRequest | None = None,
        **kwargs: object,
    ) -> None:
        """One more that failed; the one that locks is told."""
        before = _is_marked(request)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None:
            access.note(
                kind=access.Kind.FAILED,
                route=access.route_of(request),
                by=_known(tried(request, credentials)),
            )
        if request is not None and _is_marked(request) and not before:
            lock(name=tried(request, credentials), by=SYSTEM)


def _known(name: str) -> Actor:
    """Whose sign-in was tried; Samråd itself for a name that nobody has: what was typed is not kept."""
    user = User.objects.filter(email__iexact=name.removeprefix(CODE)).first()
    if user is None:
        return SYSTEM
    return user


def _is_marked(request: HttpRequest | None) -> bool:
    """Has axes said no in this request?"""
    return getattr(request, MARK, False)


def _count(rows: Rows) -> int:
    total: int = rows.aggregate(failures=Coalesce(Sum("failures_since_start"), 0))["failures"]
    return total


def until(request: HttpRequest, credentials: Credentials = None) -> datetime | None:
    """When one who is locked out may try again; None for one who is not."""
    handler = AxesProxyHandler.get_implementation()
    person, here = handler.get_user_attempts(request, credentials)
    moments = (_over(person, settings.AXES_FAILURE_LIMIT), _over(here, settings.AXES_FAILURE_LIMIT * SLOWER))
    return max(filter(None, moments), default=None)


def _over(rows: Rows, limit: int) -> datetime | None:
    """When so many have been forgotten that fewer than `limit` are left; None when they are fewer now."""
    left = _count(rows)
    moment = None
    for row in rows.order_by("attempt_time"):
        if left < limit:
            break
        left -= row.failures_since_start
        moment = row.attempt_time + settings.AXES_COOLOFF_TIME
    return moment


def locked(memberships: Iterable[Membership], now: datetime) -> list[tuple[Membership, datetime]]:
    """Whose login is locked somewhere, and until when at the latest."""
    found = []
    for membership in memberships:
        moment = locked_until(membership.user, now)
        if moment is not None:
            found.append((membership, moment))
    return found


def locked_until(user: User, now: datetime) -> datetime | None:
    """The latest lock of a person: of her password at each place, of her code everywhere."""
    rows = _of(user).filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    codes, passwords = rows.filter(username__startswith=CODE), rows.exclude(username__startswith=CODE)
    moments = [_over(codes, settings.AXES_FAILURE_LIMIT)]
    for address in passwords.order_by().values_list("ip_address", flat=True).distinct():
        moments.append(_over(passwords.filter(ip_address=address), settings.AXES_FAILURE_LIMIT))
    return max(filter(None, moments), default=None)


def _of(user: User) -> Rows:
    name = user.email.lower()
    found: Rows = AccessAttempt.objects.filter(username__in=[name, CODE + name])
    return found


def guess(request: HttpRequest, user: User) -> "Guess":
    """A try at the second step, which is counted; raises ValidationError when there were too many."""
    return Guess(request, {"email": CODE + user.email.lower()})


class Guess:
    """`with guess(request, user):` around what looks at a code: what raises ValidationError was wrong."""

    def __init__(self, request: HttpRequest, credentials: Mapping[str, object]) -> None:
        self.request, self.credentials = request, credentials

    def __enter__(self) -> None:
        if not AxesProxyHandler.is_allowed(self.request, self.credentials):
            setattr(self.request, MARK, True)
            self._failed()
            raise ValidationError("Login er låst.")  # axes puts the page that says until when in its place

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, ValidationError):
            self._failed()

    def _failed(self) -> None:
        user_login_failed.send(sender=Guess, credentials=self.credentials, request=self.request)


@action
def lock(*, name: str, by: System) -> None:
    """Write down that somebody was locked out, and tell the person whose address was tried."""
    email = name.removeprefix(CODE)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    code = name.startswith(CODE)
    record("accounts.locked", user, by=by, code=code)
    if user is not None:
        notices.locked(user, timezone.localdate(), code=code)


@action
def unlock(*, membership: Membership, by: Actor) -> User:
    """Let somebody of one's organisation try again at once."""
    may.administer.check(by, membership.organisation)
    return _open(membership.user, by)


@action
def unlock_person(*, user: User, by: System) -> User:
    """Let somebody try again, from the command line."""
    return _open(user, by)


def _open(user: User, by: Actor) -> User:
    if locked_until(user, timezone.now()) is None:
        raise Refused(f"{user} er ikke låst ude nu.")
    _of(user).delete()
    record("accounts.unlocked", user, by=by)
    notices.unlocked(user, by)
    return user


@action
def unlock_place(*, address: str, by: System) -> int:
    """Forget what was tried from an address, from the command line; returns how many tries."""
    rows = AccessAttempt.objects.filter(ip_address=address)
    count = _count(rows)
    rows.delete()
    record("accounts.place_unlocked", None, by=by, tries=count)
    return count


@action
def forget(*, now: datetime, by: System) -> int:
    """Take away what was tried for so long ago that it counts no more; returns how many rows."""
    count, _ = AccessAttempt.objects.filter(attempt_time__lte=now - settings.AXES_COOLOFF_TIME).delete()
    return int(count)


def renewed(sender: object, user: User, **_: object) -> None:
    """She has a new password by the link in her mail: that opens for the password, not for the code."""
    AccessAttempt.objects.filter(username=user.email.lower()).delete()
