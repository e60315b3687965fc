"""Guides: written, released, reviewed; and a reason for sharing, written down."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F
from django.urls import reverse

from manuscript.persons import cpr_like, person_names
from samraad.accounts.models import Mail, Organisation, User
from samraad.accounts.outbox import among, post
from samraad.audit.actions import Refused, Stale, action, record
from samraad.audit.actor import Actor, System
from samraad.council.models import Appointment, LegalBasis
from samraad.council.notices import due_today, link, signed
from samraad.council.permissions import INSIDE
from samraad.guide import permissions as may
from samraad.guide.models import Guide, GuideEdition, SharingNote
from samraad.look.danish import dato
from samraad.search.actions import forget, index

READ = ("title", "summary", "signs", "body", "call")


@action
def write(
    *,
    district: Organisation,
    owner: Organisation,
    by: Actor,
    legal_bases: list[LegalBasis] | None = None,
    **fields: Any,
) -> Guide:
    """Begin a guide."""
    may.write_guide.check(by, district, owner)
    if Guide.objects.filter(district=district, slug=fields["slug"]).exists():
        raise Refused(
            "Der er allerede en vejledning med den titel. Skriv videre på den, eller vælg en anden titel."
        )
    guide = Guide.objects.create(district=district, owner=owner, **fields)
    guide.legal_bases.set(legal_bases or [])
    record("guide.begun", guide, by=by, owner=owner.pk)
    return guide


@action
def change(*, guide: Guide, version: int, by: User, legal_bases: list[LegalBasis], **fields: Any) -> Guide:
    """Save a guide; others read the edition, and only they, until a new one is released."""
    may.write_guide.check(by, guide.district, guide.owner)
    changed = Guide.objects.filter(pk=guide.pk, version=version).update(version=F("version") + 1, **fields)
    guide.refresh_from_db()
    if not changed:
        raise Stale(
            "Din tekst er ikke gemt. En anden gemte imens.",
            mine=str(fields.get("body", "")),
            theirs=guide.body,
            version=guide.version,
        )
    guide.legal_bases.set(legal_bases)
    record("guide.changed", guide, by=by)
    return guide


@action
def release(
    *, guide: Guide, now: datetime, today: date, by: Actor, note: str = "", released_as: str = ""
) -> GuideEdition:
    """Freeze an edition that its audience reads. Its review date must lie ahead."""
    may.write_guide.check(by, guide.district, guide.owner)
    if guide.review_on <= today:
        raise Refused(
            f"Vejledningen skulle ses efter {dato(guide.review_on)}. Skriv først, hvornår den skal ses efter igen; udgiv den så."
        )
    content = content_of(guide)
    last = guide.editions.first()
    if last and not is_changed(guide, last):
        raise Refused(f"Intet er ændret siden udgave {last.number}.")
    if last and not note:
        raise Refused("Skriv, hvad der er ændret siden sidste udgave.")
    for name in READ:
        if found := cpr_like(str(content[name])):
            raise Refused(f"Vejledningen rummer noget, der ligner et CPR-nummer ({found}). Fjern det.")
    edition = GuideEdition.objects.create(
        guide=guide,
        number=last.number + 1 if last else 1,
        content=content,
        public=guide.public,
        note=note,
        released_at=now,
        released_as=released_as or str(guide.owner),
    )
    record("guide.released", edition, by=by, number=edition.number)
    if last:
        forget(thing=last, by=by)
    if edition.public:
        index(
            thing=edition,
            district=guide.district.slug,
            kind="Vejledning",
            title=guide.title,
            text=" ".join(str(content[name]) for name in READ),
            url=reverse("public:guide", args=[guide.district.slug, guide.slug]),
            public=True,
            by=by,
        )
    return edition


def content_of(guide: Guide) -> dict[str, Any]:
    """What an edition holds."""
    bases = [{"code": b.code, "checked_on": str(b.checked_on or "")} for b in guide.legal_bases.all()]
    return {
        **{name: getattr(guide, name) for name in READ},
        "owner": str(guide.owner),
        "audience": guide.get_audience_display(),
        "review_on": str(guide.review_on),
        "bases": bases,
    }


def is_changed(guide: Guide, edition: GuideEdition) -> bool:
    """Would a new edition say something else, or to others? The review date is confirmed without one."""
    same = {**content_of(guide), "review_on": ""} == {**edition.content, "review_on": ""}
    return not same or edition.public != guide.public


@action
def reviewed(*, guide: Guide, until: date, today: date, by: User) -> Guide:
    """Say that a guide was looked through and holds, until a new day."""
    may.write_guide.check(by, guide.district, guide.owner)
    if until <= today:
        raise Refused("Den nye dag skal ligge i fremtiden.")
    guide.review_on = until
    guide.save(update_fields=["review_on"])
    record("guide.reviewed", guide, by=by, until=str(until))
    return guide


def remind_of_guides(*, today: date, by: System) -> int:
    """Remind a guide's owner before its review date, and weekly when it has passed; returns how many mails are new."""
    new = 0
    for guide in Guide.objects.select_related("owner", "district"):
        over = (today - guide.review_on).days
        if due_today(guide.review_on, today) or (over > 0 and over % 7 == 0):
            key = f"guide:{guide.pk}:{today}"
            new += among(key, partial(_remind_of, guide, today, key, by))
    return new


def _remind_of(guide: Guide, today: date, key: str, by: System) -> int:
    held = Appointment.objects.in_force(today).filter(seat__organisation=guide.owner, function__in=INSIDE)
    day = dato(guide.review_on)
    return post(
        kind=Mail.Kind.REMINDER,
        to=User.objects.filter(appointments__in=held).distinct(),
        subject=f"Vejledning skulle være set efter {day}"
        if guide.stale(today)
        else f"Vejledning skal ses efter senest {day}",
        body=signed(
            f"“{guide}” skal ses efter.", f"Se den her: {link('guide:guide', guide.district.slug, guide.pk)}"
        ),
        key=key,
        district=guide.district,
        by=by,
    )


@action
def write_down_reason(
    *,
    district: Organisation,
    purpose: str,
    choice: str,
    necessary: str,
    receivers: str,
    less: str,
    now: datetime,
    by: User,
) -> SharingNote:
    """Keep the reason for sharing or keeping; keeping needs none (§ 115, stk. 4: no duty to share).

    `reminder` gives what is said of it.
    """
    may.write_down_a_reason.check(by, district)
    words = f"{necessary} {receivers} {less}"
    if found := cpr_like(words):
        raise Refused(f"Begrundelsen ligner et CPR-nummer ({found}). Skriv den uden at nævne personen.")
    if names := person_names(words):
        raise Refused(
            f"“{names[0]}” ligner navnet på en person. Begrundelsen bliver gemt uden navne: skriv rollen i stedet."
        )
    if choice == SharingNote.Choice.SHARE and len(necessary.strip()) < 15:
        raise Refused("Skriv i en sætning, hvorfor det er nødvendigt at dele. Nødvendighed er en betingelse.")
    basis = LegalBasis.objects.filter(code__contains="115").first()
    note = SharingNote.objects.create(
        writer=by, at=now, purpose=purpose, choice=choice, necessary=necessary, receivers=receivers, less=less,
        basis_checked_on=basis.checked_on if basis else None,
    )  # fmt: skip
    record("guide.reason_written", note, by=by, purpose=purpose, choice=choice)
    return note


def reminder(note: SharingNote) -> str:
    """What the rule says to one who shares; a reminder and no verdict, since words do not tell what is done."""
    if note.choice != SharingNote.Choice.SHARE:
        return ""
    said = []
    if note.purpose == SharingNote.Purpose.NONE:
        said.append(
            "Husk: Uden for SSP, PSP og KSP giver § 115 ingen hjemmel. Samtykke eller en anden regel skal bære det; spørg din jurist."
        )
    if "efterforsk" in f"{note.necessary} {note.receivers} {note.less}".lower():
        said.append(
            "Husk: Oplysninger må ikke videregives i samarbejdet til efterforskning af straffesager (§ 115, stk. 2)."
        )
    return " ".join(said)
