"""Who a person is and works for: users, organisations, memberships, invitations; and the `permission` object.

Rights about a forum do not live here: they come from appointments to its seats (room `council`).
"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samraad.accounts"
    label = "accounts"
