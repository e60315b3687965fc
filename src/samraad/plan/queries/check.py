"""The page of the plan check: what stops the release, what else was found, what stays with a reason."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User
from samraad.look.danish import antal
from samraad.plan import permissions as may
from samraad.plan.claims import CheckedText, checked_texts
from samraad.plan.findings import Placed, findings, manuscript_of
from samraad.plan.models import Plan


@dataclass(frozen=True)
class Row:
    """A place that was found, and where it is put right by hand."""

    placed: Placed
    district: str

    @property
    def by_hand(self) -> tuple[str, str] | None:
        """(words, address) of the page where it is put right; None when there is no such page."""
        place = self.placed.place
        if place.commitment:
            return "Ret løftet", reverse("commitment:commitment", args=[self.district, place.commitment.pk])
        if self.placed.section:
            return "Ret teksten", reverse("plan:section_edit", args=[self.district, self.placed.section.pk])
        if place.area:
            return "Ret området", reverse("plan:area_edit", args=[self.district, place.area.pk])
        return None


@dataclass(frozen=True)
class CheckPage:
    """The list of the plan check as one reader sees it."""

    faults: list[Row]
    remarks: list[Row]
    waived: list[Placed]
    figures: list[CheckedText]
    why_not_write: str

    @property
    def lead(self) -> str:
        """Whether something stands in the way of the release, and how much else was found."""
        stops = "Intet står i vejen for, at planen kan komme ud."
        if self.faults:
            count = antal(len(self.faults), "sted,steder")
            stops = f"{count} skal rettes eller forklares, før planen kan offentliggøres."
        return f"{stops} {antal(len(self.remarks), 'bemærkning,bemærkninger')}."


def check_page(plan: Plan, user: User, today: date) -> CheckPage:
    """All that the page of the plan check shows to a reader."""
    faults, remarks, waived = [], [], []
    district = plan.forum.district.slug
    for placed in findings(plan, today):
        if placed.waiver is not None:
            waived.append(placed)
        elif placed.stops:
            faults.append(Row(placed, district))
        else:
            remarks.append(Row(placed, district))
    manuscript, _ = manuscript_of(plan, today)
    figures = checked_texts(plan.forum.district, manuscript, clock.now())
    return CheckPage(faults, remarks, waived, figures, may.write.reason(user, plan))
