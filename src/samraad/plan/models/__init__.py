"""What there is in the room: a file per concept."""

from samraad.plan.models.agreement import Agreement, Element
from samraad.plan.models.answer import Answer, LocalNeed, Reminder
from samraad.plan.models.edition import Edition
from samraad.plan.models.hearing import Hearing, Party, Remark
from samraad.plan.models.initiative import Indicator, Initiative, Measurement
from samraad.plan.models.plan import FocusArea, Plan, Section, Waiver
from samraad.plan.models.project import Grant, Milestone
from samraad.plan.models.reading import Reading

__all__ = [
    "Agreement",
    "Answer",
    "Edition",
    "Element",
    "FocusArea",
    "Grant",
    "Hearing",
    "Indicator",
    "Initiative",
    "LocalNeed",
    "Measurement",
    "Milestone",
    "Party",
    "Plan",
    "Reading",
    "Remark",
    "Reminder",
    "Section",
    "Waiver",
]
