"""Pages of an organisation's people, and the way in for who is invited."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts import actions, delivery, notices, outbox
from samraad.accounts import permissions as may
from samraad.accounts.forms import InviteForm, MailChoiceForm, PasswordForm
from samraad.accounts.middleware import Request
from samraad.accounts.models import Invitation, Mail, Membership, Organisation, User, current_memberships
from samraad.audit.actor import LinkHolder
from samraad.look.pages import old_act, old_form_page


def find_organisation(request: Request, slug: str) -> Organisation:
    """An organisation that the person works for."""
    mine = current_memberships(request.user, clock.today()).values("organisation")
    return get_object_or_404(Organisation, slug=slug, pk__in=mine)


@require_GET
def people(request: Request, slug: str) -> HttpResponse:
    """Who works for the organisation, and who was invited."""
    organisation = find_organisation(request, slug)
    links = dict(request.session.pop("invitation_links", []))
    return render(
        request,
        "accounts/people.html",
        {
            "title": f"Personer i {organisation}",
            "organisation": organisation,
            "memberships": Membership.objects.current(clock.today())
            .filter(organisation=organisation)
            .select_related("user"),
            "invitations": organisation.invitations.filter(
                accepted_at=None, expires_at__gt=timezone.now()
            ).select_related("user"),
            "why_not": may.administer.reason(request.user, organisation),
            "links": links,
        },
    )


def invite(request: Request, slug: str) -> HttpResponse:
    """Invite a person; the personal link is shown once."""
    organisation = find_organisation(request, slug)
    may.administer.check(request.user, organisation)

    def run(data: dict[str, Any]) -> tuple[User, str]:
        user, token = actions.invite(organisation=organisation, today=clock.today(), by=request.user, **data)
        if token:
            link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
            request.session["invitation_links"] = [(user.name, link)]
            notices.invited(Invitation.objects.get(token_hash=actions.hash_token(token)), token, request.user)
        return user, token

    def done(made: tuple[User, str]) -> str:
        user, token = made
        if token:
            return f"{user} er inviteret og får en mail. Linket står også her; det vises kun nu."
        if user.has_usable_password():
            return f"{user} logger allerede ind og er nu tilknyttet."
        return (
            f"{user} er nu tilknyttet. En anden organisation har også inviteret {user}, "
            "så linket er kun sendt i en mail til personen selv og vises ikke her."
        )

    return old_form_page(
        request,
        InviteForm(request.POST or None),
        run,
        title=f"Inviter en person til {organisation}",
        button="Lav invitationen",
        done=done,
        back=reverse("accounts:people", args=[slug]),
    )


@require_POST
def membership_end(request: Request, pk: int) -> HttpResponse:
    """End a person's work for the organisation."""
    membership = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=pk)
    find_organisation(request, membership.organisation.slug)
    may.administer.check(request.user, membership.organisation)
    return old_act(
        request,
        lambda: actions.end_membership(membership=membership, on=clock.today(), by=request.user),
        done=f"{membership.user} er ikke længere tilknyttet. Adgangen er væk ved næste klik.",
        back=reverse("accounts:people", args=[membership.organisation.slug]),
    )


@login_not_required
def invitation(request: Request, token: str) -> HttpResponse:
    """Choose a password and come in."""
    found = (
        Invitation.objects.filter(token_hash=actions.hash_token(token))
        .select_related("user", "organisation")
        .first()
    )
    if found is None or not found.usable(timezone.now()):
        raise Http404

    def run(data: dict[str, Any]) -> Any:
        user = actions.accept_invitation(invitation=found, password=data["password"], by=LinkHolder(found))
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    return old_form_page(
        request,
        PasswordForm(request.POST or None),
        run,
        title=f"Velkommen, {found.user.name}",
        lead=f"{found.organisation} har inviteret dig til Samråd. Vælg en adgangskode, så er du inde.",
        button="Kom ind",
        done="Du er inde. Under Min profil kan du sætte to-trins-login eller en adgangsnøgle op.",
        back="/mit-bord/",
    )


def mail_choice(request: Request) -> HttpResponse:
    """Choose which mails I want."""
    unwanted = set(request.user.mail_choices.values_list("kind", flat=True))
    initial = {"wanted": [kind for kind in Mail.Kind.values if kind not in unwanted]}
    return old_form_page(
        request,
        MailChoiceForm(request.POST or None, initial=initial),
        lambda data: outbox.choose(wanted=data["wanted"], by=request.user),
        title="Hvilke mails vil du have?",
        lead="Invitationer og høringer kommer altid. Alt det, der venter på dig, står også på dit bord.",
        done="Dit valg er gemt.",
        back="/mit-bord/",
    )


def mails_of(organisation: Organisation) -> QuerySet[Mail]:
    """What was sent in the organisation's name or to those who work for it now."""
    staff = Membership.objects.current(clock.today()).filter(organisation=organisation).values("user")
    return Mail.objects.filter(Q(district=organisation) | Q(user__in=staff)).select_related("user")


@require_GET
def mails(request: Request, slug: str) -> HttpResponse:
    """What was sent in the organisation's name, what waits, and what did not arrive."""
    organisation = find_organisation(request, slug)
    may.administer.check(request.user, organisation)
    rows = mails_of(organisation)
    return render(
        request,
        "accounts/mails.html",
        {
            "title": f"Mails fra {organisation}",
            "organisation": organisation,
            "failed": rows.filter(sent_at=None, tries__gte=delivery.TRIES),
            "rows": rows.exclude(sent_at=None, tries__gte=delivery.TRIES)[:100],
            "crumbs": [(f"Personer i {organisation}", reverse("accounts:people", args=[slug]))],
        },
    )


@require_POST
def mail_again(request: Request, pk: int) -> HttpResponse:
    """Send a mail that did not arrive once more."""
    mail = get_object_or_404(Mail.objects.select_related("user", "district"), pk=pk)
    mine = [membership.organisation for membership in current_memberships(request.user, clock.today())]
    homes = [organisation for organisation in mine if mails_of(organisation).filter(pk=pk).exists()]
    if not homes:
        raise Http404
    home = next(
        (organisation for organisation in homes if may.administer.allows(request.user, organisation)),
        homes[0],
    )
    may.administer.check(request.user, home)
    return old_act(
        request,
        lambda: outbox.try_again(mail=mail, by=request.user),
        done="Mailen er lagt i udbakken igen.",
        back=reverse("accounts:mails", args=[home.slug]),
    )
