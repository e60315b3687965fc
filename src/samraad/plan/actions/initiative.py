"""Initiatives from idea to spread or stopped; indicators and their numbers."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from manuscript.text import shortened
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.bin import put_in_bin
from samraad.commitment.actions.duty import reword_duty
from samraad.commitment.models import Duty
from samraad.plan import permissions as may
from samraad.plan.models import Answer, FocusArea, Indicator, Initiative, Measurement, Plan
from samraad.plan.states import INITIATIVE, AnswerStatus, Stage
from samraad.search.actions import forget, index


class InitiativeFields(TypedDict, total=False):
    """What can be written of a piece of work."""

    area: FocusArea | None
    text: str
    running: bool
    success_criterion: str
    target_group: str
    partners: str


class WholeInitiative(InitiativeFields, total=False):
    """What one holds that did not begin here: how far it had come, what it was run as, what it came from."""

    stage: str
    verdict: str
    ends_on: date | None
    deliverables: str
    good_practice: str
    continues: Initiative
    adopted_from: Initiative


class Reworded(InitiativeFields, total=False):
    """What can be put right of one that exists."""

    title: str


@action
def add_initiative(
    *,
    plan: Plan,
    title: str,
    by: Actor,
    leads: Sequence[Organisation] = (),
    **fields: Unpack[WholeInitiative],
) -> Initiative:
    """Add a piece of work; one that runs already is kept apart from a new one."""
    may.keep_initiatives.check(by, plan)
    initiative = Initiative(plan=plan, title=title, **fields)
    if initiative.running and initiative.stage == Stage.IDEA:
        initiative.stage = Stage.TRIAL
    initiative.save()
    initiative.leads.set(leads)
    record("plan.initiative_added", initiative, by=by, plan=plan.pk, running=initiative.running)
    index_initiative(initiative, by)
    return initiative


def index_initiative(initiative: Initiative, by: Actor) -> None:
    """Make an initiative, and what it delivers as a project, findable for the forum that writes it."""
    forum = initiative.plan.forum
    texts = [
        initiative.text,
        initiative.target_group,
        initiative.partners,
        initiative.deliverables,
        initiative.good_practice,
    ]
    index(
        thing=initiative,
        district=forum.district.slug,
        kind=f"Indsats, {initiative.plan}",
        title=initiative.title,
        text=" ".join(texts),
        url=initiative.get_absolute_url(),
        forum_id=forum.pk,
        by=by,
    )


@action
def edit_initiative(
    *,
    initiative: Initiative,
    version: int,
    by: User,
    leads: list[Organisation],
    **fields: Unpack[Reworded],
) -> Initiative:
    """Save an initiative. The success criterion cannot be changed once the trial has begun."""
    may.keep_initiatives.check(by, initiative.plan)
    begun = initiative.stage != Stage.IDEA
    if begun and fields.get("running", initiative.running) != initiative.running:
        raise Refused("Indsatsen er i gang. Om den kørte i forvejen, kan ikke ændres nu.")
    criterion = fields.get("success_criterion", initiative.success_criterion)
    if begun and initiative.success_criterion and criterion != initiative.success_criterion:
        raise Refused("Forsøget er begyndt. Succeskriteriet blev skrevet før og kan ikke ændres nu.")
    save_over(initiative, version=version, leads=leads, **fields)
    record("plan.initiative_changed", initiative, by=by)
    index_initiative(initiative, by)
    for duty in Duty.objects.filter(milestones__initiative=initiative).exclude(source=source_of(initiative)):
        reword_duty(duty=duty, source=source_of(initiative), by=SYSTEM)
    return initiative


def source_of(initiative: Initiative) -> str:
    """Where the proposals of a project's milestones come from, as a forum's wheel shows it."""
    return shortened(f"Projektet {initiative}", 200)


@action
def remove_initiative(*, initiative: Initiative, now: datetime, by: User) -> None:
    """Take an initiative out of its plan that nobody has built on; it lies in the plan's bin for 30 days."""
    may.keep_initiatives.check(by, initiative.plan)
    if initiative.milestones.exists() or initiative.grants.exists():
        raise Refused(
            "Indsatsen har milepæle eller penge. Fjern dem først på projektets side, "
            "eller lad indsatsen blive stoppet."
        )
    if initiative.continued_by.exists():
        raise Refused("En senere plan fører indsatsen videre. Lad den blive stoppet i stedet.")
    if adopted := initiative.adopted_by.select_related("plan__forum").first():
        raise Refused(f"{adopted.plan.forum} har overtaget indsatsen. Lad den blive stoppet i stedet.")
    if _answered(initiative):
        raise Refused(
            f"Der er svaret på området “{initiative.area}”, som indsatsen hører til. "
            "Ret svaret, eller lad indsatsen blive stoppet."
        )
    forget(thing=initiative, by=by)
    put_in_bin(thing=initiative, place=f"plan:{initiative.plan_id}", now=now, by=by)


def _answered(initiative: Initiative) -> bool:
    """Does a sent answer rest on the initiative?

    In an action plan it is its own “Indsats” with no other initiative on the area, else any on the area.
    """
    answers = Answer.objects.filter(area=initiative.area_id, status=AnswerStatus.SENT)
    if not initiative.plan.is_action:
        return answers.exists()
    others = initiative.plan.initiatives.filter(area=initiative.area_id).exclude(pk=initiative.pk)
    return answers.filter(plan=initiative.plan, kind=Answer.Kind.INITIATIVE).exists() and not others.exists()


@action
def advance(*, initiative: Initiative, stage: str, by: Actor, verdict: str = "") -> Initiative:
    """Take an initiative to its next stage; a trial needs its criterion first, an evaluation its verdict."""
    may.keep_initiatives.check(by, initiative.plan)
    now, then = Stage(initiative.stage).label, Stage(stage).label
    refusal = f"En indsats kan ikke gå fra “{now}” til “{then}”."
    event = step(INITIATIVE, initiative, stage, refusal, field="stage")
    if stage == Stage.TRIAL and not initiative.success_criterion:
        raise Refused("Skriv først, hvordan man kan se, at det lykkes. Det skal stå, før forsøget begynder.")
    if stage in (Stage.EVALUATED, Stage.STOPPED) and not (verdict or initiative.verdict):
        raise Refused("Skriv, hvad der viste sig.")
    initiative.stage, initiative.verdict = stage, verdict or initiative.verdict
    initiative.version += 1
    initiative.save(update_fields=["stage", "verdict", "version"])
    record(event, initiative, by=by, stage=stage)
    return initiative


@action
def add_indicator(
    *,
    area: FocusArea,
    name: str,
    unit: str,
    period: str,
    by: Actor,
    of_what: str = "",
    baseline: Decimal | None = None,
    target: Decimal | None = None,
    persons: bool = False,
) -> Indicator:
    """Say how a focus area is counted: unit, of what, period, baseline and target."""
    may.write.check(by, area.plan)
    indicator = Indicator.objects.create(
        area=area,
        name=name,
        unit=unit,
        of_what=of_what,
        period=period,
        baseline=baseline,
        target=target,
        persons=persons,
    )
    record("plan.indicator_added", indicator, by=by, area=area.pk)
    return indicator


@action
def measure(
    *,
    indicator: Indicator,
    municipality: Organisation,
    period: str,
    value: int,
    of: int | None,
    by: Actor,
) -> Measurement:
    """Type in a number for a municipality and period; a second replaces the first, both are in the chain."""
    may.measure.check(by, indicator.area.plan)
    if of is not None and value > of:
        raise Refused(f"{value} kan ikke være ud af {of}. Ret tallene.")
    measurement, created = Measurement.objects.update_or_create(
        indicator=indicator, municipality=municipality, period=period, defaults={"value": value, "of": of}
    )
    record("plan.measured", indicator, by=by, measurement=measurement.pk, corrected=not created)
    return measurement
