"""Releasing a plan: publish, withdraw."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from manuscript.persons import cpr_like
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record, step
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.models import fingerprint
from samraad.commitment.actions.commitment import put_forward
from samraad.council.permissions import appointments
from samraad.documents.pdf import unshown
from samraad.look.danish import antal
from samraad.plan import notices
from samraad.plan import permissions as may
from samraad.plan.edition import content_of, texts
from samraad.plan.findings import open_faults
from samraad.plan.models import Edition, Plan
from samraad.plan.queries import drafted
from samraad.plan.states import PLAN, PlanStatus
from samraad.search.actions import forget, index


@action
def publish(
    *,
    plan: Plan,
    now: datetime,
    by: Actor,
    note: str = "",
    public_from: datetime | None = None,
    released_as: str = "",
) -> Edition:
    """Freeze an edition of the plan and let the public read it, at once or from a set hour.

    Raises Refused when the plan is empty, is as in the last edition, or holds something like a CPR number or
    a sign that its file could not show.
    """
    may.publish.check(by, plan)
    event = step(PLAN, plan, PlanStatus.PUBLISHED, "Planen er arkiveret og kan ikke offentliggøres.")
    if public_from is not None and public_from < now:
        raise Refused("Tidspunktet er gået. Lad feltet stå tomt for at offentliggøre nu.")
    for commitment in drafted(plan):
        put_forward(commitment=commitment, by=by)
    content = content_of(plan)
    last = plan.editions.first()
    _refuse(content, last, note)
    if faults := open_faults(plan, timezone.localtime(now).date()):
        what = f"{faults[0].name}: {faults[0].finding.message}"
        places = antal(len(faults), "sted,steder")
        raise Refused(f"Plantjekket har {places}, der skal rettes eller forklares først. {what}")
    plan.status = PlanStatus.PUBLISHED
    plan.save(update_fields=["status"])
    edition = Edition.objects.create(
        plan=plan,
        number=plan.next_number,
        content=content,
        sha256=fingerprint(content),
        note=note,
        released_at=now,
        released_as=released_as or _function_of(by, plan),
        public_from=public_from or now,
    )
    record(event, plan, by=by, edition=edition.number, sha256=edition.sha256, around=edition.around)
    index_edition(edition, by)
    at_once = edition.public_from <= now  # a set hour is told of when it comes, by the hourly round
    if at_once and by is not SYSTEM:
        notices.published(edition, timezone.localdate(now), by)
    return edition


def _refuse(content: dict[str, list[dict[str, str]]], last: Edition | None, note: str) -> None:
    if not content["sections"] and not content["answers"] and not content["needs"]:
        raise Refused("Planen er tom. Skriv mindst ét afsnit eller ét svar, før den bliver offentliggjort.")
    for name, text in {str(content["title"]): "", **texts(content)}.items():
        found = cpr_like(text)
        if found:
            raise Refused(
                f"Planen kan ikke offentliggøres. “{name}” rummer noget, der ligner et CPR-nummer ({found}). "
                "Fjern det, og prøv igen."
            )
        if sign := unshown(f"{name} {text}"):
            raise Refused(
                f"Planen kan ikke offentliggøres. “{name}” rummer tegnet {sign}, "
                "som PDF-filen ikke kan vise. Skriv det på en anden måde, og prøv igen."
            )
    if last and last.sha256 == fingerprint(content):
        raise Refused(f"Intet er ændret siden udgave {last.number}.")
    if last and not note:
        raise Refused("Skriv, hvad der er rettet siden sidste udgave.")


def _function_of(by: Actor, plan: Plan) -> str:
    """As what somebody releases it: the seat in the plan's forum and the function."""
    for held in appointments(by):
        if held.seat.forum_id == plan.forum_id:
            return f"{held.seat.title} ({held.get_function_display()})"
    return "Samråd"


def index_edition(edition: Edition, by: Actor) -> None:
    """Let everybody find an edition from the day it is public, in place of the ones before."""
    plan = edition.plan
    district = plan.forum.district
    body = "\n".join(f"{name}\n{text}" for name, text in texts(edition.content).items())
    if edition.public_from <= edition.released_at:
        for older in plan.editions.exclude(pk=edition.pk):
            forget(thing=older, by=by)
    index(
        thing=edition,
        visible_from=edition.public_from,
        district=district.slug,
        kind=f"{plan.get_kind_display()}, udgave {edition.number}",
        title=plan.title,
        text=body,
        url=_public_address(plan),
        public=True,
        by=by,
    )


def _public_address(plan: Plan) -> str:
    """Where anyone reads it; an action plan stands with its municipality."""
    district = plan.forum.district
    if plan.is_account:
        return reverse("public:account", args=[district.slug, plan.year])
    municipality = plan.forum.municipalities.first()
    if plan.is_action and municipality is not None:
        return reverse("public:municipality", args=[district.slug, municipality.slug])
    return reverse("public:plan", args=[district.slug, plan.year])


@action
def withdraw(*, edition: Edition, reason: str, now: datetime, by: User) -> Edition:
    """Replace an edition's text by a notice, for example because of personal data; hash and number stay."""
    may.withdraw_edition.check(by, edition)
    edition.withdrawn_because = reason
    edition.content = {
        "title": edition.content["title"],
        "sections": [],
        "areas": [],
        "answers": [],
        "needs": [],
        "initiatives": [],
    }
    edition.save(update_fields=["withdrawn_because", "content"])
    forget(thing=edition, by=by)
    record("plan.edition_withdrawn", edition, by=by, sha256=edition.sha256)
    return edition
