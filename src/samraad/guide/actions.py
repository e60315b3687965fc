"""Guides: written, released, reviewed; and a reason for sharing, written down."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TypedDict, Unpack

from django.urls import reverse
from django.utils.text import slugify

from manuscript.persons import cpr_like, person_names
from samraad.accounts.models import Mail, Organisation, User
from samraad.accounts.outbox import among, post
from samraad.accounts.telling import Told
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor, System
from samraad.audit.models import fingerprint
from samraad.council.models import Appointment, LegalBasis
from samraad.council.notices import due_today, link, signed
from samraad.council.permissions import INSIDE
from samraad.documents.pdf import unshown
from samraad.guide import permissions as may
from samraad.guide.models import Guide, GuideEdition, SharingNote
from samraad.look.danish import dato
from samraad.search.actions import forget, index

READ = ("title", "summary", "signs", "body", "call")  # what is read of a guide


class GuideText(TypedDict, total=False):
    """What is written of a guide under its title."""

    audience: str
    public: bool
    summary: str
    signs: str
    body: str
    call: str
    review_on: date


class WholeGuide(GuideText, total=False):
    """The same with its title and its owner."""

    title: str
    owner: Organisation


@action
def write(
    *,
    district: Organisation,
    owner: Organisation,
    title: str,
    by: Actor,
    slug: str = "",
    legal_bases: Sequence[LegalBasis] = (),
    **text: Unpack[GuideText],
) -> Guide:
    """Begin a guide; its address is made from its title, unless `slug` says what it is."""
    may.write_guide.check(by, district, owner)
    slug = slug or slugify(title)[:80] or "vejledning"
    if Guide.objects.filter(district=district, slug=slug).exists():
        raise Refused(
            "Der er allerede en vejledning med den titel. Skriv videre på den, eller vælg en anden titel."
        )
    guide = Guide.objects.create(district=district, owner=owner, title=title, slug=slug, **text)
    guide.legal_bases.set(legal_bases)
    record("guide.begun", guide, by=by, owner=owner.pk)
    return guide


@action
def change(
    *,
    guide: Guide,
    version: int,
    by: User,
    legal_bases: list[LegalBasis],
    **text: Unpack[WholeGuide],
) -> Guide:
    """Save a guide; others read the edition, and only they, until a new one is released."""
    may.write_guide.check(by, guide.district, guide.owner)
    save_over(guide, version=version, legal_bases=legal_bases, **text)
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
            f"Vejledningen skulle ses efter {dato(guide.review_on)}. "
            "Skriv først, hvornår den skal ses efter igen; udgiv den så."
        )
    content = guide.as_content()
    last = guide.editions.first()
    if last and not last.differs_from_guide:
        raise Refused(f"Intet er ændret siden udgave {last.number}.")
    if last and not note:
        raise Refused("Skriv, hvad der er ændret siden sidste udgave.")
    texts = [str(content[name]) for name in READ]
    for text in texts:
        if found := cpr_like(text):
            raise Refused(f"Vejledningen rummer noget, der ligner et CPR-nummer ({found}). Fjern det.")
        if sign := unshown(text):
            raise Refused(
                f"Vejledningen rummer tegnet {sign}, som PDF-filen ikke kan vise. Skriv det på en anden måde."
            )
    number = 1
    if last:
        number = last.number + 1
    edition = GuideEdition.objects.create(
        guide=guide,
        number=number,
        content=content,
        sha256=fingerprint(content),
        audience=guide.audience,
        public=guide.public,
        note=note,
        released_at=now,
        released_as=released_as or str(guide.owner),
        review_on=guide.review_on,
    )
    frozen = {"sha256": edition.sha256, "around": edition.around}
    record("guide.released", edition, by=by, number=edition.number, **frozen)
    if last:
        forget(thing=last, by=by)
    index_guide(edition, by)
    return edition


def index_guide(edition: GuideEdition, by: Actor) -> None:
    """Let everybody find a guide that anyone may read."""
    if not edition.public:
        return
    guide = edition.guide
    index(
        thing=edition,
        district=guide.district.slug,
        kind="Vejledning",
        title=str(edition.content["title"]),
        text=" ".join(map(str, map(edition.content.get, READ))),
        url=reverse("public:guide", args=[guide.district.slug, guide.slug]),
        public=True,
        by=by,
    )


def guides_again(by: Actor) -> None:
    """The newest edition of every guide."""
    for guide in Guide.objects.prefetch_related("editions"):
        newest = guide.editions.select_related("guide__district").first()
        if newest is not None:
            index_guide(newest, by)


@action
def reviewed(*, guide: Guide, until: date, today: date, by: User) -> Guide:
    """Say that a guide was looked through and holds, until a new day."""
    may.write_guide.check(by, guide.district, guide.owner)
    if until <= today:
        raise Refused("Den nye dag skal ligge i fremtiden.")
    guide.review_on = until
    guide.save(update_fields=["review_on"])
    GuideEdition.objects.filter(pk__in=guide.editions.all()[:1].values("pk")).update(review_on=until)
    record("guide.reviewed", guide, by=by, until=str(until))
    return guide


def remind_of_guides(*, today: date, by: System) -> int:
    """Remind a guide's owner before its review date, and weekly when it has passed.

    Returns how many mails are new.
    """
    new = 0
    for guide in Guide.objects.select_related("owner", "district"):
        over = (today - guide.review_on).days
        if due_today(guide.review_on, today) or (over > 0 and over % 7 == 0):
            key = f"guide:{guide.pk}:{today}"
            new += among(key, partial(_remind_of, guide, today, key, by))
    return new


TELLS = (
    Told(
        "guide",
        "En vejledning skal gennemgås: før dagen som andre frister, derefter hver uge",
        "De, der sidder for organisationen, som ejer vejledningen",
    ),
)


def _remind_of(guide: Guide, today: date, key: str, by: System) -> int:
    held = Appointment.objects.in_force(today).filter(seat__organisation=guide.owner, function__in=INSIDE)
    subject = f"Vejledning skal ses efter senest {dato(guide.review_on)}"
    if guide.stale(today):
        subject = f"Vejledning skulle være set efter {dato(guide.review_on)}"
    return post(
        kind=Mail.Kind.REMINDER,
        to=User.objects.filter(appointments__in=held).distinct(),
        subject=subject,
        body=signed(
            f"“{guide}” skal ses efter.", f"Se den her: {link('guide:guide', guide.district.slug, guide.pk)}"
        ),
        key=key,
        about=guide.district,
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
    """Keep the reason for sharing or keeping; keeping needs none (§ 115, stk. 4: no duty to share)."""
    may.write_down_a_reason.check(by, district)
    words = f"{necessary} {receivers} {less}"
    if found := cpr_like(words):
        raise Refused(f"Begrundelsen ligner et CPR-nummer ({found}). Skriv den uden at nævne personen.")
    if names := person_names(words):
        raise Refused(
            f"“{names[0]}” ligner navnet på en person. "
            "Begrundelsen bliver gemt uden navne: skriv rollen i stedet."
        )
    if choice == SharingNote.Choice.SHARE and len(necessary.strip()) < 15:
        raise Refused("Skriv i en sætning, hvorfor det er nødvendigt at dele. Nødvendighed er en betingelse.")
    basis = LegalBasis.objects.filter(code__contains="115").first()
    note = SharingNote(
        writer=by,
        at=now,
        purpose=purpose,
        choice=choice,
        necessary=necessary,
        receivers=receivers,
        less=less,
    )
    if basis is not None:
        note.basis_checked_on = basis.checked_on
    note.save()
    record("guide.reason_written", note, by=by, purpose=purpose, choice=choice)
    return note
