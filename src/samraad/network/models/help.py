"""Whom a citizen calls with a worry: the worry in the citizen's words, the number, and what happens then."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samraad.accounts.models import Organisation
from samraad.look.danish import kortdato

STALE, GONE = timedelta(days=90), timedelta(days=180)  # since a number was last called up


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return list(filter(None, map(str.strip, text.splitlines())))


@dataclass(frozen=True)
class Step:
    """One thing that happens after the call: what, and a word more."""

    what: str
    more: str


class Worry(models.Model):
    """A worry as a citizen would say it, and what is good to know before one calls with it.

    `code` stands in the address in place of the words, so that the address tells nobody anything.
    """

    class Group(models.TextChoices):
        CHILD = "child", "Et barn eller en ung"
        ADULT = "adult", "En voksen"
        SELF = "self", "Dig selv"
        OTHER = "other", "Noget andet"

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="worries")
    code = models.PositiveSmallIntegerField("nummer i adressen")
    group = models.CharField("gruppe", max_length=8, choices=Group)
    title = models.CharField("bekymring", max_length=120)
    hint = models.CharField("et ord mere", max_length=160, blank=True)
    where = models.CharField("spørgsmål om sted", max_length=80, blank=True)
    where_why = models.CharField("hvorfor stedet betyder noget", max_length=200, blank=True)
    lead = models.CharField("før man ringer", max_length=240, blank=True)
    say = models.CharField("hvad man kan sige til 114", max_length=200, blank=True)
    steps = models.TextField("hvad der sker", blank=True)
    anonymous = models.TextField("kan man være anonym", blank=True)
    ready = models.TextField("godt at have klar", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["district", "code"]
        verbose_name_plural = "worries"
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="worry_code_once_per_district")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page at work."""
        return reverse("network:help_worry", args=[self.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of all worries."""
        return [("Hvem kan hjælpe", reverse("network:help_worries", args=[self.district.slug]))]

    @property
    def needs_place(self) -> bool:
        """Does it matter in which municipality it is?"""
        return bool(self.where)

    @property
    def told_steps(self) -> list[Step]:
        """What happens, a step for each line: what it is, a bar, a word more."""
        rows = []
        for line in lines_of(self.steps):
            what, _, more = line.partition("|")
            rows.append(Step(what.strip(), more.strip()))
        return rows

    @property
    def ready_lines(self) -> list[str]:
        """What is good to have ready, a line each."""
        return lines_of(self.ready)


class HelpNumberQuerySet(models.QuerySet["HelpNumber"]):
    """Questions about numbers."""

    def fresh(self, today: date) -> "HelpNumberQuerySet":
        """Those that were called up in the last 180 days; others are told to nobody."""
        return self.filter(checked_on__gt=today - GONE)


class HelpNumber(models.Model):
    """A number to call with a worry, in a municipality or the whole district.

    The one to call first stands once; others to talk to may be many. Each has the day it was called up.
    """

    class Anonymous(models.TextChoices):
        YES = "yes", "ja"
        NO = "no", "nej"
        ASK = "ask", "spørg, når du ringer"

    worry = models.ForeignKey(Worry, models.PROTECT, related_name="numbers")
    municipality = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="help_numbers"
    )
    first = models.BooleanField("den, man ringer til", default=True)
    name = models.CharField("hvem svarer", max_length=120)
    phone = models.CharField("nummer", max_length=20)
    hint = models.CharField("et ord mere", max_length=160, blank=True)
    hours = models.TextField("åbningstid", blank=True)
    closed = models.CharField("når der er lukket", max_length=200, blank=True)
    online_label = models.CharField("hvis man hellere vil skrive", max_length=120, blank=True)
    online_url = models.URLField("adresse", blank=True)
    anonymous = models.CharField("kan man være anonym", max_length=4, choices=Anonymous, default="ask")
    checked_on = models.DateField("ringet op")
    checked_by = models.CharField("af hvem", max_length=120)
    version = models.PositiveIntegerField(default=1)

    objects = HelpNumberQuerySet.as_manager()

    class Meta:
        ordering = ["worry", "-first", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["worry", "municipality"], condition=Q(first=True), name="help_number_first_once"
            ),
            models.UniqueConstraint(
                fields=["worry"],
                condition=Q(first=True, municipality=None),
                name="help_number_first_of_district_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Organisation:
        """The municipality it is for, or the district."""
        if self.municipality is None:
            return self.worry.district
        return self.municipality

    @property
    def tel(self) -> str:
        """As a telephone is told it: a short one as it is, one of eight digits with the country's code."""
        digits = "".join(filter(str.isdigit, self.phone))
        if len(digits) == 8:
            return f"+45{digits}"
        return digits

    @property
    def online(self) -> SafeString:
        """The link for those who would rather write; it tells the other site nothing of this one."""
        words = self.online_url
        if self.online_label:
            words = self.online_label
        return format_html('<a href="{}" rel="noreferrer">{}</a>', self.online_url, words)

    @property
    def anonymous_words(self) -> str:
        """Can one call without a name? In a sentence."""
        return {
            "yes": "Ja, du kan ringe uden at sige dit navn.",
            "no": "Nej, her skal de vide, hvem du er.",
            "ask": "Spørg som det første, når du ringer.",
        }[self.anonymous]

    @property
    def gone_on(self) -> date:
        """The day from which it is shown to nobody, unless somebody calls it up before."""
        return self.checked_on + GONE

    def is_gone(self, today: date) -> bool:
        """Is it too long ago that anybody called it up?"""
        return self.gone_on <= today

    def is_stale(self, today: date) -> bool:
        """Is it time that somebody calls it up?"""
        return self.checked_on + STALE <= today

    @property
    def checked(self) -> str:
        """When it was called up, and by whom."""
        return f"{kortdato(self.checked_on)} af {self.checked_by}"
