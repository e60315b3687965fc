"""What people are told of seats: given, confirmed, declined, ended."""

from samraad import clock
from samraad.accounts.models import Mail, Membership, User
from samraad.accounts.outbox import post
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor
from samraad.council.models import Appointment, Forum, Function, Meeting
from samraad.council.notices import link, people, signed
from samraad.council.states import MeetingStatus

TELLS = (
    Told(
        "seat",
        "En plads er givet, foreslået, bekræftet, afvist eller afsluttet",
        "Den, det gælder; forummets formand og sekretariat; administratorerne hos pladsens organisation",
        desk="“Svar, om … skal sidde” hos dem, hvis ja der ventes på",
    ),
)


def appointed(appointment: Appointment, by: Actor) -> None:
    """Somebody has got a seat, or gets it when another says yes. Set-up tells nobody."""
    now = f"{appointment.user} er udpeget til “{appointment.seat}” i {appointment.seat.forum}."
    if appointment.waits_for:
        now = (
            f"{appointment.user} er foreslået til “{appointment.seat}” i {appointment.seat.forum}. "
            f"Udpegningen {appointment.waits_words} og giver ingen adgang før."
        )
    _tell_of(appointment, "appointed", now, by)


def appointment_confirmed(appointment: Appointment, by: Actor) -> None:
    """Who was to say yes to an appointment has done so."""
    seat = appointment.seat
    _tell_of(appointment, "confirmed", f"{appointment.user} sidder nu på “{seat}” i {seat.forum}.", by)


def appointment_declined(appointment: Appointment, by: Actor) -> None:
    """Who was to say yes to an appointment has said no."""
    seat = appointment.seat
    said = f"Forslaget om {appointment.user} til “{seat}” i {seat.forum} er afvist."
    _tell_of(appointment, "declined", said, by)


def appointment_ended(appointment: Appointment, by: Actor) -> None:
    """Somebody's time in a seat has an end."""
    seat = appointment.seat
    said = f"{appointment.user} sidder ikke længere på “{seat}” i {seat.forum}."
    _tell_of(appointment, "ended", said, by)


def _tell_of(appointment: Appointment, what: str, said: str, by: Actor) -> None:
    """Tell the person, who leads and keeps the forum, and who answers for the seat's organisation."""
    if not isinstance(by, User):
        return
    seat, today = appointment.seat, clock.today()
    works = Membership.objects.current(today)
    administrators = works.filter(organisation=seat.organisation, right=Membership.Right.ADMINISTRATOR)
    concerned = {person.pk for person in people(seat.forum, today, Function.CHAIR, Function.SECRETARY)}
    concerned |= set(administrators.values_list("user_id", flat=True))
    concerned |= set(works.filter(user=appointment.user).values_list("user_id", flat=True))
    coming = Meeting.objects.filter(forum=seat.forum, status=MeetingStatus.CALLED).coming(today).first()
    if coming is not None and what in ("appointed", "confirmed") and not appointment.waits_for:
        said = f"{said} Næste møde er {coming.day} {coming.hours}, og dagsordenen er sendt ud."
    post(
        kind=Mail.Kind.SEAT,
        to=User.objects.filter(pk__in=concerned - {by.pk}),
        subject=f"Plads i {seat.forum}: {seat}",
        body=signed(said, f"Se, hvem der sidder i forummet: {link(*_page_of(seat.forum))}"),
        key=f"seat:{what}:{appointment.pk}",
        about=seat.answers,
        by=by,
    )


def _page_of(forum: Forum) -> tuple[str, str, int]:
    return "council:forum", forum.district.slug, forum.pk
