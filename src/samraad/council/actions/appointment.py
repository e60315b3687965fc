"""The answer to an appointment that waits for somebody's yes."""

from datetime import date

from samraad.accounts.actions import attach
from samraad.audit.actions import action, record
from samraad.audit.actor import Actor
from samraad.council import permissions as may
from samraad.council.models import Appointment, Yes
from samraad.council.notices import seat as notices


@action
def answer_appointment(*, appointment: Appointment, agrees: bool, today: date, by: Actor) -> Appointment:
    """Say yes or no to an appointment; a no takes it away, and those concerned are told either way."""
    appointment = Appointment.objects.select_for_update(of=["self"]).get(pk=appointment.pk)
    may.confirm.check(by, appointment)
    waited_for, seat, user = appointment.waits_for, appointment.seat, appointment.user
    if not agrees:
        record("council.appointment_declined", appointment, by=by, seat=seat.pk, user=user.pk)
        notices.appointment_declined(appointment, by)
        appointment.delete()
        return appointment
    appointment.waits_for = Yes.NOBODY
    appointment.confirmed_by_id = by.pk
    appointment.save(update_fields=["waits_for", "confirmed_by"])
    record(
        "council.appointment_confirmed",
        appointment,
        by=by,
        seat=seat.pk,
        user=user.pk,
        waited_for=waited_for,
    )
    if seat.organisation is not None and not may.works_for(user, seat.organisation):
        attach(user=user, organisation=seat.organisation, title=seat.title, today=today, by=by)
    notices.appointment_confirmed(appointment, by)
    return appointment
