"""Entry: one thing that can be found, in the words it is found by."""

from django.db import models


class Entry(models.Model):
    """A row of the index.

    `public`, `forum_id` and `organisation_id` say who may find it: everybody, a forum's members and those who
    sit for an organisation; with none of them who works there.
    """

    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    district = models.SlugField(max_length=60)
    public = models.BooleanField(default=False)
    forum_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    visible_from = models.DateTimeField(null=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    excerpt = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    title_text = models.TextField()
    search_text = models.TextField()
    grams = models.TextField(blank=True)  # for PostgreSQL: three letters at a time (`danish.grams`)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "public"], name="search_entry_once")
        ]
        indexes = [models.Index(fields=["district", "public"], name="search_entry_reach")]

    def __str__(self) -> str:
        return self.title
