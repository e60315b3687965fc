"""Everything of the room that the search finds, into its index again."""

from samraad.audit.actor import Actor
from samraad.network.actions.around import index_around
from samraad.network.actions.help import index_worry
from samraad.network.actions.partner import index_partner
from samraad.network.models import Advice, LocalEvent, Pact, Partner, Worry

AROUND = ("network.partner", "network.pact", "network.localevent", "network.advice")


def worries_again(by: Actor) -> None:
    """Every worry."""
    for worry in Worry.objects.select_related("district"):
        index_worry(worry, by)


def network_again(by: Actor) -> None:
    """Every partner, and what stands around the fora."""
    for partner in Partner.objects.select_related("municipality"):
        index_partner(partner, by)
    for pact in Pact.objects.select_related("forum__district"):
        index_around(pact, by)
    for event in LocalEvent.objects.select_related("forum__district"):
        index_around(event, by)
    for advice in Advice.objects.select_related("forum__district"):
        index_around(advice, by)
