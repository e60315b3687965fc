"""What people are told by mail about plans and answers."""

from datetime import date

from samraad.accounts.models import Mail, User
from samraad.accounts.outbox import post
from samraad.audit.actions import action
from samraad.council.models import Forum
from samraad.council.notices import due_today, link, people, signed
from samraad.plan.models import Edition, Plan
from samraad.plan.queries import missing_answers
from samraad.tags import dato


def answers_missing(plan: Plan, forum: Forum, count: int, today: date, key: str, by: User | None) -> int:
    """A lokalråd still owes answers."""
    due = f", senest {dato(plan.answers_due_on)}" if plan.answers_due_on else ""
    return post(
        kind=Mail.Kind.REMINDER,
        to=people(forum, today),
        subject=f"{count} svar mangler{due}",
        body=signed(f"{forum} mangler {count} svar på {plan}{due}.", f"Svar her: {link('plan:plans', plan.forum.district.slug)}"),
        key=key,
        district=plan.forum.district,
        by=by,
    )


@action
def remind_of_answers(*, today: date, by: None) -> int:
    """Before the last day, weekly and daily in the last week, and only those who owe; returns how many mails are new."""
    new = 0
    for plan in Plan.objects.cooperation().exclude(status="archived").filter(answers_due_on__gte=today).select_related("forum__district"):
        if due_today(plan.answers_due_on, today):
            for forum, count in missing_answers(plan).items():
                if count:
                    new += answers_missing(plan, forum, count, today, f"remind-answers:{plan.pk}:{forum.pk}:{today}", by)
    return new


def published(edition: Edition, today: date, by: User | None) -> None:
    """An edition is out: its addressees hear of it."""
    plan = edition.plan
    fora = {plan.forum, *(forum for area in plan.areas.prefetch_related("addressees") for forum in area.addressees.all())}
    page = "public:account" if plan.is_account else "public:plan"
    where = link(page, plan.forum.district.slug, plan.year)
    post(
        kind=Mail.Kind.DIGEST,
        to={user.pk: user for forum in fora for user in people(forum, today)}.values(),
        subject=f"{plan} er offentliggjort",
        body=signed(f"Udgave {edition.number} af {plan} kan læses her: {where}"),
        key=f"published:{edition.pk}",
        district=plan.forum.district,
        by=by,
    )
