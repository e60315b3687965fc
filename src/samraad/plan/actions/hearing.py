"""A hearing: opened for parties, answered with or without a login, extended, corrected, settled remark by remark, closed."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from manuscript.persons import cpr_like
from manuscript.text import shortened
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, Stale, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.look.danish import dato
from samraad.plan import notices
from samraad.plan import permissions as may
from samraad.plan.edition import hearing_parts
from samraad.plan.models import Hearing, Party, Plan, Remark
from samraad.plan.queries import open_remarks
from samraad.search.actions import forget, index

WHOLE = "Planen som helhed"


def hash_token(token: str) -> str:
    """What is kept of a personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


@action
def open_hearing(*, plan: Plan, due_on: date, letter: str, today: date, now: datetime, by: Actor) -> Hearing:
    """Begin a hearing on a draft as it stands; parties are added to it."""
    may.hold_hearing.check(by, plan)
    if due_on < today:
        raise Refused("Den sidste dag er gået. Vælg en senere dag.")
    if plan.hearings.filter(closed_at=None).exists():
        raise Refused("Der er allerede en høring i gang om planen. Afslut den først.")
    if not plan.sections.exists():
        raise Refused("Planen har ingen afsnit at høre om endnu.")
    hearing = Hearing.objects.create(
        plan=plan, opened_at=now, due_on=due_on, letter=letter, parts=hearing_parts(plan)
    )
    record("plan.hearing_opened", hearing, by=by, due_on=str(due_on))
    return hearing


@action
def correct_hearing(
    *, hearing: Hearing, due_on: date, letter: str, version: int, today: date, by: User
) -> Hearing:
    """Put the letter right, and give everybody more time: those who have not replied are told. The day never comes nearer."""
    may.hold_hearing.check(by, hearing.plan)
    _open(hearing)
    later = due_on > hearing.due_on
    if due_on < hearing.due_on:
        raise Refused(
            f"Parterne har fået frist til {dato(hearing.due_on)}. Den kan blive senere, ikke tidligere."
        )
    if later and due_on < today:
        raise Refused("Dagen er gået. Vælg en senere dag.")
    waiting = [party for party in hearing.parties.filter(replied_at=None) if later and party.due_on < due_on]
    save_over(hearing, version=version, due_on=due_on, letter=letter)
    for party in hearing.parties.filter(pk__in=[party.pk for party in waiting]):
        notices.more_time(party, by)
    record("plan.hearing_corrected", hearing, by=by, due_on=str(due_on))
    return hearing


@action
def call_off(*, hearing: Hearing, now: datetime, by: User) -> None:
    """Call off a hearing that nobody has replied to; the links die. It lies in the plan's bin for 30 days."""
    may.hold_hearing.check(by, hearing.plan)
    _open(hearing)
    if hearing.parties.exclude(replied_at=None).exists():
        raise Refused("Parter har svaret. Behandl svarene, og afslut høringen.")
    forget(thing=hearing, by=by)
    record("plan.hearing_called_off", hearing, by=by, plan=hearing.plan_id)
    put_in_bin(thing=hearing, place=f"plan:{hearing.plan_id}", now=now, by=by)


@action
def add_parties(*, hearing: Hearing, rows: list[dict[str, Any]], by: Actor) -> list[tuple[Party, str]]:
    """Ask a whole list, or nobody when one line of it cannot be asked."""
    return [add_party(hearing=hearing, by=by, **row) for row in rows]


@action
def add_party(
    *,
    hearing: Hearing,
    name: str,
    by: Actor,
    email: str = "",
    organisation: Organisation | None = None,
    paper: bool = False,
) -> tuple[Party, str]:
    """Ask somebody: with an address she gets a personal link by mail, with an organisation its people find it on their desks; one who is
    asked on paper gets neither, and the secretariat writes the reply in.

    Returns the party and its token, which is shown once.
    """
    may.hold_hearing.check(by, hearing.plan)
    _open(hearing)
    if not (email or organisation or paper):
        raise Refused(
            f"Skriv en mailadresse til {name}, vælg en organisation, der har adgang til Samråd, eller sæt kryds ved papir."
        )
    if hearing.parties.filter(name=name).exists():
        raise Refused(f"{name} er allerede spurgt.")
    token = secrets.token_urlsafe(24)
    party = Party.objects.create(
        hearing=hearing, name=name, email=email, organisation=organisation, token_hash=hash_token(token)
    )
    if email or organisation:
        notices.asked_in_hearing(party, token, by)
    record("plan.party_asked", party, by=by, hearing=hearing.pk)
    return party, token


@action
def correct_party(*, party: Party, name: str, email: str, by: User) -> str:
    """Put a party's name or address right. The link that was sent before dies; a new one goes to the address. Returns the new token."""
    may.hold_hearing.check(by, party.hearing.plan)
    _open(party.hearing)
    if party.hearing.parties.filter(name=name).exclude(pk=party.pk).exists():
        raise Refused(f"{name} er allerede spurgt.")
    token = secrets.token_urlsafe(24)
    party.name, party.email, party.token_hash = name, email, hash_token(token)
    party.save(update_fields=["name", "email", "token_hash"])
    if email or party.organisation_id:
        notices.asked_in_hearing(party, token, by)
    record("plan.party_corrected", party, by=by, hearing=party.hearing_id)
    return token


@action
def remove_party(*, party: Party, by: User) -> None:
    """Take somebody who should not have been asked out of a hearing; the link dies. One who has replied stays."""
    may.hold_hearing.check(by, party.hearing.plan)
    _open(party.hearing)
    if party.replied_at:
        raise Refused(f"{party} har svaret. Svaret hører til høringen og kan ikke fjernes.")
    record("plan.party_removed", party, by=by, hearing=party.hearing_id)
    party.delete()


@action
def extend(*, party: Party, until: date, today: date, by: User) -> Party:
    """Give a party more time, and tell it."""
    may.hold_hearing.check(by, party.hearing.plan)
    _open(party.hearing)
    if until <= party.due_on:
        raise Refused(f"{party} har allerede frist til {dato(party.due_on)}.")
    if until < today:
        raise Refused("Dagen er gået. Vælg en senere dag.")
    party.extended_to = until
    party.save(update_fields=["extended_to"])
    notices.more_time(party, by)
    record("plan.party_extended", party, by=by, until=str(until))
    return party


@action
def note_opened(*, party: Party, now: datetime, by: Actor) -> None:
    """The party has seen the draft."""
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

    A new reply replaces the party's own until the last day. What came by mail is pasted in by the secretariat, also after the last day, and
    replaces only what was pasted. What has been settled stays. Somebody else's reply in between is shown, never overwritten.
    """
    _may_reply(party, today, by, pasted)
    said = _said(party, remarks, whole, nothing)
    if version is not None and version != party.version:
        theirs = "\n\n".join(f"{remark.about}: {remark.text}" for remark in party.remarks.all())
        raise Stale(
            "Svaret er ikke gemt. En kollega svarede imens. Se begge svar, og vælg, hvad der skal stå.",
            mine="\n\n".join(f"{about}: {text}" for about, text in said.values()),
            theirs=theirs,
            version=party.version,
        )
    own = party.remarks.filter(pasted=pasted)
    if not pasted and own.exclude(outcome="").exists():
        raise Refused("Sekretariatet er begyndt at behandle svaret. Skriv til det, hvis noget skal ændres.")
    own.filter(outcome="").delete()
    if nothing and party.remarks.exists():
        raise Refused(
            f"{party} har sendt bemærkninger før. “Ingen bemærkninger” kan ikke stå ved siden af dem."
        )
    order = {part["key"]: place for place, part in enumerate(party.hearing.parts, start=1)}
    for key, (about, text) in said.items():
        Remark.objects.create(
            party=party,
            part=key,
            position=order.get(key, 0),
            about=shortened(about, 220),
            text=text,
            pasted=pasted,
        )
    party.replied_at, party.nothing_to_say = now, nothing
    party.opened_at = party.opened_at or now
    party.version += 1
    party.save(update_fields=["replied_at", "nothing_to_say", "opened_at", "version"])
    record("plan.hearing_replied", party, by=by, remarks=len(said), pasted=pasted)
    _find(party.hearing, by)
    return party


def _may_reply(party: Party, today: date, by: Actor, pasted: bool) -> None:
    """Raise unless this reply may be taken now."""
    if pasted:
        may.hold_hearing.check(by, party.hearing.plan)
    else:
        may.reply_to_hearing.check(by, party)
    _open(party.hearing)
    if today > party.due_on and not pasted:
        raise Refused("Fristen er gået. Skriv til sekretariatet, hvis I har brug for mere tid.")


def _said(party: Party, remarks: dict[str, str], whole: str, nothing: bool) -> dict[str, tuple[str, str]]:
    """The remarks by key as (what they are about, text); "" is the whole. Raises Refused for an empty, double or personal reply."""
    titles = {part["key"]: part["title"] for part in party.hearing.parts} | {"": WHOLE}
    said = {
        key: (titles[key], text.strip())
        for key, text in (remarks | {"": whole}).items()
        if key in titles and text.strip()
    }
    if not said and not nothing:
        raise Refused("Skriv en bemærkning, eller sæt kryds ved “Ingen bemærkninger”.")
    if said and nothing:
        raise Refused("Der er både bemærkninger og kryds ved “Ingen bemærkninger”. Vælg det ene.")
    for _, text in said.values():
        if found := cpr_like(text):
            raise Refused(
                f"Teksten ligner et CPR-nummer ({found}). Et høringssvar må ikke rumme personoplysninger. Fjern det, og send igen."
            )
    return said


def _find(hearing: Hearing, by: Actor) -> None:
    forum = hearing.plan.forum
    texts = [
        f"{party} {remark.text}"
        for party in hearing.parties.prefetch_related("remarks")
        for remark in party.remarks.all()
    ]
    index(
        thing=hearing,
        district=forum.district.slug,
        kind="Høring",
        title=str(hearing),
        text="\n".join(texts),
        url=reverse("plan:hearing", args=[forum.district.slug, hearing.pk]),
        forum_id=forum.pk,
        by=by,
    )


@action
def settle(*, remark: Remark, outcome: str, answer: str, by: Actor) -> Remark:
    """Say what was done with a remark; one that was not taken needs a reason."""
    may.hold_hearing.check(by, remark.party.hearing.plan)
    _open(remark.party.hearing)
    if outcome == Remark.Outcome.NOT_TAKEN and not answer.strip():
        raise Refused("Skriv, hvorfor bemærkningen ikke er taget med.")
    remark.outcome, remark.answer = outcome, answer
    remark.save(update_fields=["outcome", "answer"])
    record("plan.remark_settled", remark.party, by=by, outcome=outcome)
    return remark


@action
def close(*, hearing: Hearing, today: date, now: datetime, by: Actor) -> Hearing:
    """End a hearing when every remark has an answer and nobody still has time to reply."""
    may.hold_hearing.check(by, hearing.plan)
    _open(hearing)
    if left := open_remarks(hearing).count():
        raise Refused(f"{left} bemærkninger mangler, hvad der blev gjort ved dem.")
    waiting = [party for party in hearing.parties.filter(replied_at=None) if party.due_on >= today]
    if waiting:
        names = ", ".join(f"{party} ({dato(party.due_on)})" for party in waiting)
        raise Refused(
            f"Disse kan stadig svare: {names}. Vent, til fristen er gået, eller fjern dem, der ikke skal høres."
        )
    hearing.closed_at = now
    hearing.save(update_fields=["closed_at"])
    record("plan.hearing_closed", hearing, by=by)
    return hearing


def _open(hearing: Hearing) -> None:
    if hearing.closed_at:
        raise Refused("Høringen er afsluttet.")
