"""What people are told by mail about plans and answers."""

from datetime import date, datetime
from functools import partial

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from samraad import clock
from samraad.accounts.models import Mail, Membership, User
from samraad.accounts.outbox import Letter, among, post
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor, System
from samraad.council.models import Appointment, Forum
from samraad.council.notices import due_today, link, people, signed
from samraad.look.danish import dato
from samraad.plan.models import Edition, Party, Plan
from samraad.plan.queries.matrix import missing_answers
from samraad.plan.states import PlanStatus

TELLS = (
    Told(
        "reminder",
        "Sekretariatet minder om svar, der mangler",
        "Alle med en plads i det lokalråd, der skylder svar",
        desk="“Svar på planen” hos lokalrådets medlemmer og den, der forbereder",
    ),
    Told(
        "remind-answers",
        "Svarfristen nærmer sig: hver uge, og hver dag den sidste uge",
        "Alle med en plads i det lokalråd, der skylder svar",
    ),
    Told(
        "hearing",
        "En part bliver hørt",
        "Partens mailadresse; uden den de, der sidder for organisationen, ellers dens administratorer",
        desk="“Svar på høringen” hos partens folk",
    ),
    Told("hearing-time", "En part har fået mere tid", "De samme"),
    Told(
        "remind-hearing",
        "Høringsfristen nærmer sig: hver uge, og hver dag den sidste uge",
        "De samme, hvis de ikke har svaret",
    ),
    Told(
        "published",
        "En plan er offentliggjort, når dens time er kommet",
        "Alle med en plads i planens forum og i de fora, som dens indsatsområder er rettet til",
    ),
)


def answers_missing(plan: Plan, forum: Forum, count: int, today: date, key: str) -> Letter:
    """The mail to a lokalråd that still owes answers."""
    due = ""
    if plan.answers_due_on:
        due = f", senest {dato(plan.answers_due_on)}"
    return Letter(
        kind=Mail.Kind.REMINDER,
        to=tuple(people(forum, today)),
        subject=f"{count} svar mangler{due}",
        body=signed(
            f"{forum} mangler {count} svar på {plan}{due}.",
            f"Svar her: {_answers(plan, forum)}",
        ),
        key=key,
        about=plan.forum.district,
        forum_ids=(forum.pk,),
    )


def _answers(plan: Plan, forum: Forum) -> str:
    """Where a lokalråd answers: on its own action plan, or where it begins one."""
    slug = plan.forum.district.slug
    own = Plan.objects.action().filter(forum=forum, district_plan=plan).values_list("pk", flat=True).first()
    if own is None:
        return link("plan:plans", slug)
    return f"{link('plan:plan', slug, own)}#svar"


def remind_of_answers(*, today: date, by: System) -> int:
    """Tell those who owe answers to a released plan, and return how many mails are new.

    It is done before the last day: weekly, and daily in the last week.
    """
    new = 0
    asking = Plan.objects.cooperation().filter(status=PlanStatus.PUBLISHED, answers_due_on__gte=today)
    for plan in asking.select_related("forum__district"):
        if due_today(plan.answers_due_on, today):
            new += _remind_all(plan, today, by)
    return new


def _remind_all(plan: Plan, today: date, by: System) -> int:
    new = 0
    for forum, count in missing_answers(plan).items():
        if count:
            key = f"remind-answers:{plan.pk}:{forum.pk}:{today}"
            new += among(key, partial(answers_missing(plan, forum, count, today, key).post, by))
    return new


def asked_in_hearing(party: Party, token: str, by: Actor) -> None:
    """A party is asked for its remarks.

    One without a login gets its own link, the people of an organisation find the hearing on their desks.
    """
    plan = party.hearing.plan
    asks = f"{plan.forum} beder om jeres bemærkninger til {plan}, senest {dato(party.due_on)}."
    body = signed(asks, f"Svar her: {_reply(party)}")
    key = f"hearing:{party.pk}"
    if party.email:
        where = link("plan:hearing_party", plan.forum.district.slug, token)
        personal = "Linket er personligt. Et link, I har fået før, virker ikke mere."
        body = f"{asks}\n\nLæs og svar her uden login: {where}\n\n{personal}"
        key = f"{key}:{party.token_hash[:12]}"
    _to_party(party, f"Høring: {plan}", body, key, by)


def more_time(party: Party, by: Actor) -> None:
    """A party has a later last day."""
    text = f"{party} kan svare på høringen om {party.hearing.plan} til og med {dato(party.due_on)}."
    _to_party(party, "I har fået mere tid til høringen", text, f"hearing-time:{party.pk}:{party.due_on}", by)


def remind_of_hearings(*, today: date, by: System) -> int:
    """Tell the parties that have not replied, weekly and daily in the last week; returns how many are new."""
    new = 0
    waiting = Party.objects.filter(replied_at=None, hearing__closed_at=None)
    waiting = waiting.exclude(email="", organisation=None)  # those asked on paper get no mail
    for party in waiting.select_related("hearing__plan__forum__district", "organisation"):
        if party.due_on >= today and due_today(party.due_on, today):
            key = f"remind-hearing:{party.pk}:{today}"
            new += among(key, partial(_remind_party, party, key, by))
    return new


def _remind_party(party: Party, key: str, by: System) -> int:
    """A party has not replied yet."""
    last = dato(party.due_on)
    where = f"Svar her: {_reply(party)}"
    if party.email:
        where = "Brug linket i den første mail."
    text = f"{party} har ikke svaret på høringen om {party.hearing.plan}. Sidste dag er {last}.\n\n{where}"
    return _to_party(party, f"Høring: svar senest {last}", text, key, by)


def _reply(party: Party) -> str:
    return link("plan:hearing_reply", party.hearing.plan.forum.district.slug, party.pk)


def _to_party(party: Party, subject: str, body: str, key: str, by: Actor) -> int:
    """Post to a party's address, or to those who work for it."""
    district = party.hearing.plan.forum.district
    to = [] if party.email else _staff(party, clock.today())
    return post(
        kind=Mail.Kind.HEARING,
        to=to,
        address=party.email,
        subject=subject,
        body=body,
        key=key,
        about=district,
        by=by,
    )


def _staff(party: Party, today: date) -> list[User]:
    """Those who sit somewhere for the organisation that is asked; where nobody does, its administrators."""
    held = Appointment.objects.current(today).filter(seat__organisation=party.organisation)
    working = Membership.objects.current(today).filter(organisation=party.organisation)
    staff = User.objects.filter(memberships__in=working).distinct()
    administrators = working.filter(right=Membership.Right.ADMINISTRATOR)
    return list(staff.filter(appointments__in=held).distinct()) or list(
        User.objects.filter(memberships__in=administrators).distinct()
    )


def tell_of_published(*, now: datetime, by: System) -> int:
    """The addressees hear of an edition when its set hour has come, once; returns how many mails are new."""
    newer = Edition.objects.public(now).filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    out = Edition.objects.public(now).filter(
        ~Exists(newer), public_from__gt=F("released_at"), withdrawn_because=""
    )
    told = set(Mail.objects.filter(key__startswith="published:").values_list("key", flat=True))
    new = 0
    for edition in out.select_related("plan__forum__district"):
        if _key(edition) not in told:
            new += among(_key(edition), partial(published, edition, timezone.localdate(now), by))
    return new


def _key(edition: Edition) -> str:
    return f"published:{edition.pk}"


def published(edition: Edition, today: date, by: Actor) -> int:
    """An edition is out: its addressees hear of it."""
    plan = edition.plan
    page = "public:account" if plan.is_account else "public:plan"
    where = link(page, plan.forum.district.slug, plan.year)
    return post(
        kind=Mail.Kind.DIGEST,
        to=_addressees(plan, today),
        subject=f"{plan} er offentliggjort",
        body=signed(f"Udgave {edition.number} af {plan} kan læses her: {where}"),
        key=_key(edition),
        about=plan.forum.district,
        by=by,
    )


def _addressees(plan: Plan, today: date) -> list[User]:
    """The people of the plan's forum and of the fora that its areas are addressed to, each once."""
    fora = {plan.forum}
    for area in plan.areas.prefetch_related("addressees"):
        fora.update(area.addressees.all())
    found = {}
    for forum in fora:
        for user in people(forum, today):
            found[user.pk] = user
    return list(found.values())
