"""The outbox: put a mail in, choose what one wants, send what waits. Sending happens in the worker, never in a request."""

import logging
import smtplib
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from manuscript.persons import cpr_like
from manuscript.text import shortened
from samraad import clock
from samraad.accounts.models import Mail, MailChoice, Membership, Organisation, User
from samraad.audit.actions import Refused, action, record
from samraad.audit.models import Event

ALWAYS = (Mail.Kind.INVITATION, Mail.Kind.HEARING)
TRIES = 8
CLAIM = timedelta(minutes=10)
PAUSES = (0.5, 1, 2, 4, 8)  # seconds between tries to write down what was sent
AWAY = (OperationalError, InterfaceError)  # the database is locked or gone for a while
log = logging.getLogger(__name__)
NO_ACCESS = "Ikke sendt, for modtageren har ikke længere adgang til det, mailen handler om."
gates: list[Callable[[Mail], bool]] = []  # rooms above say who may still read what a mail is about


@action
def post(
    *,
    kind: str,
    subject: str,
    body: str,
    key: str,
    by: User | None,
    to: Iterable[User] = (),
    address: str = "",
    district: Organisation | None = None,
    forum_ids: Iterable[int] = (),
) -> int:
    """Put a mail to each person (or one address) in the outbox; returns how many are new.

    Nobody is told the same `key` twice, nor what she has chosen away, nor after her access ended: `forum_ids` are the
    fora that the mail speaks of, and `send` looks again whether she reads there.
    Raises Refused when the text holds something like a CPR number.
    """
    if cpr_like(subject + " " + body):
        raise Refused("Mailen ligner noget med et CPR-nummer og bliver ikke sendt.")
    unwanted = (
        set(MailChoice.objects.filter(kind=kind).values_list("user_id", flat=True))
        if kind not in ALWAYS
        else set()
    )
    people = [(user, user.email) for user in to if user.is_active and user.pk not in unwanted and user.email]
    new = 0
    for user, email in [*people, *([(None, address)] if address else [])]:
        mail, created = Mail.objects.get_or_create(
            address=email.lower(),
            key=key[:120],
            defaults={
                "user": user,
                "kind": kind,
                "subject": shortened(subject, 160),
                "body": body,
                "district": district,
                "forum_ids": sorted(forum_ids),
                "created_at": timezone.now(),
            },
        )
        if created:
            new += 1
            record("accounts.mail_posted", mail, by=by, kind=kind, key=key)
            transaction.on_commit(lambda pk=mail.pk: _enqueue(pk))  # type: ignore[misc]
    return new


def among(key: str, run: Callable[[], int]) -> int:
    """One mail among many: what `run` returns, or 0 and an event when it fails, so that the others go on.

    A database that is away is nobody's fault: that is for the next round.
    """
    try:
        return run()
    except AWAY:
        raise
    except Exception as error:
        why = str(error) if isinstance(error, Refused) else f"Det gik ikke ({type(error).__name__})."
        log.warning("Mailen %s er ikke lagt i udbakken. %s", key, why)
        leave_out(key=key, why=why, by=None)
        return 0


@action
def leave_out(*, key: str, why: str, by: None) -> None:
    """Write down, once, that a mail among many could not be written."""
    if not Event.objects.filter(verb="accounts.mail_left_out", facts__key=key).exists():
        record("accounts.mail_left_out", None, by=by, key=key, why=why)


def _enqueue(pk: int) -> None:
    from samraad.accounts.tasks import deliver

    deliver.enqueue(pk)


def waiting(now: datetime) -> QuerySet[Mail]:
    """What is still to be sent: not sent, not given up, not in somebody's hands, and rested after the last try."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return Mail.objects.filter(free, sent_at=None, tries__lt=TRIES)


@action
def claim(*, mail_id: int, now: datetime, by: None) -> Mail | None:
    """Take a mail in hand, so that no other worker sends it too; None when it is sent, given up or already taken."""
    if not waiting(now).filter(pk=mail_id).update(claimed_at=now, tries=F("tries") + 1):
        return None
    return Mail.objects.get(pk=mail_id)


@action
def settle(*, mail: Mail, now: datetime, error: str, by: None) -> Mail:
    """Write down that a mail went out, or why not; an address that the server refuses is given up at once."""
    if error:
        mail.error = error[:300]
        mail.tries = TRIES if error.startswith("Adressen") else mail.tries
        mail.save(update_fields=["error", "tries"])
        record("accounts.mail_failed", mail, by=by, tries=mail.tries)
    else:
        mail.sent_at, mail.error = now, ""
        if mail.kind in ALWAYS:
            mail.body = "(sendt)"  # it held a personal link
        mail.save(update_fields=["sent_at", "error", "body"])
        record("accounts.mail_sent", mail, by=by)
    return mail


@action
def withhold(*, mail: Mail, by: None) -> Mail:
    """Leave a mail unsent: its receiver has lost access since it was written."""
    mail.error, mail.tries = NO_ACCESS, TRIES
    mail.save(update_fields=["error", "tries"])
    record("accounts.mail_withheld", mail, by=by)
    return mail


def still_for(mail: Mail) -> bool:
    """May the receiver have the mail today? A part without a login and a person who is invited always may."""
    if mail.user is None:
        return True
    belongs = (
        mail.kind == Mail.Kind.INVITATION
        or mail.forum_ids
        or Membership.objects.current(clock.today()).filter(user=mail.user).exists()
    )
    return mail.user.is_active and bool(belongs) and all(gate(mail) for gate in gates)


def _name(mail: Mail) -> str:
    """The same at every try, so that a receiver knows a mail again whose answer was lost."""
    return f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{urlsplit(settings.SAMRAAD_ADDRESS).hostname}>"


def send(mail_id: int) -> None:
    """Send one mail: claim it, see that it is still for its receiver, hand it to the server, settle.

    A server that is down or slow leaves it for the next round.
    """
    mail = claim(mail_id=mail_id, now=timezone.now(), by=None)
    if mail is None:
        return
    if not still_for(mail):
        withhold(mail=mail, by=None)
        return
    error = ""
    try:
        with get_connection(timeout=settings.EMAIL_TIMEOUT) as server:
            EmailMessage(
                mail.subject,
                mail.body,
                settings.DEFAULT_FROM_EMAIL,
                [mail.address],
                connection=server,
                headers={"Message-ID": _name(mail)},
            ).send()
    except smtplib.SMTPRecipientsRefused:
        error = "Adressen findes ikke eller bliver afvist. Ret den, så sender vi igen."
    except ValueError as trouble:
        error = f"Adressen eller emnet kan ikke stå i en mail ({type(trouble).__name__}). Ret det, så sender vi igen."
    except (smtplib.SMTPException, OSError) as trouble:
        error = f"Mailserveren svarede ikke, som den skulle ({type(trouble).__name__}). Vi prøver igen."
    _settle_surely(mail, error)


def _settle_surely(mail: Mail, error: str) -> None:
    """Settle, also when the database is locked for a while: a mail that went out unsettled would go out again."""
    for pause in PAUSES:
        try:
            settle(mail=mail, now=clock.now(), error=error, by=None)
        except AWAY:
            time.sleep(pause)
            close_old_connections()
        else:
            return
    settle(mail=mail, now=clock.now(), error=error, by=None)


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
    record("accounts.mail_chosen", by, by=by, wanted=",".join(sorted(wanted)))
