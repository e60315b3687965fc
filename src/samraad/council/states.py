"""When: the states of a meeting and of a commitment, and the only ways between them."""

from django.db import models

from samraad.audit.actions import Refused


class MeetingStatus(models.TextChoices):
    """Where a meeting is, from plan to approved minutes."""

    PLANNED = "planned", "Planlagt"
    CALLED = "called", "Indkaldt"
    HELD = "held", "Afholdt"
    MINUTES_SENT = "minutes_sent", "Referat til godkendelse"
    APPROVED = "approved", "Referat godkendt"
    CANCELLED = "cancelled", "Aflyst"

    @classmethod
    def after_held(cls) -> list[str]:
        """The states of a meeting that took place."""
        return [cls.HELD, cls.MINUTES_SENT, cls.APPROVED]


class CommitmentStatus(models.TextChoices):
    """Where a promise is, from the draft of a plan to done; a draft asks nobody."""

    DRAFT = "draft", "Udkast"
    PROPOSED = "proposed", "Foreslået"
    ACCEPTED = "accepted", "Ikke startet"
    IN_PROGRESS = "in_progress", "I gang"
    WAITING = "waiting", "Venter"
    REPORTED = "reported", "Meldt udført"
    DONE = "done", "Udført"
    DECLINED = "declined", "Afvist"
    DROPPED = "dropped", "Udgået"

    @classmethod
    def open(cls) -> list[str]:
        """The states of a promise somebody still owes."""
        return [cls.ACCEPTED, cls.IN_PROGRESS, cls.WAITING]


MEETING: dict[str, dict[str, str]] = {
    MeetingStatus.PLANNED: {
        MeetingStatus.CALLED: "council.meeting_called",
        MeetingStatus.CANCELLED: "council.meeting_cancelled",
    },
    MeetingStatus.CALLED: {
        MeetingStatus.HELD: "council.meeting_held",
        MeetingStatus.CANCELLED: "council.meeting_cancelled",
    },
    MeetingStatus.HELD: {MeetingStatus.MINUTES_SENT: "council.minutes_sent"},
    MeetingStatus.MINUTES_SENT: {
        MeetingStatus.APPROVED: "council.minutes_approved",
        MeetingStatus.HELD: "council.minutes_taken_back",
    },
    MeetingStatus.APPROVED: {},
    MeetingStatus.CANCELLED: {},
}

COMMITMENT: dict[str, dict[str, str]] = {
    CommitmentStatus.DRAFT: {CommitmentStatus.PROPOSED: "council.commitment_proposed"},
    CommitmentStatus.PROPOSED: {
        CommitmentStatus.ACCEPTED: "council.commitment_accepted",
        CommitmentStatus.WAITING: "council.commitment_accepted",
        CommitmentStatus.DECLINED: "council.commitment_declined",
        CommitmentStatus.DROPPED: "council.commitment_dropped",
    },
    CommitmentStatus.ACCEPTED: {
        CommitmentStatus.IN_PROGRESS: "council.progress_reported",
        CommitmentStatus.REPORTED: "council.commitment_reported_done",
        CommitmentStatus.DONE: "council.commitment_done",
        CommitmentStatus.DROPPED: "council.commitment_dropped",
    },
    CommitmentStatus.IN_PROGRESS: {
        CommitmentStatus.REPORTED: "council.commitment_reported_done",
        CommitmentStatus.DONE: "council.commitment_done",
        CommitmentStatus.DROPPED: "council.commitment_dropped",
    },
    CommitmentStatus.WAITING: {
        CommitmentStatus.ACCEPTED: "council.condition_met",
        CommitmentStatus.DROPPED: "council.commitment_dropped",
    },
    CommitmentStatus.REPORTED: {
        CommitmentStatus.DONE: "council.commitment_confirmed",
        CommitmentStatus.IN_PROGRESS: "council.commitment_sent_back",
    },
    CommitmentStatus.DONE: {},
    CommitmentStatus.DECLINED: {CommitmentStatus.PROPOSED: "council.commitment_proposed"},
    CommitmentStatus.DROPPED: {},
}
TRANSITIONS = {"meeting": MEETING, "commitment": COMMITMENT}


def step(table: dict[str, dict[str, str]], old: str, new: str, refusal: str) -> str:
    """The event of going from `old` to `new`; raises Refused with the Danish sentence when there is no such way."""
    event = table[old].get(new)
    if event is None:
        raise Refused(refusal)
    return event
