"""Event: one thing that happened, append-only and hash-chained; its words apart.

Stream: a line of events, and where it has come to. Segment: a month of it.
AccessNote: who came in or was refused.
Submission: a form that was sent once.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import QueryDict

FIRST = "0" * 64


def canonical(content: object) -> str:
    """One spelling of the content as JSON, the same on every machine."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder
    )


def fingerprint(content: object) -> str:
    """SHA-256 of the canonical JSON.

    >>> fingerprint({"b": 1, "a": "å"}) == fingerprint({"a": "å", "b": 1})
    True
    """
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def in_utc(moment: datetime) -> str:
    """A moment as it is written in what has a fingerprint, wherever it was read."""
    return moment.astimezone(UTC).isoformat()


class Protected(models.Model):
    """What carries this has no words anywhere but in its own room: no name in the log, no bin, no search.

    The log knows it by its public `number`, which each such model has.
    """

    number: str

    class Meta:
        abstract = True


class Stream(models.Model):
    """A line of events that hold each other by hash: the number and the hash of the last one."""

    name = models.CharField(max_length=60, unique=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST)
    keep_days = models.PositiveIntegerField(null=True)  # after the end of a month; empty is for ever

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One thing that happened. It holds ids and codes and no foreign keys, so nothing can erase it.

    Names stand in `Words`, and the chain commits to their hash only: they can be erased and the chain still
    holds. Events of one `stream` are numbered by `seq` and hold each other by hash.
    """

    stream = models.CharField(max_length=60, default="council")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    purpose = models.CharField(max_length=80, blank=True)
    ground = models.CharField(max_length=80, blank=True)
    words_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
            models.Index(fields=["verb"], name="audit_event_verb"),
        ]
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_once_in_its_stream")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; an event that exists is never written again."""
        if self.pk is not None:
            raise PermissionDenied("En hændelse kan ikke ændres.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: events stay."""
        raise PermissionDenied("En hændelse kan ikke slettes.")

    def digest(self) -> str:
        """SHA-256 over the previous hash and this event's canonical JSON."""
        content = [
            self.previous,
            self.stream,
            self.seq,
            self.at.timestamp(),
            self.actor_id,
            self.verb,
            self.object_type,
            self.object_id,
            self.facts,
            self.purpose,
            self.ground,
            self.words_hash,
        ]
        return fingerprint(content)


class Segment(models.Model):
    """The events of a stream in one month, sealed with a key that the database does not hold.

    When their time is over the events go, and this row stays: how many they were and where the chain goes on.
    """

    stream = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    opens = models.CharField(max_length=64)
    closes = models.CharField(max_length=64)
    ends_on = models.DateField()
    keep_until = models.DateField()
    key = models.CharField(max_length=40)
    previous_seal = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    expired_at = models.DateTimeField(null=True)
    told_by = models.BigIntegerField(null=True)  # the number of the event that tells of its end

    class Meta:
        ordering = ["stream", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="segment_once_in_its_stream")
        ]

    def __str__(self) -> str:
        return f"segl {self.number} (hændelse {self.first}-{self.last})"

    def sealed(self) -> str:
        """What the seal is set under, in one spelling."""
        return canonical(
            [
                self.stream,
                self.number,
                self.first,
                self.last,
                self.opens,
                self.closes,
                self.ends_on,
                self.keep_until,
                self.key,
                self.previous_seal,
            ]
        )


class Words(models.Model):
    """Who did it and to what, in words as of then. They may be erased; the event stays."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="words")
    salt = models.CharField(max_length=32)
    actor = models.CharField(max_length=200)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "words"

    def __str__(self) -> str:
        return f"{self.actor}: {self.label}"

    def digest(self) -> str:
        """The salted hash that the event holds: nobody can guess a name from it."""
        text = "\x1f".join([self.salt, self.actor, self.label])
        return hashlib.sha256(text.encode()).hexdigest()


class AccessNote(models.Model):
    """A sign-in, a failed one, or a refusal: by whom, at which address, of which thing; kept 90 days.

    It is no part of the chain. It holds numbers and an address's name, and nothing that a person typed.
    """

    class Kind(models.TextChoices):
        """What happened."""

        SIGNED_IN = "signed_in", "loggede ind"
        FAILED = "failed", "forkert login"
        REFUSED = "refused", "måtte ikke"
        HIDDEN = "hidden", "fik ikke at se"

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.BigIntegerField(null=True)
    route = models.CharField(max_length=80)
    number = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.get_kind_display()}: {self.route}"


class Draft(models.Model):
    """What a person has typed on a page and not saved yet: hers alone, kept until she saves or deletes it."""

    user_id = models.BigIntegerField()  # whose it is; this room knows no users
    place = models.CharField(max_length=200)  # the address of the page
    content = models.TextField()  # the fields as the browser would send them
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "place"], name="draft_once_per_page")]

    def __str__(self) -> str:
        return self.place

    @property
    def fields(self) -> QueryDict:
        """The fields as a form takes them."""
        return QueryDict(self.content)


class Submission(models.Model):
    """The token of a form that was carried out; a second submit of the same form finds it here."""

    token = models.UUIDField(unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.token)


class Removed(models.Model):
    """Something a user removed, whole, until it is put back or 30 days have gone."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    label = models.CharField(max_length=300)
    place = models.CharField(max_length=60, db_index=True)
    payload = models.JSONField()
    restored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "removed"

    def __str__(self) -> str:
        return self.label
