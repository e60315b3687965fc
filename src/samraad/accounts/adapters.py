"""How allauth is used here: no self sign-up, people are invited; its mails go the way of all others."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samraad.accounts import elsewhere, notices
from samraad.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Invitations only, and the desk after sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone: an organisation's administrator invites."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Everybody lands on her desk."""
        return "/mit-bord/"

    def pre_login(self, request: HttpRequest, user: User, **kwargs: object) -> HttpResponse | None:
        """Whom the login provider vouches for comes from there: else one who has left there comes in here."""
        why_not = elsewhere.refused_here(user)
        if why_not and kwargs["signal_kwargs"] != elsewhere.FROM_THERE:
            messages.error(request, why_not)
            return HttpResponseRedirect(reverse("account_login"))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Put the mail into the outbox: no page waits for a mail server. Who is unknown here gets none."""
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is not None:
            given = {"request": self.request, "email": email} | context
            mail = self.render_mail(template_prefix, email, given)
            notices.about_account(user, str(mail.subject), str(mail.body))

    def get_user_display(self, user: Any) -> str:
        """The name that pages and messages show."""
        return str(user)
