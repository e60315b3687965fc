"""Who acts: a person who is signed in, the holder of a personal link, or Samråd itself."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model


class Actor(Protocol):
    """One who acts or reads. A person is `accounts.User`; a visitor is Django's AnonymousUser."""

    @property
    def pk(self) -> Any:
        """Her number; None for a visitor and for Samråd itself."""

    @property
    def is_authenticated(self) -> bool:
        """Is she signed in?"""

    @property
    def is_active(self) -> bool:
        """May she sign in?"""


class System:
    """Samråd itself: set-up, the nightly round, the demo. It holds no seat, and no rule is asked of it.

    No page acts as the system (tests/test_architecture.py); a rule that a person must keep is kept by
    naming her.
    """

    pk = None
    is_authenticated = False
    is_active = True

    def __str__(self) -> str:
        return "Samråd"


SYSTEM = System()


@dataclass(frozen=True)
class LinkHolder:
    """Somebody who came by a personal link without signing in.

    May act for the one thing it was sent for, nothing else.
    """

    of: Model
    pk = None
    is_authenticated = False
    is_active = True

    def __str__(self) -> str:
        return str(self.of)
