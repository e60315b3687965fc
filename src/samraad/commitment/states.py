"""When: the states of a commitment, and the only ways between them."""

from django.db import models

LET_GO = "commitment.dropped"  # pages go by it: nothing leads back from that


class CommitmentStatus(models.TextChoices):
    """Where a commitment is, from the draft of a plan to done; a draft asks nobody."""

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
        """The states of a commitment somebody still owes."""
        return [cls.ACCEPTED, cls.IN_PROGRESS, cls.WAITING]

    @classmethod
    def unsettled(cls) -> list[str]:
        """The states in which nobody has said yes."""
        return [cls.DRAFT, cls.PROPOSED, cls.DECLINED]

    @classmethod
    def closed(cls) -> list[str]:
        """The states in which nothing more is to be done by its owner."""
        return [cls.REPORTED, cls.DONE, cls.DECLINED, cls.DROPPED]


class WheelState(models.TextChoices):
    """Where a duty stands in one year of the annual wheel; a hole has no meeting in its window."""

    REMOVED = "removed", "taget af i år"
    DONE = "done", "opfyldt"
    PLACED = "placed", "på en dagsorden"
    WAITS = "waits", "venter"
    PROPOSED = "proposed", "foreslår sig selv til mødet"
    HOLE = "hole", "intet møde i vinduet"


COMMITMENT: dict[str, dict[str, str]] = {
    CommitmentStatus.DRAFT: {CommitmentStatus.PROPOSED: "commitment.proposed"},
    CommitmentStatus.PROPOSED: {
        CommitmentStatus.ACCEPTED: "commitment.accepted",
        CommitmentStatus.WAITING: "commitment.accepted",
        CommitmentStatus.DECLINED: "commitment.declined",
        CommitmentStatus.DROPPED: "commitment.dropped",
    },
    CommitmentStatus.ACCEPTED: {
        CommitmentStatus.IN_PROGRESS: "commitment.progress_reported",
        CommitmentStatus.REPORTED: "commitment.reported_done",
        CommitmentStatus.DONE: "commitment.done",
        CommitmentStatus.DROPPED: "commitment.dropped",
    },
    CommitmentStatus.IN_PROGRESS: {
        CommitmentStatus.REPORTED: "commitment.reported_done",
        CommitmentStatus.DONE: "commitment.done",
        CommitmentStatus.DROPPED: "commitment.dropped",
    },
    CommitmentStatus.WAITING: {
        CommitmentStatus.ACCEPTED: "commitment.condition_met",
        CommitmentStatus.DROPPED: "commitment.dropped",
    },
    CommitmentStatus.REPORTED: {
        CommitmentStatus.DONE: "commitment.confirmed",
        CommitmentStatus.IN_PROGRESS: "commitment.sent_back",
    },
    CommitmentStatus.DONE: {},
    CommitmentStatus.DECLINED: {CommitmentStatus.PROPOSED: "commitment.proposed"},
    CommitmentStatus.DROPPED: {},
}
