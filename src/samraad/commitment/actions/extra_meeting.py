"""An extra meeting is asked for: a wish that the secretariat owes an answer to."""

from datetime import datetime, timedelta

from django.utils import timezone

from manuscript.text import shortened
from samraad.accounts.models import User
from samraad.audit.actions import action, record
from samraad.commitment import permissions as may
from samraad.commitment.actions.finding import index_commitment
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Forum


@action
def ask_for_extra_meeting(*, forum: Forum, reason: str, now: datetime, by: User) -> Commitment:
    """A member asks for an extra meeting (BEK 1426 of 2006 § 3): the secretariat owes an answer."""
    may.ask_for_extra_meeting.check(by, forum)
    due = timezone.localdate(now) + timedelta(days=14)
    wish = Commitment.objects.create(
        forum=forum,
        text=shortened(f"Svar på ønsket om et ekstra møde: {reason}", 300),
        owner=forum.convenor or forum.district,
        owner_role="sekretariatet",
        due_on=due,
        origin_text=f"Ønske fra {by.name}",
        origin_on=timezone.localdate(now),
        status=CommitmentStatus.ACCEPTED,
    )
    record("commitment.extra_meeting_asked_for", forum, by=by, commitment=wish.pk)
    index_commitment(wish, by)
    return wish
