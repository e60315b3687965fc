"""A hearing: opened, its parties asked, corrected and given more time, settled remark by remark, closed."""

import secrets
from datetime import date, datetime
from typing import Any

from samraad.accounts.actions import hash_token
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.look.danish import antal, dato
from samraad.plan import notices
from samraad.plan import permissions as may
from samraad.plan.edition import hearing_parts
from samraad.plan.models import Hearing, Party, Plan, Remark
from samraad.plan.queries import open_remarks
from samraad.search.actions import forget


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
    record("plan.hearing_opened", hearing, by=by, due_on=due_on)
    return hearing


@action
def correct_hearing(
    *, hearing: Hearing, due_on: date, letter: str, version: int, today: date, by: User
) -> Hearing:
    """Put the letter right, and give everybody more time: those who have not replied are told.

    The day never comes nearer.
    """
    may.hold_hearing.check(by, hearing.plan)
    _check_open(hearing)
    if due_on < hearing.due_on:
        raise Refused(
            f"Parterne har fået frist til {dato(hearing.due_on)}. Den kan blive senere, ikke tidligere."
        )
    later = due_on > hearing.due_on
    if later and due_on < today:
        raise Refused("Dagen er gået. Vælg en senere dag.")
    waiting = _waiting(hearing, due_on) if later else []
    save_over(hearing, version=version, due_on=due_on, letter=letter)
    for party in hearing.parties.filter(pk__in=waiting):
        notices.more_time(party, by)
    record("plan.hearing_corrected", hearing, by=by, due_on=due_on)
    return hearing


def _waiting(hearing: Hearing, due_on: date) -> list[int]:
    """The parties (by id) that have not replied and whose own last day lies before `due_on`."""
    return [party.pk for party in hearing.parties.filter(replied_at=None) if party.due_on < due_on]


@action
def call_off(*, hearing: Hearing, now: datetime, by: User) -> None:
    """Call off a hearing that nobody has replied to; the links die. It lies in the plan's bin for 30 days."""
    may.hold_hearing.check(by, hearing.plan)
    _check_open(hearing)
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
    """Ask somebody, and return the party with its token, which is shown once.

    With an address it gets a personal link by mail, with an organisation its people find the hearing on their
    desks. One that is asked on paper gets neither, and the secretariat writes the reply in.
    """
    may.hold_hearing.check(by, hearing.plan)
    _check_open(hearing)
    if not (email or organisation or paper):
        raise Refused(
            f"Skriv en mailadresse til {name}, vælg en organisation, der har adgang til Samråd, "
            "eller sæt kryds ved papir."
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
    """Put a party's name or address right, and return its new token.

    The link that was sent before dies; a new one goes to the address.
    """
    may.hold_hearing.check(by, party.hearing.plan)
    _check_open(party.hearing)
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
    """Take somebody out who should not have been asked; the link dies. One who has replied stays."""
    may.hold_hearing.check(by, party.hearing.plan)
    _check_open(party.hearing)
    if party.replied_at:
        raise Refused(f"{party} har svaret. Svaret hører til høringen og kan ikke fjernes.")
    record("plan.party_removed", party, by=by, hearing=party.hearing_id)
    party.delete()


@action
def extend(*, party: Party, until: date, today: date, by: User) -> Party:
    """Give a party more time, and tell it."""
    may.hold_hearing.check(by, party.hearing.plan)
    _check_open(party.hearing)
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
def settle(*, remark: Remark, outcome: str, answer: str, by: Actor) -> Remark:
    """Say what was done with a remark; one that was not taken needs a reason."""
    may.hold_hearing.check(by, remark.party.hearing.plan)
    _check_open(remark.party.hearing)
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
    _check_open(hearing)
    left = open_remarks(hearing).count()
    if left:
        lacking = antal(left, "bemærkning mangler,bemærkninger mangler")
        raise Refused(f"{lacking} svar på, hvad der blev gjort ved dem. Skriv det, og afslut så.")
    _check_nobody_can_reply(hearing, today)
    hearing.closed_at = now
    hearing.save(update_fields=["closed_at"])
    record("plan.hearing_closed", hearing, by=by)
    return hearing


def _check_nobody_can_reply(hearing: Hearing, today: date) -> None:
    names = []
    for party in hearing.parties.filter(replied_at=None):
        if not party.is_late(today):
            names.append(f"{party} ({dato(party.due_on)})")
    if names:
        raise Refused(
            f"Disse kan stadig svare: {', '.join(names)}. "
            "Vent, til fristen er gået, eller fjern dem, der ikke skal høres."
        )


def _check_open(hearing: Hearing) -> None:
    if hearing.closed_at:
        raise Refused("Høringen er afsluttet.")
