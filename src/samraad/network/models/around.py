"""What stands around a forum: agreements, events, advice that was given."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum
from samraad.look.danish import antal, dato, kortdato


class AroundForum(models.Model):
    """What is shown on the page of its forum, each with a place there."""

    forum: models.ForeignKey[Forum, Forum]

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Its place on the page of its forum."""
        return f"{self.forum.get_absolute_url()}#{self._meta.model_name}-{self.pk}"


class Pact(AroundForum):
    """An agreement that a forum follows, with whom and until when."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="pacts")
    title = models.CharField("aftale", max_length=160)
    partners = models.CharField("med hvem", max_length=300)
    text = models.TextField("hvad er aftalt", blank=True)
    starts_on = models.DateField("gælder fra")
    ends_on = models.DateField("gælder til og med")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["ends_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pact_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title

    def over(self, today: date) -> bool:
        """Has it run out?"""
        return self.ends_on < today

    @property
    def facts(self) -> list[str]:
        """With whom, and until when."""
        return [self.partners, f"gælder til og med {kortdato(self.ends_on)}"]


class LocalEvent(AroundForum):
    """Something that draws people at night: a festival, a match, a carnival."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="events")
    title = models.CharField("begivenhed", max_length=160)
    on = models.DateField("fra")
    until = models.DateField("til og med", null=True, blank=True)
    place = models.CharField("sted", max_length=160, blank=True)
    expected = models.PositiveIntegerField("ventede gæster", null=True, blank=True)
    note = models.CharField("aftalt indsats", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")), name="local_event_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> list[str]:
        """When, where, and how many are expected."""
        told = [dato(self.on)]
        if self.until:
            told = [f"{dato(self.on)} til {dato(self.until)}"]
        if self.place:
            told.append(self.place)
        if self.expected:
            told.append(f"{self.expected} ventede gæster")
        return told


class Advice(AroundForum):
    """Guidance that a team or forum gave: to whom, where, to which profession, when; never about a person."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="advice")
    on = models.DateField("dag")
    municipality = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommune"
    )
    receiver = models.CharField("hvem fik den", max_length=160)
    profession = models.CharField("faggruppe", max_length=80, blank=True)
    topic = models.CharField("emne", max_length=160)
    count = models.PositiveIntegerField("antal deltagere", default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"{self.receiver}: {self.topic}"

    @property
    def to(self) -> str:
        """Who had it, and their profession."""
        return f"{self.receiver} ({self.profession})" if self.profession else self.receiver

    @property
    def about(self) -> str:
        """What it was about, and how many took part."""
        return f"{self.topic}, {antal(self.count, 'deltager,deltagere')}"
