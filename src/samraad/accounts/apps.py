"""Who a person is and works for: users, organisations, memberships, invitations; and the `permission` object.

Rights about a forum do not live here: they come from appointments to its seats (room `council`).
"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samraad.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Look at the settings before serving; note each sign-in; a new password opens what was locked."""
        from allauth.account.signals import password_reset
        from django.contrib.auth.signals import user_logged_in

        from samraad.accounts import checks, lockout, sessions  # noqa: F401

        user_logged_in.connect(sessions.begin, dispatch_uid="samraad.sign_in")
        password_reset.connect(lockout.renewed, dispatch_uid="samraad.new_password")
