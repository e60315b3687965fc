"""What the search finds of fora, seats and meetings: for those inside, and for everybody what is open."""

from samraad.audit.actor import Actor
from samraad.audit.rooms import public_address
from samraad.council.actions.publication import index_minutes
from samraad.council.models import Forum, Meeting, Seat
from samraad.search.actions import index


def index_forum(forum: Forum, by: Actor) -> None:
    """A forum of the register, for everybody: what it is for, where it is."""
    places = " ".join(map(str, forum.municipalities.all()))
    _for_all_and_at_work(forum, forum, f"{forum.get_kind_display()} {forum.description} {places}", by)


def index_seat(seat: Seat, by: Actor) -> None:
    """A person by her seat, never by her name or her mail."""
    _for_all_and_at_work(seat, seat.forum, f"{seat.forum} {_of(seat)}", by)


def _of(seat: Seat) -> str:
    """The organisation a seat belongs to, if any."""
    if seat.organisation is None:
        return ""
    return str(seat.organisation)


def _for_all_and_at_work(thing: Forum | Seat, forum: Forum, text: str, by: Actor) -> None:
    """Two places to read it: the page for everybody, and the forum's own for those at work."""
    kind = "Forum"
    if isinstance(thing, Seat):
        kind = "Plads"
    for public, url in ((True, public_address(thing)), (False, forum.get_absolute_url())):
        if url:
            index(
                thing=thing,
                district=forum.district.slug,
                kind=kind,
                title=str(thing),
                text=text,
                url=url,
                public=public,
                by=by,
            )


def index_meeting(meeting: Meeting, by: Actor) -> None:
    """A meeting to come, for its forum; its minutes take its place."""
    items = " ".join(map(str, meeting.items.values_list("title", flat=True)))
    index(
        thing=meeting,
        district=meeting.forum.district.slug,
        kind="Møde",
        title=str(meeting),
        text=f"dagsorden {items}",
        url=meeting.get_absolute_url(),
        forum_id=meeting.forum_id,
        by=by,
    )


def fora_again(by: Actor) -> None:
    """Every forum."""
    for forum in Forum.objects.select_related("district").prefetch_related("municipalities"):
        index_forum(forum, by)


def seats_again(by: Actor) -> None:
    """Every seat."""
    for seat in Seat.objects.select_related("forum__district", "organisation"):
        index_seat(seat, by)


def meetings_again(by: Actor) -> None:
    """Every meeting: its minutes where they were sent, and the open part where it is published."""
    for meeting in Meeting.objects.select_related("forum__district").prefetch_related("items"):
        if meeting.minutes_sent_at:
            index_minutes(meeting, by, public=False)
        else:
            index_meeting(meeting, by)
        if meeting.published_at:
            index_minutes(meeting, by, public=True)
