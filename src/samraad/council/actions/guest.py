"""Guests of one item: invited by a mail of their own, which tells them of that item and of nothing else."""

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.council import permissions as may
from samraad.council.models import AgendaItem, Guest
from samraad.council.notices import guest as notices


@action
def invite_guest(*, item: AgendaItem, role: str, email: str, by: User) -> Guest:
    """Invite somebody to one item; she is told when the agenda goes out, at once when it has gone."""
    may.edit_agenda.check(by, item.meeting)
    if email and item.guests.filter(email__iexact=email).exists():
        raise Refused("Den adresse er allerede inviteret til punktet.")
    guest = Guest.objects.create(meeting=item.meeting, item=item, role=role, email=email)
    record("council.guest_invited", item, by=by)
    if item.meeting.is_called and item.meeting.starts_at > clock.now():
        notices.invited(guest, by)
    return guest


@action
def remove_guest(*, guest: Guest, by: User) -> None:
    """Take an invitation back; who has had a mail is told."""
    may.edit_agenda.check(by, guest.meeting)
    record("council.guest_removed", guest.item or guest.meeting, by=by)
    if guest.meeting.is_called and guest.meeting.starts_at > clock.now():
        notices.not_invited(guest, by)
    guest.delete()
