"""Who a person is and works for: users, organisations, memberships, invitations; and the `permission` object.

Rights about a forum do not live here: they come from appointments to its seats (room `council`).
"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samraad.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Look at the settings before serving; note each sign-in."""
        from django.contrib.auth.signals import user_logged_in

        from samraad.accounts import checks, sessions  # noqa: F401

        user_logged_in.connect(sessions.begin, dispatch_uid="samraad.sign_in")
