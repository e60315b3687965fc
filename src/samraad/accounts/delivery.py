"""What waits in the outbox is sent here: claimed by one worker, looked at again, sent, settled."""

import smtplib
import time
from datetime import datetime, timedelta
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from samraad import clock
from samraad.accounts.models import Mail, Membership, User
from samraad.audit.actions import action, record
from samraad.audit.actor import SYSTEM, System
from samraad.audit.rooms import rooms

ALWAYS = (Mail.Kind.INVITATION, Mail.Kind.HEARING, Mail.Kind.SEAT, Mail.Kind.ACCOUNT)
TRIES = 8
CLAIM = timedelta(minutes=10)


PAUSES = (0.5, 1, 2, 4, 8)  # seconds between tries to write down what was sent


AWAY = (OperationalError, InterfaceError)  # the database is locked or gone for a while


NO_ACCESS = "Ikke sendt, for modtageren har ikke længere adgang til det, mailen handler om."


def waiting(now: datetime) -> QuerySet[Mail]:
    """What is still to be sent: not sent, not given up, in nobody's hands, and rested after the last try."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return Mail.objects.filter(free, sent_at=None, tries__lt=TRIES)


@action
def claim(*, mail_id: int, now: datetime, by: System) -> Mail | None:
    """Take a mail in hand, so that no other worker sends it too; None when it is sent, given up or taken."""
    if not waiting(now).filter(pk=mail_id).update(claimed_at=now, tries=F("tries") + 1):
        return None
    return Mail.objects.get(pk=mail_id)


@action
def settle(*, mail: Mail, now: datetime, error: str, by: System) -> Mail:
    """Write down that a mail went out, or why not; an address that the server refuses is given up at once."""
    if error:
        mail.error = error[:300]
        if error.startswith("Adressen"):
            mail.tries = TRIES
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
def withhold(*, mail: Mail, by: System) -> Mail:
    """Leave a mail unsent: its receiver has lost access since it was written."""
    mail.error, mail.tries = NO_ACCESS, TRIES
    mail.save(update_fields=["error", "tries"])
    record("accounts.mail_withheld", mail, by=by)
    return mail


def still_for(mail: Mail) -> bool:
    """May the receiver have the mail today? A part without a login and a person who is invited always may."""
    if mail.user is None:
        return True
    if not mail.user.is_active or not _belongs(mail, mail.user):
        return False
    gates = chain.from_iterable(room.gates for room in rooms())
    return all(gate(mail) for gate in gates)


def _belongs(mail: Mail, user: User) -> bool:
    """Is it about her own way in, or does she work somewhere? What speaks of fora is asked at their gates."""
    if mail.kind in (Mail.Kind.INVITATION, Mail.Kind.ACCOUNT) or mail.forum_ids:
        return True
    return Membership.objects.current(clock.today()).filter(user=user).exists()


def _name(mail: Mail) -> str:
    """The same at every try, so that a receiver knows a mail again whose answer was lost."""
    return f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{urlsplit(settings.SAMRAAD_ADDRESS).hostname}>"


def send(mail_id: int) -> None:
    """Send one mail: claim it, see that it is still for its receiver, hand it to the server, settle.

    A server that is down or slow leaves it for the next round.
    """
    mail = claim(mail_id=mail_id, now=timezone.now(), by=SYSTEM)
    if mail is None:
        return
    if not still_for(mail):
        withhold(mail=mail, by=SYSTEM)
        return
    error = ""
    try:
        with get_connection(timeout=settings.EMAIL_TIMEOUT) as server:
            message = EmailMessage(
                mail.subject,
                mail.body,
                settings.DEFAULT_FROM_EMAIL,
                [mail.address],
                connection=server,
                headers={"Message-ID": _name(mail)},
            )
            if mail.calendar:
                message.attach("moede.ics", mail.calendar, "text/calendar")
            message.send()
    except smtplib.SMTPRecipientsRefused:
        error = "Adressen findes ikke eller bliver afvist. Ret den, så sender vi igen."
    except ValueError as trouble:
        what = type(trouble).__name__
        error = f"Adressen eller emnet kan ikke stå i en mail ({what}). Ret det, så sender vi igen."
    except (smtplib.SMTPException, OSError) as trouble:
        error = f"Mailserveren svarede ikke, som den skulle ({type(trouble).__name__}). Vi prøver igen."
    _settle_surely(mail, error)


def _settle_surely(mail: Mail, error: str) -> None:
    """Settle, also when the database is locked for a while: else a mail that went out would go out again."""
    for pause in PAUSES:
        try:
            settle(mail=mail, now=clock.now(), error=error, by=SYSTEM)
        except AWAY:
            time.sleep(pause)
            close_old_connections()
        else:
            return
    settle(mail=mail, now=clock.now(), error=error, by=SYSTEM)
