"""Questions about the outbox: what was sent for an organisation or to its people, what did not arrive."""

from django.db.models import Q, QuerySet

from samraad import clock
from samraad.accounts import delivery
from samraad.accounts.models import Mail, Membership, Organisation


def mails_of(organisation: Organisation) -> QuerySet[Mail]:
    """What was sent in the organisation's name or to those who work for it now."""
    staff = Membership.objects.current(clock.today()).filter(organisation=organisation).values("user")
    return Mail.objects.filter(Q(district=organisation) | Q(user__in=staff)).select_related("user")


def given_up(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """Those that are not tried again by themselves."""
    return mails.filter(sent_at=None, tries__gte=delivery.TRIES)
