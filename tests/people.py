"""The cast, the same everywhere: who they are, and a browser that is signed in as one of them."""

from time import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from samraad.accounts.models import User
from samraad.accounts.sessions import BEGAN, SEEN
from samraad.demo.cast import email_of

CITIZEN = "citizen"  # nobody in particular: signs in nowhere
SIGNED_IN = (
    "signe",
    "tage",
    "poul",
    "maja",
    "else",
    "lars",
    "lise",
    "omar",
    "karen",
    "ida",
    "anton",
    "birk",
    "vera",
)
PEOPLE = (*SIGNED_IN, CITIZEN)


def person_of(key: str) -> User:
    """Somebody of the cast, fresh from the database."""
    return User.objects.get(email=email_of(key))


def session_of(key: str) -> str:
    """The key of a new session in which somebody of the cast is signed in."""
    user = person_of(key)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BEGAN] = session[SEEN] = time()
    session.save()
    return str(session.session_key)


def client_of(key: str, session: str = "") -> Client:
    """A client signed in as somebody of the cast, in a new session unless one is named."""
    client = Client()
    if key != CITIZEN:
        client.cookies[settings.SESSION_COOKIE_NAME] = session or session_of(key)
    return client
