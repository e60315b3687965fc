"""How allauth is used here: no self sign-up; people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Invitations only, and the desk after sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone: an organisation's administrator invites."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Everybody lands on her desk."""
        return "/mit-bord/"

    def get_user_display(self, user: Any) -> str:
        """The name that pages and messages show."""
        return str(user)
