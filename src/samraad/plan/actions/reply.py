"""A reply to a hearing: opened, taken part by part, found again by those who hold it."""

from datetime import date, datetime

from django.utils.html import format_html_join

from manuscript.persons import cpr_like
from manuscript.text import shortened
from samraad.audit.actions import Refused, Stale, action, record
from samraad.audit.actor import Actor
from samraad.plan import permissions as may
from samraad.plan.models import Hearing, Party, Remark
from samraad.search.actions import index

WHOLE = "Planen som helhed"
REPLIED_MEANWHILE = (
    "Svaret er ikke gemt. En kollega svarede imens. Se begge svar, og vælg, hvad der skal stå."
)
Said = dict[str, tuple[str, str]]  # key of a part ("" is the whole) -> (what the remark is about, its text)


@action
def note_opened(*, party: Party, now: datetime, by: Actor) -> None:
    """The party has seen the draft."""
    may.reply_to_hearing.check(by, party)
    if party.opened_at is None:
        party.opened_at = now
        party.save(update_fields=["opened_at"])
        record("plan.hearing_seen", party, by=by)


@action
def reply(
    *,
    party: Party,
    remarks: dict[str, str],
    whole: str,
    nothing: bool,
    today: date,
    now: datetime,
    by: Actor,
    pasted: bool = False,
    version: int | None = None,
) -> Party:
    """Take a party's reply: remarks by the key of the part they are about, to the whole, or none at all.

    A new reply replaces the party's own until the last day. What came by mail the secretariat pastes in,
    also after the last day, and replaces only what was pasted. What has been settled stays. Somebody else's
    reply in between is shown, never overwritten.
    """
    _check_may_reply(party, today, by, pasted)
    said = _said(party, remarks, whole)
    _check_said(said, nothing)
    _check_stale(party, party.version if version is None else version, said)
    _check_stays(party, nothing, pasted)
    party.remarks.filter(pasted=pasted, outcome="").delete()
    _write(party, said, pasted)
    party.replied_at, party.nothing_to_say = now, nothing
    party.opened_at = party.opened_at or now
    party.version += 1
    party.save(update_fields=["replied_at", "nothing_to_say", "opened_at", "version"])
    record("plan.hearing_replied", party, by=by, remarks=len(said), pasted=pasted)
    index_hearing(party.hearing, by)
    return party


def _check_may_reply(party: Party, today: date, by: Actor, pasted: bool) -> None:
    """Raise unless this reply may be taken now."""
    if pasted:
        may.hold_hearing.check(by, party.hearing.plan)
    else:
        may.reply_to_hearing.check(by, party)
    if party.hearing.closed_at:
        raise Refused("Høringen er afsluttet.")
    if party.is_late(today) and not pasted:
        raise Refused("Fristen er gået. Skriv til sekretariatet, hvis I har brug for mere tid.")


def _said(party: Party, remarks: dict[str, str], whole: str) -> Said:
    """The remarks that say something, in the order they were sent."""
    titles = {part["key"]: part["title"] for part in party.hearing.parts} | {"": WHOLE}
    said: Said = {}
    for key, text in (remarks | {"": whole}).items():
        if key in titles and text.strip():
            said[key] = titles[key], text.strip()
    return said


def _check_said(said: Said, nothing: bool) -> None:
    """Raise Refused for an empty, double or personal reply."""
    if not said and not nothing:
        raise Refused("Skriv en bemærkning, eller sæt kryds ved “Ingen bemærkninger”.")
    if said and nothing:
        raise Refused("Der er både bemærkninger og kryds ved “Ingen bemærkninger”. Vælg det ene.")
    for _, text in said.values():
        found = cpr_like(text)
        if found:
            raise Refused(
                f"Teksten ligner et CPR-nummer ({found}). Et høringssvar må ikke rumme personoplysninger. "
                "Fjern det, og send igen."
            )


def _check_stale(party: Party, version: int, said: Said) -> None:
    """Raise Stale, with both replies, when a colleague has replied since `version`.

    What differs are the remarks, rows of their own, so `save_over` cannot tell it.
    """
    if version == party.version:
        return
    kept = party.remarks.values_list("about", "text")
    raise Stale(
        REPLIED_MEANWHILE, mine=_told(list(said.values())), theirs=_told(list(kept)), version=party.version
    )


def _told(remarks: list[tuple[str, str]]) -> str:
    return format_html_join("", "<p>{}: {}</p>", remarks)


def _check_stays(party: Party, nothing: bool, pasted: bool) -> None:
    """Raise Refused when what stays beside the new reply does not go with it."""
    settled = party.remarks.filter(pasted=pasted).exclude(outcome="")
    if not pasted and settled.exists():
        raise Refused("Sekretariatet er begyndt at behandle svaret. Skriv til det, hvis noget skal ændres.")
    stay = party.remarks.exclude(pasted=pasted, outcome="")
    if nothing and stay.exists():
        raise Refused(
            f"{party} har sendt bemærkninger før. “Ingen bemærkninger” kan ikke stå ved siden af dem."
        )


def _write(party: Party, said: Said, pasted: bool) -> None:
    places = {part["key"]: place for place, part in enumerate(party.hearing.parts, start=1)}
    for key, (about, text) in said.items():
        Remark.objects.create(
            party=party,
            part=key,
            position=places.get(key, 0),
            about=shortened(about, 220),
            text=text,
            pasted=pasted,
        )


def index_hearing(hearing: Hearing, by: Actor) -> None:
    """Let those who hold the hearing find what was replied."""
    texts = []
    remarks = Remark.objects.filter(party__hearing=hearing).select_related("party")
    for remark in remarks.order_by("party__name", "position", "pk"):
        texts.append(f"{remark.party} {remark.text}")
    forum = hearing.plan.forum
    index(
        thing=hearing,
        district=forum.district.slug,
        kind="Høring",
        title=str(hearing),
        text="\n".join(texts),
        url=hearing.get_absolute_url(),
        forum_id=forum.pk,
        by=by,
    )
