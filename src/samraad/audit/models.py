"""Event: one thing that happened, append-only and hash-chained. Submission: a form that was sent once."""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models

FIRST = "0" * 64


class Event(models.Model):
    """One thing that happened. Holds ids and labels as of then and no foreign keys, so nothing can erase it."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.verb} {self.label}"

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
            self.at.timestamp(),
            self.actor_id,
            self.actor,
            self.verb,
            self.object_type,
            self.object_id,
            self.label,
            self.facts,
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()


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
