"""Finding things by Danish words."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from samraad.search.danish import grams, tokens
from samraad.search.models import Entry

LONGEST, WORDS = 400, 8  # letters and words of what is sought
SHORTEST = 3  # letters that the index of parts of words knows
PARTS = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
GRAMS = "SELECT id FROM search_entry WHERE string_to_array(grams, ' ') @> %s::text[]"


class Reach(TypedDict, total=False):
    """How far a search goes: whose entries are found besides those for everybody."""

    forum_ids: Iterable[int]
    organisation_ids: Iterable[int]
    at_work: bool
    everywhere: Iterable[str]


def sought(text: str) -> list[str]:
    """The stems that are looked for: of the first letters, and the first words of these, each once."""
    return list(dict.fromkeys(tokens(text[:LONGEST])))[:WORDS]


def find(
    text: str,
    *,
    district: str,
    now: datetime,
    forum_ids: Iterable[int] = (),
    organisation_ids: Iterable[int] = (),
    at_work: bool = False,
    everywhere: Iterable[str] = (),
) -> QuerySet[Entry]:
    """Entries that hold every word of `text` (as a beginning or inside a compound), best first.

    Public entries of the district that may be seen at `now`, and those of the fora and organisations whose
    ids are given; `at_work` those for everybody who works in the district too, and `everywhere` names sorts
    of things of all its fora. No words, no entries.
    """
    words = sought(text)
    if not words:
        return Entry.objects.none()
    reach = Q(public=True) & (Q(visible_from=None) | Q(visible_from__lte=now))
    reach |= Q(public=False, forum_id__in=list(forum_ids))
    reach |= Q(public=False, organisation_id__in=list(organisation_ids))
    reach |= Q(public=False, object_type__in=list(everywhere))
    if at_work:
        reach |= Q(public=False, forum_id=None, organisation_id=None)
    found = _that_hold(words, district).filter(reach, district=district)
    rank = Case(
        When(title_text__contains=f" {words[0]}", then=Value(0)),
        When(title_text__contains=words[0], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(rank, "title", "-object_id", "public")


def _that_hold(words: list[str], district: str) -> QuerySet[Entry]:
    """The entries with all words, by the database's index of parts of words.

    SQLite has a table for it (FTS5, three letters at a time), PostgreSQL an index over `grams`, which only
    says where to look. Words too short for them are looked for one row at a time.
    """
    long = list(filter(lambda word: len(word) >= SHORTEST, words))
    found = Entry.objects.all()
    if connection.vendor != "sqlite":
        found = found.filter(pk__in=RawSQL(GRAMS, [list(grams(" ".join(long)))]))  # noqa: S611 - a parameter
    elif long:
        asked = " AND ".join(map('"{}"'.format, long))
        match = f'district : "{district}" AND search_text : ({asked})'
        found = found.filter(pk__in=RawSQL(PARTS, [match]))  # noqa: S611 - words of letters, in a parameter
        words = list(filter(lambda word: len(word) < SHORTEST, words))
    for word in words:
        found = found.filter(search_text__contains=word)
    return found
