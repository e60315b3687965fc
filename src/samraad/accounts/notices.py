"""What people are told by mail about their own way in, and the operator about the chain."""

import secrets
from datetime import date

from django.conf import settings
from django.urls import reverse

from samraad.accounts.models import Invitation, Mail, Membership, User
from samraad.accounts.outbox import post
from samraad.audit import heads
from samraad.audit.actor import SYSTEM, Actor, System


def invited(invitation: Invitation, token: str, by: Actor) -> None:
    """Somebody is invited: her personal link, to her own address."""
    link = settings.SAMRAAD_ADDRESS + reverse("accounts:invitation", args=[token])
    days = (invitation.expires_at - invitation.sent_at).days
    post(
        kind=Mail.Kind.INVITATION,
        to=[invitation.user],
        subject="Du er inviteret til Samråd",
        body=f"{invitation.organisation} har inviteret dig. "
        f"Vælg en adgangskode her inden {days} dage: {link}",
        key=f"invited:{invitation.token_hash[:24]}",
        about=invitation.organisation,
        by=by,
    )


def asked_to_join(membership: Membership, by: Actor) -> None:
    """Somebody who signs in already is asked whether she belongs to one more organisation."""
    link = settings.SAMRAAD_ADDRESS + reverse("accounts:membership_answer", args=[membership.pk])
    post(
        kind=Mail.Kind.INVITATION,
        to=[membership.user],
        subject=f"Vil du høre til {membership.organisation}?",
        body=f"{membership.organisation} har inviteret dig. Svar ja eller nej her: {link}",
        key=f"join:{membership.pk}",
        about=membership.organisation,
        by=by,
    )


def about_account(user: User, subject: str, body: str) -> None:
    """What the sign-in has to tell a person, such as the link to a new password.

    Whoever asked for it has not signed in, so Samråd is the one that writes.
    """
    post(
        kind=Mail.Kind.ACCOUNT,
        to=[user],
        subject=subject,
        body=body,
        key=f"account:{secrets.token_hex(12)}",
        by=SYSTEM,
    )


def send_heads(*, today: date, by: System) -> int:
    """Where the chain has come to, once a day, to the address that the operator has set."""
    if not settings.SAMRAAD_HEAD_MAIL:
        return 0
    return post(
        kind=Mail.Kind.REMINDER,
        address=settings.SAMRAAD_HEAD_MAIL,
        subject=f"Hændelseskæden {today}",
        body=f"Gem mailen uden for serveren. Se docs/drift/kaeden.md.\n\n{heads.told()}",
        key=f"heads:{today}",
        by=by,
    )
