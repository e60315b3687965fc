"""What can happen to users and organisations."""

import hashlib
import secrets
from datetime import date, timedelta

from django.utils import timezone

from evidens import places
from samraad.accounts import notices
from samraad.accounts import permissions as may
from samraad.accounts.models import (
    ContactPoint,
    DistrictPlace,
    Invitation,
    Membership,
    Organisation,
    ProviderAccount,
    User,
)
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor

INVITATION_DAYS = 14


@action
def load_places(*, by: Actor) -> int:
    """Load the twelve districts and 98 municipalities of the register; returns how many of the latter.

    Running it again changes nothing that is right.
    """
    count = 0
    for row in places.entries("district"):
        district = _organisation(Organisation.Kind.DISTRICT, row, row.name)
        for part in places.printed(row.code):
            _place(district, part)
            count += 1
    record("accounts.places_loaded", None, by=by, municipalities=count)
    return count


def _place(district: Organisation, row: places.Entry) -> None:
    """The municipality, and its place in the district with the tile that stands for it."""
    municipality = _organisation(Organisation.Kind.MUNICIPALITY, row, f"{row.name} Kommune")
    tile_row, tile_column = row.tile or (1, 1)
    DistrictPlace.objects.get_or_create(
        district=district,
        municipality=municipality,
        valid_from=row.valid_from,
        defaults={"position": row.position, "row": tile_row, "column": tile_column},
    )


def _organisation(kind: str, row: places.Entry, name: str) -> Organisation:
    return Organisation.objects.update_or_create(
        kind=kind, code=row.code, defaults={"name": name, "short_name": row.short_name, "slug": row.slug}
    )[0]


@action
def add_organisation(
    *, kind: str, name: str, short_name: str, slug: str, by: Actor, code: str = ""
) -> Organisation:
    """Register a body that takes part."""
    organisation, created = Organisation.objects.get_or_create(
        slug=slug, defaults={"kind": kind, "name": name, "short_name": short_name, "code": code}
    )
    if created:
        record("accounts.organisation_added", organisation, by=by)
    return organisation


@action
def set_contact_block(*, organisation: Organisation, lines: list[tuple[str, str, str]], by: Actor) -> None:
    """Replace the organisation's contact block by (label, value, address) lines."""
    organisation.contact_points.all().delete()
    for position, (label, value, url) in enumerate(lines):
        ContactPoint.objects.create(
            organisation=organisation, label=label, value=value, url=url, position=position
        )
    record("accounts.contact_block_set", organisation, by=by, lines=len(lines))


@action
def invite(
    *, organisation: Organisation, email: str, name: str, title: str, right: str, today: date, by: Actor
) -> tuple[User, str]:
    """Make a user (or find her), offer her a membership from today, and return her with a one-time token.

    The membership waits for the person's own yes, which is the link or an answer on her desk; only set-up and
    the operator (`by=SYSTEM`) ask nobody.
    The token is "" for somebody who signs in already, and for somebody who came through another organisation:
    who holds a link takes over the account with all that it may, so hers is sent to her own address alone,
    and the links from before die. The token runs out by real time; the membership follows the domain's day.
    """
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    if user is not None and user == by:
        raise Refused("Ingen giver sig selv en rettighed. Bed en anden administrator om det.")
    if user is None:
        user = User(email=email.lower(), name=name)
        user.set_unusable_password()
        user.save()
    same = Membership.objects.filter(user=user, organisation=organisation, right=right)
    if same.current(today).exists():
        raise Refused(f"{user.name} er allerede {Membership.Right(right).label} i {organisation}.")
    membership, _ = same.get_or_create(
        waiting=isinstance(by, User),
        ends_on=None,
        defaults={
            "user": user,
            "organisation": organisation,
            "right": right,
            "title": title,
            "starts_on": today,
        },
    )
    record("accounts.invited", user, by=by, organisation=organisation.pk, right=right)
    if not user.is_active:  # her last membership had ended
        user.is_active = True
        user.save(update_fields=["is_active"])
        record("accounts.reactivated", user, by=by, organisation=organisation.pk)
    if comes_in_already(user):
        if membership.waiting:
            notices.asked_to_join(membership, by)
        return user, ""
    token = secrets.token_urlsafe(32)
    invitation = _invitation(user, organisation, token, by)
    if Membership.objects.filter(user=user).exclude(organisation=organisation).exists():
        notices.invited(invitation, token, by)
        return user, ""
    return user, token


def comes_in_already(user: User) -> bool:
    """Has she a way in of her own, so that no link is needed: a password, or the login provider?"""
    return user.has_usable_password() or ProviderAccount.objects.filter(user=user).exists()


def _invitation(user: User, organisation: Organisation, token: str, by: Actor) -> Invitation:
    """The only link of the person that works."""
    now = timezone.now()
    Invitation.objects.filter(user=user, accepted_at=None, expires_at__gt=now).update(expires_at=now)
    return Invitation.objects.create(
        user=user,
        organisation=organisation,
        invited_by=by if isinstance(by, User) else None,
        token_hash=hash_token(token),
        sent_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )


@action
def attach(*, user: User, organisation: Organisation, title: str, today: date, by: Actor) -> None:
    """Offer a person who has got a seat that she belongs to its organisation; her link goes to her alone."""
    if Membership.objects.filter(user=user, organisation=organisation, waiting=True).exists():
        return
    _, token = invite(
        organisation=organisation,
        email=user.email,
        name=user.name,
        title=title,
        right=Membership.Right.EMPLOYEE,
        today=today,
        by=by,
    )
    if token:
        notices.invited(Invitation.objects.get(token_hash=hash_token(token)), token, by)


@action
def answer_membership(*, membership: Membership, agrees: bool, by: User) -> Membership:
    """Say yes or no to belonging to an organisation; a no takes the offer away."""
    may.join.check(by, membership)
    home, right = membership.organisation_id, membership.right
    if not agrees:
        record("accounts.membership_declined", membership, by=by, organisation=home, right=right)
        membership.delete()
        return membership
    membership.waiting = False
    membership.save(update_fields=["waiting"])
    record("accounts.membership_accepted", membership, by=by, organisation=home, right=right)
    return membership


@action
def accept_invitation(*, invitation: Invitation, password: str, by: Actor) -> User:
    """Set the password of the invited person; the link cannot be used again."""
    now = timezone.now()
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.usable(now) or comes_in_already(invitation.user):
        raise Refused("Linket er brugt eller for gammelt. Bed om en ny invitation.")
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    Membership.objects.filter(user=user, organisation=invitation.organisation).update(waiting=False)
    record("accounts.invitation_accepted", user, by=user)
    return user


@action
def end_membership(*, membership: Membership, on: date, by: User) -> Membership:
    """End a person's work for an organisation; without another membership she can no longer sign in."""
    if membership.ends_on and membership.ends_on < on:
        raise Refused("Tilknytningen er allerede afsluttet.")
    if membership.waiting:
        record("accounts.membership_withdrawn", membership, by=by, organisation=membership.organisation_id)
        membership.delete()
        return membership
    others = Membership.objects.current(on).filter(
        organisation=membership.organisation, right=Membership.Right.ADMINISTRATOR
    )
    if membership.right == Membership.Right.ADMINISTRATOR and not others.exclude(pk=membership.pk).exists():
        raise Refused(
            f"{membership.organisation} skal have en administrator. Giv en anden rettigheden først."
        )
    membership.by_provider = False  # only a person gives back what a person took
    stop(membership, on, by)
    return membership


def stop(membership: Membership, on: date, by: Actor) -> None:
    """Let a membership end the day before `on`; without another she can no longer sign in."""
    membership.ends_on = max(on - timedelta(days=1), membership.starts_on)
    membership.starts_on = min(membership.starts_on, membership.ends_on)
    if membership.ends_on >= on:  # it began today: it never counted
        membership.starts_on = membership.ends_on = on - timedelta(days=1)
    membership.save(update_fields=["ends_on", "starts_on", "by_provider"])
    user = membership.user
    if not Membership.objects.current(on).filter(user=user).exists():
        user.is_active = False
        user.save(update_fields=["is_active"])
    record("accounts.membership_ended", membership, by=by, organisation=membership.organisation_id)


@action
def renew_calendar(*, by: User) -> str:
    """Give the person's calendar a new secret; the one before is dead. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    by.calendar_hash = hash_token(token)
    by.save(update_fields=["calendar_hash"])
    record("accounts.calendar_renewed", by, by=by)
    return token


def hash_token(token: str) -> str:
    """The form in which an invitation's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
