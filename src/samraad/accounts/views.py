"""Pages of an organisation's people, and the way in for who is invited."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts import actions, elsewhere, lockout, notices, outbox, provider, queries, sessions
from samraad.accounts import permissions as may
from samraad.accounts.forms import InviteForm, MailChoiceForm, MembershipAnswerForm, PasswordForm, RuleForm
from samraad.accounts.middleware import Request
from samraad.accounts.models import (
    Invitation,
    Mail,
    Membership,
    Organisation,
    ProviderRule,
    SignIn,
    User,
    current_memberships,
)
from samraad.audit.access import finds
from samraad.audit.actions import Refused
from samraad.audit.actor import Actor, LinkHolder
from samraad.look.pages import act, form_page

DESK = "/mit-bord/"
LONGEST_WAY = 2000  # letters of the address one wanted to go to
WAY = "elsewhere"  # in the session: who went to the login provider, and where she wanted to go


def find_organisation(request: Request, slug: str) -> Organisation:
    """An organisation that the person works for."""
    mine = current_memberships(request.user, clock.today()).values("organisation")
    return get_object_or_404(Organisation, slug=slug, pk__in=mine)


def find_invitation(token: str) -> Invitation:
    """The invitation of a link that still works."""
    sent = Invitation.objects.select_related("user", "organisation")
    invitation = get_object_or_404(sent, token_hash=actions.hash_token(token))
    if not invitation.usable(timezone.now()):
        raise Http404
    return invitation


def people_of(organisation: Organisation) -> str:
    """The address of the list of an organisation's people."""
    return reverse("accounts:people", args=[organisation.slug])


@require_GET
def people(request: Request, slug: str) -> HttpResponse:
    """Who works for the organisation, and who was invited."""
    organisation = find_organisation(request, slug)
    works = Membership.objects.current(clock.today()).filter(organisation=organisation)
    works = works.select_related("user")
    why_not = may.administer.reason(request.user, organisation)
    locked = []
    if not why_not:
        locked = lockout.locked(works, timezone.now())
    waiting = organisation.invitations.filter(accepted_at=None, expires_at__gt=timezone.now())
    context = {
        "title": f"Personer i {organisation}",
        "organisation": organisation,
        "memberships": works,
        "locked": locked,
        "waiting": Membership.objects.filter(organisation=organisation, waiting=True).select_related("user"),
        "invitations": waiting,
        "why_not": why_not,
        "links": request.session.pop("invitation_links", []),
    }
    return render(request, "accounts/people.html", context)


def invite(request: Request, slug: str) -> HttpResponse:
    """Invite a person."""
    organisation = find_organisation(request, slug)
    may.administer.check(request.user, organisation)
    return form_page(
        request,
        InviteForm,
        partial(_invite, request),
        organisation=organisation,
        words={"done": _invited_said},
        back=people_of(organisation),
    )


def _invite(
    request: Request, *, organisation: Organisation, email: str, name: str, title: str, right: str, by: Actor
) -> tuple[User, str]:
    """Invite, and send the link by mail; in the demo, which sends no mail, it is shown once."""
    user, token = actions.invite(
        organisation=organisation,
        email=email,
        name=name,
        title=title,
        right=right,
        today=clock.today(),
        by=by,
    )
    if token:
        link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
        if settings.LOCAL:  # in service it goes to the person alone: who invites does not act for her
            request.session["invitation_links"] = [(user.name, link)]
        notices.invited(Invitation.objects.get(token_hash=actions.hash_token(token)), token, by)
    return user, token


def _invited_said(made: tuple[User, str]) -> str:
    user, token = made
    if token and settings.LOCAL:
        return f"{user} er inviteret og får en mail. Linket står også her; det vises kun nu."
    if token:
        return f"{user} er inviteret og får et personligt link i en mail. Det gælder i 14 dage."
    if user.has_usable_password():
        return f"{user} logger allerede ind. Tilknytningen gælder, når {user} selv har sagt ja."
    return (
        f"{user} er inviteret. En anden organisation har også inviteret {user}, "
        "så linket er kun sendt i en mail til personen selv og vises ikke her."
    )


@require_POST
@finds(Membership)
def membership_end(request: Request, pk: int) -> HttpResponse:
    """End a person's work for the organisation."""
    membership = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=pk)
    organisation = find_organisation(request, membership.organisation.slug)
    may.administer.check(request.user, organisation)
    return act(
        request,
        actions.end_membership,
        membership=membership,
        on=clock.today(),
        done="{membership.user} er ikke længere tilknyttet. Adgangen er væk ved næste klik.",
        back=people_of(organisation),
    )


@require_POST
@finds(Membership)
def unlock(request: Request, pk: int) -> HttpResponse:
    """Let a person who is locked out try again at once."""
    works = Membership.objects.current(clock.today()).select_related("organisation", "user")
    membership = get_object_or_404(works, pk=pk)
    organisation = find_organisation(request, membership.organisation.slug)
    may.administer.check(request.user, organisation)
    return act(
        request,
        lockout.unlock,
        membership=membership,
        done="{membership.user} kan logge ind igen og får besked i en mail.",
        back=people_of(organisation),
    )


def locked(request: HttpRequest, _: HttpResponse | None, credentials: lockout.Credentials) -> HttpResponse:
    """The page of one who has tried too often: until when, and what to do meanwhile."""
    context = {"title": "Login er låst", "until": lockout.until(request, credentials)}
    return render(request, "accounts/locked.html", context, status=429)


@finds(Membership)
def membership_answer(request: Request, pk: int) -> HttpResponse:
    """Say yes or no to belonging to an organisation."""
    mine = Membership.objects.select_related("organisation", "user").filter(user=request.user)
    membership = get_object_or_404(mine, pk=pk)
    may.join.check(request.user, membership)
    return form_page(
        request,
        MembershipAnswerForm,
        actions.answer_membership,
        membership=membership,
        words={"lead": MembershipAnswerForm.page.lead.format(right=membership.get_right_display())},
        back=DESK,
    )


@login_not_required
@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    """Choose a password and come in."""
    return form_page(
        request, PasswordForm, partial(_come_in, request), invitation=find_invitation(token), back=DESK
    )


def _come_in(request: Request, *, invitation: Invitation, password: str, by: Actor) -> User:
    """Take the invitation up and sign in. Nobody is signed in yet: who acts is the holder of the link."""
    user = actions.accept_invitation(invitation=invitation, password=password, by=LinkHolder(invitation))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def mail_choice(request: Request) -> HttpResponse:
    """Choose which mails I want."""
    unwanted = set(request.user.mail_choices.values_list("kind", flat=True))
    wanted = [kind for kind in Mail.Kind.values if kind not in unwanted]
    return form_page(request, MailChoiceForm, outbox.choose, initial={"wanted": wanted}, back=DESK)


@require_GET
def mails(request: Request, slug: str) -> HttpResponse:
    """What was sent about the organisation, what waits, and what did not arrive."""
    organisation = find_organisation(request, slug)
    may.administer.check(request.user, organisation)
    every = queries.mails_of(organisation)
    given_up = queries.given_up(every)
    context = {
        "title": f"Mails fra {organisation}",
        "failed": given_up,
        "rows": every.exclude(pk__in=given_up.values("pk"))[:100],
        "crumbs": [(f"Personer i {organisation}", people_of(organisation))],
    }
    return render(request, "accounts/mails.html", context)


@require_POST
@finds(Mail)
def mail_again(request: Request, pk: int) -> HttpResponse:
    """Send a mail that did not arrive once more."""
    mail = get_object_or_404(Mail.objects.select_related("user", "about"), pk=pk)
    if mail.about is None:
        raise Http404
    home = find_organisation(request, mail.about.slug)
    may.administer.check(request.user, home)
    return act(
        request,
        outbox.try_again,
        mail=mail,
        done="Mailen er lagt i udbakken igen.",
        back=reverse("accounts:mails", args=[home.slug]),
    )


@require_GET
def sign_ins(request: Request) -> HttpResponse:
    """Where I am signed in."""
    rows = sessions.sign_ins(request.user)
    context = {"title": "Her er du logget ind", "rows": rows, "here": request.session.session_key}
    return render(request, "accounts/sign_ins.html", context)


@require_POST
@finds(SignIn)
def sign_in_end(request: Request, pk: int) -> HttpResponse:
    """Sign me out in one place."""
    sign_in = get_object_or_404(SignIn, pk=pk, user=request.user)
    if sign_in.session_key == request.session.session_key:
        logout(request)
        return HttpResponseRedirect("/")
    done = "Du er logget ud der."
    return act(request, sessions.end_sign_in, sign_in=sign_in, done=done, back=reverse("accounts:sign_ins"))


@require_POST
def calendar_renew(request: Request) -> HttpResponse:
    """A new secret address for my calendar; it is shown once, and the one before is dead."""

    def keep(token: str) -> str:
        request.session["calendar_token"] = token
        return "Din kalender har fået en ny adresse. Den vises kun nu; den gamle virker ikke mere."

    return act(request, actions.renew_calendar, done=keep, back="/min-profil/")


@require_GET
def rules(request: Request, slug: str) -> HttpResponse:
    """Whom the organisation takes in from the login provider."""
    organisation = find_organisation(request, slug)
    may.administer.check(request.user, organisation)
    context = {
        "title": f"Login udefra til {organisation}",
        "organisation": organisation,
        "rules": organisation.provider_rules.select_related("written_by"),
        "crumbs": [(f"Personer i {organisation}", people_of(organisation))],
    }
    return render(request, "accounts/rules.html", context)


def rules_of(organisation: Organisation) -> str:
    """The address of an organisation's rules."""
    return reverse("accounts:rules", args=[organisation.slug])


def rule_write(request: Request, slug: str) -> HttpResponse:
    """Write a rule of whom the organisation takes in."""
    organisation = find_organisation(request, slug)
    may.administer.check(request.user, organisation)
    back = rules_of(organisation)
    return form_page(request, RuleForm, elsewhere.write_rule, organisation=organisation, back=back)


@finds(ProviderRule)
@require_POST
def rule_remove(request: Request, pk: int) -> HttpResponse:
    """Take a rule away."""
    rule = get_object_or_404(ProviderRule.objects.select_related("organisation"), pk=pk)
    organisation = find_organisation(request, rule.organisation.slug)
    may.administer.check(request.user, organisation)
    done = "Reglen er fjernet. De, den gav adgang, mister den, næste gang de logger ind."
    return act(request, elsewhere.remove_rule, rule=rule, done=done, back=rules_of(organisation))


@login_not_required
@require_POST
def elsewhere_go(request: Request) -> HttpResponse:
    """Go to the login provider: to sign in, or, signed in already, to come from there from now on."""
    if not provider.is_on():
        raise Http404
    try:
        if request.user.is_authenticated and not sessions.is_fresh(request):
            raise Refused("Log ud og ind igen, før du forbinder: det er en stund siden, du loggede ind.")
        response = provider.go(request)
    except Refused as error:
        return _not_in(request, error)
    request.session[WAY] = {"user": request.user.pk, "next": request.POST.get("next", "")[:LONGEST_WAY]}
    return response


@login_not_required
@never_cache
@require_GET
def elsewhere_back(request: Request) -> HttpResponse:
    """Somebody comes back from the login provider."""
    if not provider.is_on():
        raise Http404
    way = request.session.pop(WAY, None)
    try:
        if way is None:  # nobody went out from here: the provider is not asked
            raise Refused(f"Svaret fra {provider.name()} hører ikke til dette login. Begynd forfra her.")
        claims = provider.read(request)
        if way.get("user") != request.user.pk:
            raise Refused("Du er logget ind eller ud imens. Begynd forfra her.")
        if request.user.is_authenticated:
            elsewhere.bind(claims, request.user)
            said = f"Du er forbundet. Fra nu af logger du ind med {provider.name()}."
            messages.success(request, said)
            return HttpResponseRedirect("/min-profil/")
        second_step = elsewhere.enter(request, claims)
    except Refused as error:
        return _not_in(request, error)
    if second_step is not None:
        return second_step
    return HttpResponseRedirect(_onward(request, str(way.get("next", ""))))


def _not_in(request: Request, error: Refused) -> HttpResponse:
    """Say why not, where one can try again or take the other way."""
    messages.error(request, str(error))
    if request.user.is_authenticated:
        return HttpResponseRedirect("/min-profil/")
    return HttpResponseRedirect(reverse("account_login"))


def _onward(request: Request, wanted: str) -> str:
    """Where she wanted to go on this site, or her desk."""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return DESK
