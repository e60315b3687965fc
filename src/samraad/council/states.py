"""When: the states of a meeting, and the only ways between them."""

from django.db import models


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
    MeetingStatus.CANCELLED: {
        MeetingStatus.PLANNED: "council.meeting_reinstated",
        MeetingStatus.CALLED: "council.meeting_reinstated",
    },
}
