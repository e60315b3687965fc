"""What people are told by mail about a table that waits: that it does, never a number of it."""

from samraad import clock
from samraad.accounts.models import Mail, Membership, User
from samraad.accounts.outbox import post
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor
from samraad.council.models import Appointment, Forum, Function
from samraad.council.notices import link, signed, without
from samraad.figures.models import Release, Source
from samraad.figures.states import ReleaseStatus

TELLS = (
    Told(
        "figures-waiting",
        "Tal er sendt til godkendelse",
        "Kredsrådets sekretariat og kildens andre analytikere",
        desk="“Godkend tal” hos dem",
    ),
    Told(
        "figures-answered",
        "Tal er godkendt eller sendt tilbage",
        "Den, der lagde dem ind",
        desk="“Se på tallene igen” hos den samme, når de er sendt tilbage",
    ),
    Told(
        "figures-late",
        "Tal, der var ventet i dag, kunne ikke hentes",
        "Kildens analytikere",
        desk="“Nye tal er ventet” hos dem",
    ),
)


def approvers(source: Source) -> list[User]:
    """Those who may approve a table of the source, unless they brought it in."""
    today = clock.today()
    held = Appointment.objects.in_force(today).filter(
        function=Function.SECRETARY,
        seat__forum__kind=Forum.Kind.KREDSRAAD,
        seat__forum__district=source.district,
    )
    working = Membership.objects.current(today).filter(
        organisation=source.owner, right=Membership.Right.ANALYST
    )
    users = User.objects.filter(is_active=True)
    return list((users.filter(appointments__in=held) | users.filter(memberships__in=working)).distinct())


def late(*, source: Source, by: Actor) -> None:
    """What was awaited did not come: the analysts hear of it once."""
    working = Membership.objects.current(clock.today()).filter(
        organisation=source.owner, right=Membership.Right.ANALYST
    )
    page = link("figures:source", source.district.slug, source.pk)
    post(
        kind=Mail.Kind.REMINDER,
        to=User.objects.filter(is_active=True, memberships__in=working).distinct(),
        subject=f"Ventede tal er ikke kommet: {source}",
        body=signed(
            f"Vi har spurgt {source.publisher} flere gange i dag, og der er ingen nye tal at hente. "
            "De tal, der står, er stadig de nyeste.",
            f"Hent filen selv, eller skriv en ny dag: {page}",
        ),
        key=f"figures-late:{source.pk}:{clock.today()}",
        about=source.owner,
        by=by,
    )


def waiting(*, release: Release, by: Actor) -> None:
    """A table waits for somebody else's approval."""
    post(
        kind=Mail.Kind.REMINDER,
        to=without(approvers(release.source), [release.loaded_by_id]),
        subject=f"Tal venter på godkendelse: {release}",
        body=signed(
            f"{by} har lagt tal ind i {release.source}. En anden skal se dem, før de bliver offentlige.",
            f"Se dem her: {_page(release)}",
        ),
        key=f"figures-waiting:{release.pk}:{clock.now():%Y%m%d%H%M}",
        about=release.source.owner,
        by=by,
    )


def answered(*, release: Release, by: Actor) -> None:
    """The one who brought a table in hears what became of it."""
    if release.loaded_by is None:
        return
    said = f"{release} er sendt tilbage. Grunden står ved tallene."
    if release.status == ReleaseStatus.APPROVED:
        said = f"{release} er godkendt. Tallene er offentlige fra {release.public_words}."
    post(
        kind=Mail.Kind.REMINDER,
        to=[release.loaded_by],
        subject=f"Svar på {release}",
        body=signed(said, f"Se dem her: {_page(release)}"),
        key=f"figures-answered:{release.pk}:{clock.now():%Y%m%d%H%M}",
        about=release.source.owner,
        by=by,
    )


def _page(release: Release) -> str:
    return link("figures:release", release.source.district.slug, release.pk)
