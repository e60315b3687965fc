"""Signing in from elsewhere: who comes from the login provider, what the rules give her, what they take.

The decisions stand in docs/decisions/elsewhere.md: an account is found by issuer and subject alone; the first
time in an organisation waits for the person's yes; what the rules gave they take again at the next sign-in.
"""

from collections.abc import Iterator
from datetime import date

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samraad import clock
from samraad.accounts import notices, provider
from samraad.accounts import permissions as may
from samraad.accounts.actions import stop
from samraad.accounts.identity import Claims, Grant, Identity, identity_of
from samraad.accounts.models import Membership, Organisation, ProviderAccount, ProviderRule, User
from samraad.accounts.sessions import LEVELS, end_all, is_sure
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor

BACKEND = "django.contrib.auth.backends.ModelBackend"
LONGEST_EMAIL = 254
FROM_THERE = {"elsewhere": True}  # says to `adapters.AccountAdapter.pre_login` which way she came
ACTIVE = {True: "accounts.reactivated", False: "accounts.deactivated"}
TAKEN = (
    "Der er allerede en konto i Samråd med din e-mail. Log ind med adgangskoden her, "
    "og vælg “Forbind” på Min profil. Derefter logger du ind den anden vej."
)
NO_EMAIL = (
    "{name} har ikke bekræftet din e-mail, så Samråd kan ikke oprette dig. "
    "Bed din organisations administrator om en invitation."
)
NOT_LET_IN = (
    "Du er kendt hos {name}, men ingen organisation i Samråd giver dig adgang. "
    "Bed din organisations administrator om det."
)


def of_provider(user: User) -> ProviderAccount | None:
    """How the login provider knows her, when it is the one in use."""
    return ProviderAccount.objects.filter(user=user, issuer=settings.SAMRAAD_OIDC_ISSUER).first()


def enter(request: HttpRequest, claims: Claims) -> HttpResponse | None:
    """Sign in whom the provider sends; raises Refused for one who is not let in.

    Returns the way to our own second step, for one who has it and was not known surely enough.
    """
    identity = _identity(claims, known(claims))
    try:
        user = arrive(identity=identity, today=clock.today(), by=SYSTEM)
    except IntegrityError as error:  # the same person came twice at once
        raise Refused("Du er ved at blive logget ind et andet sted. Begynd forfra her.") from error
    if not user.is_active:
        raise Refused(NOT_LET_IN.format(name=provider.name()))
    request.session[LEVELS] = list(identity.levels)
    user.backend = BACKEND  # type: ignore[attr-defined]
    if is_sure(identity.levels):
        login(request, user)
        return None
    response: HttpResponse = perform_login(request, user, signal_kwargs=FROM_THERE)
    if request.user.is_authenticated:
        return None
    return response


def bind(claims: Claims, user: User) -> None:
    """Let her who is signed in come from the provider from now on."""
    try:
        connect(identity=_identity(claims, user), today=clock.today(), by=user)
    except IntegrityError as error:
        raise Refused("Du er allerede forbundet.") from error


def known(claims: Claims) -> User | None:
    """Whom the provider means, by issuer and subject."""
    key = identity_of(claims, [], level_claim="")
    accounts = ProviderAccount.objects.select_related("user")
    account = accounts.filter(issuer=key.issuer, subject=key.subject).first()
    if account is None:
        return None
    return account.user


def _identity(claims: Claims, user: User | None) -> Identity:
    """By every rule but those that she wrote herself: nobody gives herself a right."""
    rules = ProviderRule.objects.all()
    if user is not None:
        rules = rules.exclude(written_by=user)
    if settings.SAMRAAD_OIDC_TRUST_EMAIL:
        claims = {**claims, "email_verified": True}
    return identity_of(claims, rules, level_claim=settings.SAMRAAD_OIDC_LEVEL_CLAIM)


@action
def arrive(*, identity: Identity, today: date, by: Actor) -> User:
    """The person as the rules have her today; one who is not let in comes back inactive.

    Raises Refused for one who is new and whom no rule lets in, whose e-mail somebody has, or is not sure.
    """
    account = ProviderAccount.objects.select_for_update().filter(
        issuer=identity.issuer, subject=identity.subject
    )
    found = account.select_related("user").first()
    if found is None:
        user = _new(identity, by)
    else:
        user = found.user
    _follow(user, identity.grants, today, by)
    return user


def _new(identity: Identity, by: Actor) -> User:
    """Make a person whom a rule lets in, under an e-mail that is hers and nobody has."""
    if not identity.grants:
        raise Refused(NOT_LET_IN.format(name=provider.name()))
    if not _has_sure_email(identity):
        raise Refused(NO_EMAIL.format(name=provider.name()))
    if User.objects.filter(email__iexact=identity.email).exists():
        raise Refused(TAKEN)
    user = User(email=identity.email, name=identity.name[:120])
    user.set_unusable_password()
    user.save()
    _account(user, identity, by)
    return user


def _has_sure_email(identity: Identity) -> bool:
    try:
        validate_email(identity.email)
    except ValidationError:
        return False
    if len(identity.email) > LONGEST_EMAIL:
        return False
    return identity.email_verified or settings.SAMRAAD_OIDC_TRUST_EMAIL


def _account(user: User, identity: Identity, by: Actor) -> None:
    ProviderAccount.objects.create(
        user=user, issuer=identity.issuer, subject=identity.subject, began_at=timezone.now()
    )
    record("accounts.connected", user, by=by)


def _follow(user: User, grants: frozenset[Grant], today: date, by: Actor) -> None:
    """Give what the rules give, and take what they gave and give no more; then she is out everywhere."""
    for grant in sorted(grants):
        _give(user, grant, today, by)
    taken = list(_gone(user, grants, today))
    for membership in taken:
        if membership.waiting:
            membership.delete()
        else:
            stop(membership, today, by)
    user.refresh_from_db()
    waiting = Membership.objects.filter(user=user, waiting=True)
    let_in = waiting.exists() or Membership.objects.current(today).filter(user=user).exists()
    if let_in != user.is_active:
        user.is_active = let_in
        user.save(update_fields=["is_active"])
        record(ACTIVE[let_in], user, by=by)
    if taken or not user.is_active:
        end_all(user)


def _give(user: User, grant: Grant, today: date, by: Actor) -> None:
    """A right in an organisation; the first time there it waits for her yes.

    One that runs already follows the provider from now on; one that an administrator ended stays ended.
    """
    here = Membership.objects.filter(user=user, organisation_id=grant.organisation_id)
    same = here.filter(right=grant.right)
    running = same.filter(Q(ends_on=None) | Q(ends_on__gte=today)).first()
    if running is not None:
        _take_over(running, by)
        return
    if same.filter(by_provider=False).exists():
        return
    membership = Membership.objects.create(
        user=user,
        organisation_id=grant.organisation_id,
        right=grant.right,
        starts_on=today,
        waiting=not here.filter(waiting=False).exists(),
        by_provider=True,
    )
    record(
        "accounts.membership_given",
        membership,
        by=by,
        organisation=grant.organisation_id,
        right=grant.right,
    )


def _take_over(membership: Membership, by: Actor) -> None:
    """Let what somebody was invited to follow the provider, which gives the same."""
    if membership.by_provider:
        return
    membership.by_provider = True
    membership.save(update_fields=["by_provider"])
    record("accounts.membership_follows", membership, by=by, organisation=membership.organisation_id)


def _gone(user: User, grants: frozenset[Grant], today: date) -> Iterator[Membership]:
    """What followed the provider and has no rule any more."""
    running = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), user=user, by_provider=True)
    for membership in running.select_related("organisation", "user"):
        if Grant(membership.organisation_id, membership.right) not in grants:
            yield membership


@action
def connect(*, identity: Identity, today: date, by: User) -> User:
    """Let a person who has signed in with a password come from the provider from now on, and only so."""
    if ProviderAccount.objects.filter(user=by).exists():
        raise Refused("Du er allerede forbundet.")
    if ProviderAccount.objects.filter(issuer=identity.issuer, subject=identity.subject).exists():
        raise Refused("Den konto hører til en anden i Samråd. Log ud, og log ind den vej i stedet.")
    _account(by, identity, by)
    notices.about_account(
        by,
        "Du logger nu ind med din arbejdsplads' login",
        "Din konto er forbundet med et login udefra, og adgangskoden virker ikke mere."
        " Var det ikke dig, så skriv til din administrator med det samme.",
    )
    for grant in sorted(identity.grants):
        _give(by, grant, today, by)
    return by


@action
def disconnect(*, user: User, by: Actor) -> User:
    """Forget how the provider knows a person; she signs in with a password, which she can ask for."""
    account = ProviderAccount.objects.filter(user=user).first()
    if account is None:
        raise Refused(f"{user} er ikke forbundet med en loginudbyder.")
    account.delete()
    end_all(user)
    record("accounts.disconnected", user, by=by)
    return user


@action
def write_rule(
    *, organisation: Organisation, conditions: list[list[str]], right: str, by: Actor
) -> ProviderRule:
    """Say of whom the organisation takes in what the provider says of her."""
    may.administer.check(by, organisation)
    if ProviderRule.objects.filter(organisation=organisation, conditions=conditions, right=right).exists():
        raise Refused("Den regel er her allerede.")
    rule = ProviderRule.objects.create(
        organisation=organisation,
        conditions=conditions,
        right=right,
        written_by_id=by.pk,
        written_at=timezone.now(),
    )
    record("accounts.rule_written", rule, by=by, organisation=organisation.pk, right=right)
    return rule


@action
def remove_rule(*, rule: ProviderRule, by: Actor) -> ProviderRule:
    """Take a rule away; whom it let in loses that right at the next sign-in."""
    may.administer.check(by, rule.organisation)
    record("accounts.rule_removed", rule, by=by, organisation=rule.organisation_id, right=rule.right)
    rule.delete()
    return rule


def refused_here(user: User) -> str:
    """Why she does not sign in with a password of ours; "" when she may."""
    if not provider.is_on() or of_provider(user) is None:
        return ""
    return f"Du logger ind med {provider.name()}. Brug knappen her på siden."
