"""What people are told by mail about their own way in, and the operator about the chain."""

import secrets
from datetime import date

from django.conf import settings
from django.urls import reverse

from samraad.accounts.models import Invitation, Mail, Membership, User
from samraad.accounts.outbox import post
from samraad.accounts.telling import Told
from samraad.audit import heads
from samraad.audit.actor import SYSTEM, Actor, System

TELLS = (
    Told("invited", "Nogen er inviteret til Samråd", "Den inviteredes adresse"),
    Told(
        "join",
        "En organisation vil knytte en person til sig",
        "Personen selv",
        desk="“Svar, om du arbejder for …” hos personen",
    ),
    Told("account", "Noget ved ens egen adgang er ændret", "Personen selv"),
    Told("locked", "Login er låst efter forkerte forsøg; højst én gang om dagen", "Personen selv"),
    Told("heads", "Kædens ende, én gang om dagen", "Adressen, som driften har valgt"),
)


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


FORGOTTEN = "Har du glemt adgangskoden, så vælg en ny på siden, hvor du logger ind."
WRONG_PASSWORD = (
    "Der er skrevet forkert adgangskode til din konto mange gange."
    " Login er låst i en time der, hvor det skete."
    f" Var det dig, så vent, eller bed din administrator om at låse op. {FORGOTTEN}"
    " Var det ikke dig, er der ikke kommet nogen ind, og du kan logge ind, hvor du plejer."
)
WRONG_CODE = (
    "Nogen har skrevet din adgangskode rigtigt, men koden i to-trins-login forkert mange gange."
    " Login er låst i en time. Der er ikke kommet nogen ind."
    " Var det dig, så vent, eller bed din administrator om at låse op."
    " Var det ikke dig, så vælg en ny adgangskode med det samme: nogen kender den, du har."
)


def locked(user: User, day: date, *, code: bool) -> None:
    """Somebody was locked out of the person's account: once a day, however often it happens."""
    kind, words = "password", WRONG_PASSWORD
    if code:
        kind, words = "code", WRONG_CODE
    post(
        kind=Mail.Kind.ACCOUNT,
        to=[user],
        subject="Login til Samråd er låst i en time",
        body=words,
        key=f"locked:{kind}:{user.pk}:{day}",
        by=SYSTEM,
    )


def unlocked(user: User, by: Actor) -> None:
    """The person may try again, and hears who opened."""
    body = f"{by} har låst login til din konto op. Har du ikke bedt om det, så skriv til din administrator."
    about_account(user, "Login til Samråd er låst op", body)
