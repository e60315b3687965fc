"""The outbox: put a mail in, choose what one wants, try one again.

Sending happens in the worker (`delivery`), never in a request.
"""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from manuscript.persons import cpr_like
from manuscript.text import shortened
from samraad.accounts.delivery import ALWAYS, AWAY
from samraad.accounts.models import LINK, Mail, MailChoice, Organisation, User
from samraad.accounts.tasks import deliver
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor, System
from samraad.audit.models import Event

TOKENS = {"token", "key"}  # in an address: what chance made and only its holder knows
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A mail before it is sent, to those who hear the same: a preview shows it, the outbox takes it."""

    kind: str
    to: tuple[User, ...]
    subject: str
    body: str
    key: str
    about: Organisation
    forum_ids: tuple[int, ...] = ()
    address: str = ""  # of one who has no login
    calendar: str = ""

    def post(self, by: Actor) -> int:
        """Put it in the outbox; returns how many are new."""
        return post(
            kind=self.kind,
            to=self.to,
            address=self.address,
            subject=self.subject,
            body=self.body,
            key=self.key,
            about=self.about,
            forum_ids=self.forum_ids,
            calendar=self.calendar,
            by=by,
        )

    def reaches(self) -> list[User]:
        """Those of the receivers who may sign in and have not chosen such mails away."""
        reached = []
        for user, _ in _who_want(self.kind, self.to):
            if user is not None:
                reached.append(user)
        return reached


@action
def post(
    *,
    kind: str,
    subject: str,
    body: str,
    key: str,
    by: Actor,
    to: Iterable[User] = (),
    address: str = "",
    about: Organisation | None = None,
    forum_ids: Iterable[int] = (),
    calendar: str = "",
) -> int:
    """Put a mail to each person (or one address) in the outbox; returns how many are new.

    Nobody is told the same `key` twice, nor what she has chosen away, nor after her access ended: `forum_ids`
    are the fora that the mail speaks of, and `send` looks again whether she reads there. The administrator of
    the organisation that it is `about` sees in the outbox that it was sent.
    Raises Refused when the text holds something like a CPR number.
    """
    if cpr_like(f"{subject} {without_own_tokens(body)}"):
        raise Refused("Mailen ligner noget med et CPR-nummer og bliver ikke sendt.")
    receivers = _who_want(kind, to)
    if address:
        receivers.append((None, address))
    new = 0
    for user, email in receivers:
        mail, created = Mail.objects.get_or_create(
            address=email.lower(),
            key=key[:120],
            defaults={
                "user": user,
                "kind": kind,
                "subject": shortened(subject, 160),
                "body": body,
                "about": about,
                "forum_ids": sorted(forum_ids),
                "calendar": calendar,
                "created_at": timezone.now(),
            },
        )
        if created:
            new += 1
            record("accounts.mail_posted", mail, by=by, kind=kind, key=key)
            transaction.on_commit(lambda pk=mail.pk: _enqueue(pk))  # type: ignore[misc]
    return new


def without_own_tokens(text: str) -> str:
    """The text without the secrets in our own links: chance makes some of them look like a number."""
    return LINK.sub(_without_tokens, text)


def _without_tokens(link: re.Match[str]) -> str:
    address = link[0]
    path = urlsplit(address).path
    if not address.startswith(settings.SAMRAAD_ADDRESS + "/"):
        return address
    try:
        named = resolve(path).kwargs
    except Resolver404:
        return address
    for name in TOKENS & set(named):
        address = address.replace(str(named[name]), "")
    return address


def _who_want(kind: str, people: Iterable[User]) -> list[tuple[User | None, str]]:
    """Those who may still sign in and have not chosen the kind away, with their addresses."""
    choices = MailChoice.objects.none()
    if kind not in ALWAYS:
        choices = MailChoice.objects.filter(kind=kind)
    unwanted = set(choices.values_list("user_id", flat=True))
    wanted: list[tuple[User | None, str]] = []
    for user in people:
        if user.is_active and user.email and user.pk not in unwanted:
            wanted.append((user, user.email))
    return wanted


def among(key: str, run: Callable[[], int]) -> int:
    """One mail among many: what `run` returns, or 0 and an event when it fails, so that the others go on.

    A database that is away is nobody's fault: that is for the next round.
    """
    try:
        return run()
    except AWAY:
        raise
    except Exception as error:
        why = f"Det gik ikke ({type(error).__name__})."
        if isinstance(error, Refused):
            why = str(error)
        log.warning("Mailen %s er ikke lagt i udbakken. %s", key, why)
        leave_out(key=key, error=type(error).__name__.lower(), by=SYSTEM)
        return 0


@action
def leave_out(*, key: str, error: str, by: System) -> None:
    """Write down, once, that a mail among many could not be written; its sentence stands in the log."""
    if not Event.objects.filter(verb="accounts.mail_left_out", facts__key=key).exists():
        record("accounts.mail_left_out", None, by=by, key=key, error=error)


def _enqueue(pk: int) -> None:
    deliver.enqueue(pk)


@action
def try_again(*, mail: Mail, by: User) -> Mail:
    """Send a mail that was given up once more, to the person's address as it is now."""
    if mail.sent_at:
        raise Refused("Mailen er sendt.")
    mail.tries, mail.claimed_at, mail.error = 0, None, ""
    if mail.user:
        mail.address = mail.user.email.lower()
    mail.save(update_fields=["tries", "claimed_at", "error", "address"])
    record("accounts.mail_tried_again", mail, by=by)
    transaction.on_commit(lambda: _enqueue(mail.pk))
    return mail


@action
def choose(*, wanted: list[str], by: User) -> None:
    """Say which kinds of mail I want; invitations and hearings always come."""
    MailChoice.objects.filter(user=by).delete()
    for kind in Mail.Kind.values:
        if kind not in wanted and kind not in ALWAYS:
            MailChoice.objects.create(user=by, kind=kind)
    record("accounts.mail_chosen", by, by=by, wanted=sorted(wanted))
