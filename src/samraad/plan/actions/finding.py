"""Everything of the room that the search finds, into its index again."""

from samraad.audit.actor import Actor
from samraad.plan.actions.agreement import index_element
from samraad.plan.actions.edition import index_edition
from samraad.plan.actions.initiative import index_initiative
from samraad.plan.actions.plan import index_section
from samraad.plan.actions.reply import index_hearing
from samraad.plan.models import Edition, Element, Hearing, Initiative, Section

MODELS = ("plan.edition", "plan.section", "plan.initiative", "plan.element", "plan.hearing")


def plans_again(by: Actor) -> None:
    """Every section, initiative, hearing and element, and the editions, the newest last."""
    for section in Section.objects.select_related("plan__forum__district"):
        index_section(section, by)
    for initiative in Initiative.objects.select_related("plan__forum__district"):
        index_initiative(initiative, by)
    for hearing in Hearing.objects.select_related("plan__forum__district"):
        index_hearing(hearing, by)
    for element in Element.objects.select_related("agreement__district"):
        index_element(element, by)
    for edition in Edition.objects.filter(withdrawn_because="").order_by("plan_id", "number"):
        index_edition(edition, by)
