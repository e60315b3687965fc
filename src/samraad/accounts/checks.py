"""What `./run serve` refuses to start with: settings that are for the demo, or that anybody can guess."""

import zlib
from collections import Counter
from math import log2

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from samraad.audit.roles import ONE_ROLE

PUBLISHED = settings.DEMO_KEY  # stands in the source, for the demo and for tests
BITS = 200  # what 50 random letters and digits have, with some to spare


def bits(key: str) -> float:
    """How much chance there is in a key: by how often each sign stands in it, and by what repeats.

    >>> bits("a" * 80) < BITS, bits("hemmeligt" * 9) < BITS
    (True, True)
    >>> bits("vT4-9wQz_Lr7KcX2mN8sYpB5hJ3dFgA6uE1iOoWnRkVtZyCxS0") > BITS
    True
    """
    spread = 0.0
    for count in Counter(key).values():
        spread -= count * log2(count / len(key))
    packed = (len(zlib.compress(key.encode(), 9)) - 8) * 8
    return min(spread, packed)


@register(Tags.security, deploy=True)
def fit_for_service(**_: object) -> list[Error]:
    """Errors, in words, for each setting that must not stand when others are served."""
    found = []
    if settings.SAMRAAD_DEMO:
        found.append(
            Error(
                "SAMRAAD_DEMO er sat. Demoen har opfundne personer med en kendt adgangskode.",
                hint="Fjern SAMRAAD_DEMO, eller start demoen med ./run demo.",
                id="samraad.E001",
            )
        )
    if settings.DEBUG:
        found.append(
            Error(
                "SAMRAAD_DEBUG er sat. Fejlsider viser så indstillinger og kode for alle.",
                hint="Fjern SAMRAAD_DEBUG.",
                id="samraad.E002",
            )
        )
    found += _of_the_key(settings.SECRET_KEY)
    if "*" in "".join(settings.ALLOWED_HOSTS):
        found.append(
            Error(
                "SAMRAAD_HOSTS er *. Så svarer siden på alle navne, også dem andre finder på.",
                hint="Skriv sidens egen adresse, for eksempel samraad.example.dk.",
                id="samraad.E005",
            )
        )
    return found


@register(Tags.security, deploy=True)
def two_roles(**_: object) -> list[Warning]:
    """A word where the site's role owns its tables: it serves, but guards less."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"] or settings.DATABASE_OWNER:
        return []
    return [
        Warning(
            ONE_ROLE,
            hint="Lav en ejer, og sæt SAMRAAD_DATABASE_OWNER, når databasen bliver ført op.",
            id="samraad.W001",
        )
    ]


def _of_the_key(key: str) -> list[Error]:
    hint = "Lav en ny: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    if key == PUBLISHED:
        said = "SAMRAAD_SECRET_KEY er demoens nøgle, som alle kan læse i kildekoden."
        return [Error(said, hint=hint, id="samraad.E003")]
    if bits(key) < BITS:
        said = "SAMRAAD_SECRET_KEY er for let at gætte: den gentager sig eller har for få forskellige tegn."
        return [Error(said, hint=hint, id="samraad.E004")]
    return []
