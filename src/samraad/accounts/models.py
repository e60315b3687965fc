"""User, Organisation, its place in a district, Membership, Invitation."""

import re
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class UserManager(BaseUserManager["User"]):
    """Finds a user by e-mail, whatever the case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user who signs in with this e-mail."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. What she may do follows from memberships and appointments, not from flags."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("navn", max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    calendar_hash = models.CharField(max_length=64, blank=True, editable=False)

    # For the length of one request (`accounts.middleware`): rights are read once; access ends on the next.
    in_request: bool = False
    held_this_request: list[Any] | None = None
    memberships_this_request: list["Membership"] | None = None

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def districts(self) -> "OrganisationQuerySet":
        """The police districts."""
        return self.filter(kind=Organisation.Kind.DISTRICT)

    def of_district(self, district: "Organisation", on: date) -> "OrganisationQuerySet":
        """The municipalities that belong to `district` on a day, in the order the district prints them."""
        return self.filter(
            Q(district_places__valid_to=None) | Q(district_places__valid_to__gte=on),
            district_places__district=district,
            district_places__valid_from__lte=on,
        ).order_by("district_places__position", "name")


class Organisation(models.Model):
    """A police district, a municipality, or another body that takes part."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "Politikreds"
        MUNICIPALITY = "municipality", "Kommune"
        REGION = "region", "Region"
        PRISON_SERVICE = "prison_service", "Kriminalforsorgen"
        STATE = "state", "Statslig myndighed"
        SCHOOL = "school", "Skole eller universitet"
        ASSOCIATION = "association", "Forening eller organisation"
        COMPANY = "company", "Virksomhed"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(
        max_length=10, blank=True, help_text="Danmarks Statistiks kode, eller politikredskoden"
    )
    valid_from = models.DateField(default=date(2007, 1, 1))
    valid_to = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~Q(code=""), name="organisation_code_once_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DistrictPlace(models.Model):
    """A municipality's place in a police district, dated; where it stands in print and on the tile map."""

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="places")
    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="district_places")
    position = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveSmallIntegerField(default=0)
    column = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(default=date(2007, 1, 1))
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "municipality", "valid_from"], name="district_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} i {self.district}"


class ContactPoint(models.Model):
    """A line of an organisation's contact block: phone, mail, web, social media."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_points")
    label = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    url = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def current(self, on: date) -> "MembershipQuerySet":
        """Those that run on a day and that the person has said yes to."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on, waiting=False)


class Membership(models.Model):
    """A person works for an organisation, with a right there, for a time."""

    class Right(models.TextChoices):
        EMPLOYEE = "employee", "medarbejder"
        ADMINISTRATOR = "administrator", "administrator"
        ANALYST = "analyst", "analytiker"
        OPERATOR = "operator", "drift"

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    title = models.CharField(max_length=120, blank=True)
    right = models.CharField(max_length=20, choices=Right, default=Right.EMPLOYEE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    waiting = models.BooleanField("venter på personens ja", default=False)
    by_provider = models.BooleanField("følger loginudbyderen", default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "user__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.title or self.get_right_display()}, {self.organisation})"

    def runs(self, on: date) -> bool:
        """Does it give its right on a day?"""
        if self.waiting or self.starts_on > on:
            return False
        return self.ends_on is None or self.ends_on >= on


class ProviderAccount(models.Model):
    """How a person is known at the login provider: by issuer and subject, never by e-mail."""

    user = models.OneToOneField(User, models.CASCADE, related_name="provider_account")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    began_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="provider_account_once")]

    def __str__(self) -> str:
        return str(self.user)


class ProviderRule(models.Model):
    """Of whom the login provider says all of this, she belongs to the organisation with this right.

    `conditions` is a list of (name of the claim, value). A rule is written and removed, never changed.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="provider_rules")
    conditions = models.JSONField()
    right = models.CharField(max_length=20, choices=Membership.Right)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["right", "id"]

    def __str__(self) -> str:
        return f"{self.get_right_display()} i {self.organisation}"

    @property
    def told(self) -> list[str]:
        """Its conditions as they were typed."""
        return [f"{name} = {value}" for name, value in self.conditions]

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"reglen om {self.get_right_display()}"


class SignIn(models.Model):
    """A place where a person is signed in: her browser's session, so that she can end it from elsewhere."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    device = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return self.device


class Invitation(models.Model):
    """A personal link to become a user; only its hash is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"Invitation til {self.user}"

    def usable(self, moment: datetime) -> bool:
        """May the link still be used?"""
        return self.accepted_at is None and self.expires_at > moment


def current_memberships(user: Any, on: date) -> models.QuerySet[Membership]:
    """The memberships that give `user` rights on a day; none for a person who is not signed in."""
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.current(on).filter(user=user).select_related("organisation")


def memberships(user: object) -> list[Membership]:
    """All memberships of `user`, past and waiting ones too; read once per request (`User.in_request`)."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.memberships_this_request is not None:
        return user.memberships_this_request
    found = list(Membership.objects.filter(user=user).select_related("organisation"))
    if user.in_request:
        user.memberships_this_request = found
    return found


LINK = re.compile(r"https?://\S+")


class Mail(models.Model):
    """A mail to one person in the outbox: kept first, sent once, tried again when the server is away.

    `key` names what it is about, so that nothing is told twice. The address is the only personal data.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation til Samråd"
        MEETING = "meeting", "Indkaldelse og ændringer af møder"
        MINUTES = "minutes", "Referat til godkendelse"
        SEAT = "seat", "Udpegning til en plads"
        HEARING = "hearing", "Høring"
        REMINDER = "reminder", "Påmindelse om en frist"
        DIGEST = "digest", "Ugens ændringer"
        ACCOUNT = "account", "Din adgang til Samråd"

    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="mails")
    address = models.EmailField()
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(max_length=160)
    body = models.TextField()
    key = models.CharField(max_length=120)
    about = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        help_text="whose administrator sees that it was sent",
    )
    forum_ids = models.JSONField(default=list, blank=True, help_text="de fora, den handler om")
    calendar = models.TextField(blank=True, help_text="en fil til modtagerens kalender (.ics)")
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["address", "key"], name="mail_once_per_person_and_thing")
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def receiver(self) -> str:
        """The person's name, or the address of one who does not sign in."""
        if self.user is None:
            return self.address
        return self.user.name

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"“{self.subject}” til {self.receiver}"

    @property
    def shown(self) -> str:
        """Its text for those who keep the outbox: letters to parties and invitations, without their link.

        Only the receiver may use that link; and what a colleague is told of her fora stays hers.
        """
        if self.kind not in (self.Kind.INVITATION, self.Kind.HEARING):
            return ""
        return LINK.sub("[personligt link]", self.body)


class MailChoice(models.Model):
    """A kind of mail that a person does not want."""

    user = models.ForeignKey(User, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=12, choices=Mail.Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_choice_once")]

    def __str__(self) -> str:
        return self.get_kind_display()
