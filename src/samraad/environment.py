"""What the environment says, by kind: a value that makes no sense stops the start and says what would."""

import os
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlparse

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """What stands there; the default where nothing does."""
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    """Is it switched on: 1, ja or true?"""
    return text(name) in {"1", "ja", "true"}


def number(name: str, default: int) -> int:
    """A whole number; anything else stops the start."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(
            f"{name} skal være et helt tal, men er {value!r}. Skriv for eksempel {default}."
        )
    return int(value)


def day(name: str) -> date | None:
    """A day written as 2022-01-28, or none; anything else stops the start."""
    value = text(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} skal være en dato som 2022-01-28, men er {value!r}.") from error


def words(name: str) -> list[str]:
    """Words with commas between."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def networks(name: str, default: str) -> list[str]:
    """Addresses and networks with commas between; a word that is none stops the start."""
    found = text(name, default).replace(" ", "").split(",")
    for each in filter(None, found):
        try:
            ip_network(each, strict=False)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} skal være IP-adresser eller net, men {each!r} er det ikke. "
                "Skriv for eksempel 10.0.0.5,10.1.0.0/16."
            ) from error
    return list(filter(None, found))


def secret(name: str) -> str:
    """What stands in the file that the setting names; a file that cannot be read stops the start."""
    path = text(name)
    if not path:
        return ""
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"{name} nævner {path}, som ikke kan læses. Skriv stien til en tekstfil med hemmeligheden."
        ) from error


def origin(address: str) -> list[str]:
    """Scheme and host of an address, as the content policy names them; none of none."""
    if not address:
        return []
    parts = urlparse(address)
    return [f"{parts.scheme}://{parts.netloc}"]
