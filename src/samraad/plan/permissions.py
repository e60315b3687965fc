"""Who may do what with plans, answers, initiatives and editions."""

from django.db.models import Q, QuerySet

from samraad import clock
from samraad.accounts.models import Membership, Organisation
from samraad.accounts.permission import permission, require
from samraad.accounts.permissions import has_right
from samraad.audit.actor import Actor, LinkHolder
from samraad.council.models import Appointment, Forum, Function
from samraad.council.permissions import DECIDES, INSIDE, appointments, holds, is_secretary
from samraad.plan.models import Edition, Initiative, Party, Plan, Reading
from samraad.plan.models.plan import PlanQuerySet
from samraad.plan.states import PlanStatus

WRITES = (*DECIDES, Function.SECRETARY, Function.ASSISTANT, Function.DEPUTY)
SPEAKS = (*DECIDES, Function.ASSISTANT, Function.DEPUTY)  # for the organisation of their seat


def visible_plans(user: Actor, district: Organisation) -> PlanQuerySet:
    """The working plans that `user` may see.

    A district's plan for those inside its kredsråd or a lokalråd, an action plan for its own
    lokalråd.
    """
    held = [a for a in appointments(user) if a.function in INSIDE and a.seat.forum.district_id == district.pk]
    own = [a.seat.forum_id for a in held]
    councils = any(a.seat.forum.kind in (Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD) for a in held)
    reach = Q(forum__in=own)
    if councils:
        reach |= Q(kind=Plan.Kind.COOPERATION)
    return Plan.objects.of_district(district).filter(reach)


def visible_readings(user: Actor, district: Organisation) -> QuerySet[Reading]:
    """A parked reading is private to the one who read it."""
    if not user.is_authenticated:
        return Reading.objects.none()
    return Reading.objects.filter(reader=user.pk, forum__district=district)


@permission
def start_plan(user: Actor, forum: Forum) -> None:
    """The secretariat or the chair opens a cooperation plan;
    anybody who writes in a lokalråd opens its action plan.
    """
    _require_writer(user, forum, "kan begynde en plan")


def _require_writer(user: Actor, forum: Forum, what: str) -> None:
    """Raise Denied, saying what it is about, unless the person writes the forum's plans."""
    if forum.is_lokalraad:
        require(holds(user, forum, *WRITES), f"Kun medlemmer af {forum} {what}.")
    else:
        require(
            holds(user, forum, Function.SECRETARY, Function.CHAIR),
            f"Kun sekretariatet og formanden {what} i {forum}.",
        )


@permission
def write(user: Actor, plan: Plan) -> None:
    """A draft is written by the secretariat (cooperation plan) or the lokalråd (action plan);
    a release is corrected by a new edition.
    """
    _require_writer(user, plan.forum, "skriver på planen")
    require(plan.status != PlanStatus.ARCHIVED, "Planen er arkiveret og kan ikke ændres.")


@permission
def keep_initiatives(user: Actor, plan: Plan) -> None:
    """In an action plan those who answer for the lokalråd write its initiatives,
    in a plan those who write it.
    """
    rule = answer if plan.is_action else write
    rule.check(user, plan)


@permission
def run_project(user: Actor, initiative: Initiative) -> None:
    """A project is run by those who write its plan,
    and by those who sit in the plan's forum for an organisation that leads it.
    """
    plan = initiative.plan
    leads = {organisation.pk for organisation in initiative.leads.all()}
    held = any(
        a.seat.organisation_id in leads and a.function in WRITES and a.seat.forum_id == plan.forum_id
        for a in appointments(user)
    )
    if not (held and plan.status != PlanStatus.ARCHIVED):
        keep_initiatives.check(user, plan)


@permission
def check_plan(user: Actor, plan: Plan) -> None:
    """The list of the plan check is for those who write the plan:
    a help before others read it, no verdict on them.
    """
    _require_writer(user, plan.forum, "bruger plantjekket")


@permission
def hold_hearing(user: Actor, plan: Plan) -> None:
    """Those who write the plan send it in hearing as a draft and say what was done with each remark."""
    _require_writer(user, plan.forum, "holder høringen")
    require(plan.status == PlanStatus.DRAFT, "Planen er offentliggjort. En høring er om et udkast.")


@permission
def see_hearing(user: Actor, plan: Plan) -> None:
    """Those inside the plan's forum read the replies."""
    require(
        holds(user, plan.forum, *INSIDE),
        f"Kun medlemmer af {plan.forum} og sekretariatet læser høringssvarene.",
    )


@permission
def reply_to_hearing(user: Actor, party: Party) -> None:
    """Who sits on a seat of the organisation that was asked, or prepares for it, replies; not every employee.

    Where nobody sits for it, its administrator does; a party without a login uses its personal link.
    """
    if user == LinkHolder(party):
        return
    require(
        party.organisation is not None and _speaks_for(user, party.organisation),
        f"Kun den, der sidder på en plads for {party} eller forbereder for den, kan svare på høringen.",
    )


def _speaks_for(user: Actor, organisation: Organisation) -> bool:
    """Does the person sit or prepare for the organisation, or administer it where nobody does?"""
    for held in appointments(user):
        if held.seat.organisation_id == organisation.pk and held.function in SPEAKS:
            return True
    others = Appointment.objects.in_force(clock.today()).filter(
        seat__organisation=organisation, function__in=SPEAKS
    )
    return has_right(user, organisation, Membership.Right.ADMINISTRATOR) and not others.exists()


@permission
def put_on_agenda(user: Actor, plan: Plan) -> None:
    """The secretariat or the chair puts the plan on a meeting's agenda (§ 113: prior discussion)."""
    require(
        holds(user, plan.forum, Function.SECRETARY, Function.CHAIR),
        "Kun sekretariatet og formanden kan lægge planen på en dagsorden.",
    )
    require(plan.status == PlanStatus.DRAFT, "Planen er allerede offentliggjort.")
    require(not plan.is_discussed, "Planen er allerede drøftet.")


@permission
def publish(user: Actor, plan: Plan) -> None:
    """The chair of the plan's forum releases a plan that has been discussed (retsplejeloven § 113).

    The secretariat may when a recorded mandate runs; approval is needed only where the forum's own rules
    ask for it.
    """
    mandate = plan.forum.release_mandate_until
    stands_in = (
        holds(user, plan.forum, Function.SECRETARY) and mandate is not None and mandate >= clock.today()
    )
    require(
        holds(user, plan.forum, Function.CHAIR) or stands_in,
        "Kun formanden for forummet kan offentliggøre planen.",
    )
    where = "lokalrådet" if plan.is_action else "kredsrådet"
    require(plan.is_discussed, f"Planen skal først drøftes på et møde i {where}.")
    approved = plan.item is not None and plan.item.outcome == plan.item.Outcome.ADOPTED
    require(
        not plan.forum.approval_required or approved, f"Planen skal først godkendes på et møde i {where}."
    )
    require(plan.status != PlanStatus.ARCHIVED, "Planen er arkiveret.")
    require(
        not plan.hearings.filter(closed_at=None).exists(),
        "Høringen om planen er ikke afsluttet. Behandl bemærkningerne, og afslut den.",
    )


@permission
def withdraw_edition(user: Actor, edition: Edition) -> None:
    """The secretariat or the chair takes a text away that should never have been public; the chain stays."""
    require(
        holds(user, edition.plan.forum, Function.SECRETARY, Function.CHAIR),
        "Kun sekretariatet og formanden kan trække en udgave tilbage.",
    )
    require(not edition.withdrawn_because, "Udgaven er allerede trukket tilbage.")


@permission
def see_matrix(user: Actor, plan: Plan) -> None:
    """Those inside the kredsråd see who has answered; texts are seen when they are released."""
    require(holds(user, plan.forum, *INSIDE), "Kun kredsrådet og dets sekretariat ser oversigten over svar.")


@permission
def remind(user: Actor, plan: Plan) -> None:
    """The kredsråd's secretariat reminds the lokalråd that owe answers."""
    require(is_secretary(user, plan.forum.district), "Kun kredsrådets sekretariat sender påmindelser.")


@permission
def answer(user: Actor, plan: Plan) -> None:
    """Those who work in a lokalråd write its answers, and send them."""
    require(plan.is_action, "Kun en handleplan har svar.")
    require(holds(user, plan.forum, *WRITES), f"Kun {plan.forum} kan svare for sig selv.")
    require(plan.status != PlanStatus.ARCHIVED, "Handleplanen er arkiveret.")


@permission
def measure(user: Actor, plan: Plan) -> None:
    """Numbers are typed by the secretariat and by those who work in a lokalråd of the district."""
    local = any(
        a.seat.forum.is_lokalraad
        and a.seat.forum.district_id == plan.forum.district_id
        and a.function in WRITES
        for a in appointments(user)
    )
    require(
        local or is_secretary(user, plan.forum.district),
        "Kun sekretariatet og lokalrådene kan skrive tal ind.",
    )


@permission
def keep_agreement(user: Actor, district: Organisation) -> None:
    """The secretariat asks each quarter whether an element of the agreement is current."""
    require(is_secretary(user, district), "Kun kredsrådets sekretariat følger flerårsaftalen.")
