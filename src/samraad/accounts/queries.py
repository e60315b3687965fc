"""Questions about the outbox: what was sent about an organisation, what did not arrive."""

from django.db.models import QuerySet

from samraad.accounts import delivery
from samraad.accounts.models import Mail, Organisation


def mails_of(organisation: Organisation) -> QuerySet[Mail]:
    """What was about the organisation; that somebody works for it gives nobody a look at her mails."""
    return Mail.objects.filter(about=organisation).select_related("user")


def given_up(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """Those that are not tried again by themselves."""
    return mails.filter(sent_at=None, tries__gte=delivery.TRIES)
