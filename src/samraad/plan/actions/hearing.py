"""A hearing: opened for parties, answered with or without a login, extended, settled remark by remark, closed."""

import hashlib
import secrets
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from samraad.accounts.models import Mail, Organisation, User
from samraad.accounts.outbox import post
from samraad.audit.actions import Refused, action, record
from samraad.council.notices import link
from samraad.documents.text import cpr_like
from samraad.plan.models import Hearing, Party, Plan, Remark
from samraad.plan.permissions import hold_hearing as may_hold
from samraad.plan.permissions import reply_to_hearing as may_reply
from samraad.search.actions import index
from samraad.tags import dato

WHOLE = "Planen som helhed"


def hash_token(token: str) -> str:
    """What is kept of a personal link."""
    return hashlib.sha256(token.encode()).hexdigest()


@action
def open_hearing(*, plan: Plan, due_on: date, letter: str, today: date, now: datetime, by: User | None) -> Hearing:
    """Begin a hearing on a draft; parties are added to it."""
    if by is not None:
        may_hold.check(by, plan)
    if due_on < today:
        raise Refused("Den sidste dag er gået. Vælg en senere dag.")
    if plan.hearings.filter(closed_at=None).exists():
        raise Refused("Der er allerede en høring i gang om planen. Afslut den først.")
    if not plan.sections.exists():
        raise Refused("Planen har ingen afsnit at høre om endnu.")
    hearing = Hearing.objects.create(plan=plan, opened_at=now, due_on=due_on, letter=letter)
    record("plan.hearing_opened", hearing, by=by, due_on=str(due_on))
    return hearing


@action
def add_party(
    *, hearing: Hearing, name: str, by: User | None, email: str = "", organisation: Organisation | None = None
) -> tuple[Party, str]:
    """Ask somebody: with an address she gets a personal link by mail, with an organisation its people find it on their desks.

    Returns the party and its token, which is shown once.
    """
    if by is not None:
        may_hold.check(by, hearing.plan)
    _open(hearing)
    if not email and organisation is None:
        raise Refused("Skriv en mailadresse, eller vælg en organisation, der har adgang til Samråd.")
    if hearing.parties.filter(name=name).exists():
        raise Refused(f"{name} er allerede spurgt.")
    token = secrets.token_urlsafe(24)
    party = Party.objects.create(hearing=hearing, name=name, email=email, organisation=organisation, token_hash=hash_token(token))
    if email:
        _invite(party, token, by)
    record("plan.party_asked", party, by=by, hearing=hearing.pk)
    return party, token


def _invite(party: Party, token: str, by: User | None) -> None:
    plan = party.hearing.plan
    where = link("plan:hearing_party", plan.forum.district.slug, token)
    post(
        kind=Mail.Kind.HEARING,
        address=party.email,
        subject=f"Høring: {plan}, svar senest {dato(party.due_on)}",
        body=f"{plan.forum} beder om jeres bemærkninger til {plan}.\n\nLæs og svar her uden login: {where}\n\nLinket er personligt.",
        key=f"hearing:{party.pk}:{party.token_hash[:12]}",
        district=plan.forum.district,
        by=by,
    )


@action
def extend(*, party: Party, until: date, by: User) -> Party:
    """Give a party more time."""
    may_hold.check(by, party.hearing.plan)
    _open(party.hearing)
    if until <= party.due_on:
        raise Refused(f"{party} har allerede frist til {dato(party.due_on)}.")
    party.extended_to = until
    party.save(update_fields=["extended_to"])
    record("plan.party_extended", party, by=by, until=str(until))
    return party


@action
def note_opened(*, party: Party, now: datetime, by: User | None) -> None:
    """The party has seen the draft."""
    if party.opened_at is None:
        party.opened_at = now
        party.save(update_fields=["opened_at"])
        record("plan.hearing_seen", party, by=by)


@action
def reply(
    *, party: Party, remarks: dict[int, str], whole: str, nothing: bool, today: date, now: datetime, by: User | None, pasted: bool = False
) -> Party:
    """Take a party's reply: remarks by section (0 is the whole), or none at all. A new reply replaces the old one until the last day.

    A reply that came by mail is pasted in by the secretariat, also after the last day.
    """
    plan = party.hearing.plan
    if pasted:
        assert by is not None
        may_hold.check(by, plan)
    elif by is not None:
        may_reply.check(by, party)
    if party.hearing.closed_at or (today > party.due_on and not pasted):
        raise Refused("Fristen er gået. Skriv til sekretariatet, hvis I har brug for mere tid.")
    texts = {section.pk: remarks.get(section.pk, "").strip() for section in plan.sections.all()}
    said = {pk: text for pk, text in texts.items() if text}
    if not (said or whole.strip() or nothing):
        raise Refused("Skriv en bemærkning, eller sæt kryds ved “Ingen bemærkninger”.")
    if nothing and (said or whole.strip()):
        raise Refused("Der er både bemærkninger og kryds ved “Ingen bemærkninger”. Vælg det ene.")
    for text in [*said.values(), whole]:
        if found := cpr_like(text):
            raise Refused(
                f"Teksten ligner et CPR-nummer ({found}). Et høringssvar må ikke rumme personoplysninger. Fjern det, og send igen."
            )
    if not pasted and party.remarks.exclude(outcome="").exists():
        raise Refused("Sekretariatet er begyndt at behandle svaret. Skriv til det, hvis noget skal ændres.")
    if not pasted:
        party.remarks.all().delete()
    sections = {section.pk: section for section in plan.sections.all()}
    for pk, text in said.items():
        Remark.objects.create(party=party, section=sections[pk], about=str(sections[pk]), text=text, pasted=pasted)
    if whole.strip():
        Remark.objects.create(party=party, about=WHOLE, text=whole.strip(), pasted=pasted)
    party.replied_at, party.nothing_to_say = now, nothing
    party.opened_at = party.opened_at or now
    party.save(update_fields=["replied_at", "nothing_to_say", "opened_at"])
    record("plan.hearing_replied", party, by=by, remarks=len(said) + bool(whole.strip()), pasted=pasted)
    _find(party.hearing, by)
    return party


def _find(hearing: Hearing, by: User | None) -> None:
    forum = hearing.plan.forum
    texts = [f"{party} {remark.text}" for party in hearing.parties.prefetch_related("remarks") for remark in party.remarks.all()]
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
def settle(*, remark: Remark, outcome: str, answer: str, by: User) -> Remark:
    """Say what was done with a remark; one that was not taken needs a reason."""
    may_hold.check(by, remark.party.hearing.plan)
    if outcome == Remark.Outcome.NOT_TAKEN and not answer.strip():
        raise Refused("Skriv, hvorfor bemærkningen ikke er taget med.")
    remark.outcome, remark.answer = outcome, answer
    remark.save(update_fields=["outcome", "answer"])
    record("plan.remark_settled", remark.party, by=by, outcome=outcome)
    return remark


@action
def close(*, hearing: Hearing, now: datetime, by: User) -> Hearing:
    """End a hearing when every remark has an answer."""
    may_hold.check(by, hearing.plan)
    _open(hearing)
    if left := open_remarks(hearing).count():
        raise Refused(f"{left} bemærkninger mangler, hvad der blev gjort ved dem.")
    hearing.closed_at = now
    hearing.save(update_fields=["closed_at"])
    record("plan.hearing_closed", hearing, by=by)
    return hearing


def open_remarks(hearing: Hearing) -> QuerySet[Remark]:
    """The remarks that nobody has answered."""
    return Remark.objects.filter(party__hearing=hearing, outcome="")


def _open(hearing: Hearing) -> None:
    if hearing.closed_at:
        raise Refused("Høringen er afsluttet.")
