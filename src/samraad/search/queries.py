"""Finding things by Danish words."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from samraad.search.danish import tokens
from samraad.search.models import Entry

LONGEST = 300  # letters of what is sought


def find(
    text: str,
    *,
    district: str,
    now: datetime,
    forum_ids: Iterable[int] = (),
    at_work: bool = False,
    everywhere: Iterable[str] = (),
) -> QuerySet[Entry]:
    """Entries that hold every word of `text` (as a beginning or inside a compound), best first.

    Public entries of the district that may be seen at `now`, and those of the fora whose ids are given;
    `at_work` those for everybody who works in the district too, and `everywhere` names sorts of things of all
    its fora. No words, no entries.
    """
    words = tokens(text[:LONGEST])[:8]
    if not words:
        return Entry.objects.none()
    reach = Q(public=True) & (Q(visible_from=None) | Q(visible_from__lte=now)) | Q(
        forum_id__in=list(forum_ids)
    )
    reach |= Q(public=False, object_type__in=list(everywhere))
    if at_work:
        reach |= Q(public=False, forum_id=None)
    found = Entry.objects.filter(reach, district=district)
    for word in words:
        found = found.filter(search_text__contains=word)
    rank = Case(
        When(title_text__contains=f" {words[0]}", then=Value(0)),
        When(search_text__contains=f" {words[0]}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(rank, "title", "-object_id")
