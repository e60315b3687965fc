"""Talking to the login provider (OpenID Connect): going there, and reading what one comes back with.

Authlib makes state, nonce and PKCE and checks the token's signature, times and nonce. Nothing is kept between
two sign-ins: whatever the provider changes (keys, addresses) counts at once.
"""

import logging
from collections.abc import Mapping

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError
from requests import RequestException

from samraad.accounts.identity import Claims
from samraad.audit.actions import Refused

logger = logging.getLogger(__name__)
KEY = "oidc"  # of what lies in the session meanwhile
SECONDS = 5  # how long a page waits for an answer
SKEW = 120  # seconds that the clocks of the two may differ
LONGEST = 255  # letters of a subject, by the standard
WELL_KNOWN = "/.well-known/openid-configuration"


class Away(Refused):
    """The provider does not answer, or with what cannot be read."""


def is_on() -> bool:
    """Has the operator named a provider?"""
    return bool(settings.SAMRAAD_OIDC_ISSUER)


def name() -> str:
    """What the button says; "" when there is none."""
    if not is_on():
        return ""
    return str(settings.SAMRAAD_OIDC_NAME)


def go(request: HttpRequest) -> HttpResponse:
    """The way to the provider; raises Away when it does not answer."""
    try:
        client = _client()
        _known(client.load_server_metadata())
        response: HttpResponse = client.authorize_redirect(request, _back())
    except (RequestException, ValueError) as error:
        raise _away(error) from error
    return response


def read(request: HttpRequest) -> Claims:
    """What the provider says of the person who comes back; raises Refused when it does not hold."""
    if request.GET.get("iss", settings.SAMRAAD_OIDC_ISSUER) != settings.SAMRAAD_OIDC_ISSUER:
        raise _untrue("issuer of the answer")
    client = _client()
    try:
        _known(client.load_server_metadata())
        token = client.authorize_access_token(request, claims_options=_asked(), leeway=SKEW)
        return _whole(client, token)
    except MismatchingStateError as error:
        raise Refused(f"Svaret fra {name()} hører ikke til dette login. Begynd forfra her.") from error
    except (AuthlibBaseError, JoseError) as error:
        if getattr(error, "error", "") == "access_denied":
            raise Refused(f"Du blev ikke logget ind hos {name()}. Prøv igen, eller log ind her.") from error
        raise _untrue(type(error).__name__) from error
    except (RequestException, ValueError) as error:
        raise _away(error) from error


def _client() -> DjangoOAuth2App:
    return OAuth().register(
        KEY,
        client_id=settings.SAMRAAD_OIDC_CLIENT,
        client_secret=settings.SAMRAAD_OIDC_SECRET,
        server_metadata_url=settings.SAMRAAD_OIDC_ISSUER.rstrip("/") + WELL_KNOWN,
        client_kwargs={
            "scope": settings.SAMRAAD_OIDC_SCOPES,
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )


def _back() -> str:
    """Where the provider sends her back to, as it is registered there."""
    return str(settings.SAMRAAD_ADDRESS) + reverse("accounts:elsewhere_back")


def _asked() -> dict[str, dict[str, object]]:
    """What must stand in the token beside what Authlib asks for itself."""
    return {
        "iss": {"essential": True, "value": settings.SAMRAAD_OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.SAMRAAD_OIDC_CLIENT},
        "sub": {"essential": True},
    }


def _known(metadata: object) -> None:
    """Raise ValueError unless the provider is the one that the operator named, with its addresses."""
    if not isinstance(metadata, dict) or metadata.get("issuer") != settings.SAMRAAD_OIDC_ISSUER:
        raise ValueError("another issuer")
    for place in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not metadata.get(place):
            raise ValueError(f"no {place}")


def _whole(client: DjangoOAuth2App, token: Mapping[str, Claims]) -> Claims:
    """The claims of the token, and those that the provider says only when it is asked again."""
    claims = token.get("userinfo")
    if not claims:
        raise _untrue("no id_token")
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.isprintable() or len(subject) > LONGEST:
        raise _untrue("subject")
    if not client.server_metadata.get("userinfo_endpoint"):
        return dict(claims)
    more = client.userinfo(token=token)
    if more.get("sub") != subject:
        raise _untrue("subject of userinfo")
    return {**more, **claims}


def _untrue(what: str) -> Refused:
    """For the log what did not hold, without a word of whom; for the person what to do."""
    logger.warning("An answer of the login provider was refused: %s", what)
    return Refused(
        f"Svaret fra {name()} kunne ikke godkendes, så du er ikke logget ind. Prøv igen. "
        "Sker det igen, så sig det til dem, der driver Samråd."
    )


def _away(error: Exception) -> Away:
    logger.warning("The login provider did not answer as it should: %s", type(error).__name__)
    return Away(
        f"Login med {name()} svarer ikke lige nu. Prøv igen om lidt. "
        "Har du en adgangskode til Samråd, kan du logge ind med den her."
    )
