"""A new password for somebody who has forgotten hers.

Whoever asks learns nothing: for an address that nobody has, the page does the same work as for one that
somebody has, and the mail is written by the worker.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from samraad.accounts import notices
from samraad.accounts.models import User

NOBODY = 0
MAIL = "account/email/password_reset_key_{}.txt"


def ask(email: str) -> None:
    """Let the worker write to the person with this address, or to nobody."""
    found = User.objects.filter(email__iexact=email, is_active=True).values_list("pk", flat=True)
    answer.enqueue(next(iter(found), NOBODY))


@task()
def answer(user_id: int) -> None:
    """Put the mail with the link into the outbox."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    context = {"user": user, "password_reset_url": link_for(user)}
    subject = render_to_string(MAIL.format("subject"), context).strip()
    notices.about_account(user, subject, render_to_string(MAIL.format("message"), context).strip())


def link_for(user: User) -> str:
    """The address where she chooses a new password; it works once."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.SAMRAAD_ADDRESS + reverse("account_reset_password_from_key", kwargs=key)
