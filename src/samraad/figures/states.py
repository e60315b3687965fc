"""When: the states of a release. Whether it is public, and which is the newest, is a question of time."""

from django.db import models


class ReleaseStatus(models.TextChoices):
    """Where a release is. Public is no state of its own: it is approved, and its moment has come."""

    LOADED = "loaded", "Lagt ind"
    SUBMITTED = "submitted", "Venter på godkendelse"
    RETURNED = "returned", "Sendt tilbage"
    APPROVED = "approved", "Godkendt"
    REJECTED = "rejected", "Kasseret"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


RELEASE: dict[str, dict[str, str]] = {
    ReleaseStatus.LOADED: {
        ReleaseStatus.SUBMITTED: "figures.submitted",
        ReleaseStatus.REJECTED: "figures.rejected",
    },
    ReleaseStatus.SUBMITTED: {
        ReleaseStatus.APPROVED: "figures.approved",
        ReleaseStatus.RETURNED: "figures.returned",
        ReleaseStatus.LOADED: "figures.called_back",
    },
    ReleaseStatus.RETURNED: {
        ReleaseStatus.SUBMITTED: "figures.submitted",
        ReleaseStatus.REJECTED: "figures.rejected",
    },
    ReleaseStatus.APPROVED: {
        ReleaseStatus.SUBMITTED: "figures.approval_taken_back",
        ReleaseStatus.WITHDRAWN: "figures.withdrawn",
    },
    ReleaseStatus.REJECTED: {},
    ReleaseStatus.WITHDRAWN: {},
}
TRANSITIONS = {"release": RELEASE}
