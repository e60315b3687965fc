"""What people are told by mail about their own way in."""

from django.conf import settings
from django.urls import reverse

from samraad.accounts.models import Invitation, Mail
from samraad.accounts.outbox import post
from samraad.audit.actor import Actor


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
        by=by,
    )
