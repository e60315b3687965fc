"""Who comes from a login provider, read off what it says of her: one pure function and its rules.

A provider says claims: a name and a value each ("cvr" is "29189382"), or a list of values ("groups"). An
organisation's administrator writes rules: whoever has all of these belongs to us, with this right. Nothing
is given by what no rule names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

Claims = Mapping[str, object]


class Rule(Protocol):
    """Conditions that all have to hold, and what they give."""

    @property
    def conditions(self) -> list[list[str]]:
        """(name of the claim, value), each."""

    @property
    def organisation_id(self) -> int:
        """Where she belongs."""

    @property
    def right(self) -> str:
        """With what right."""


@dataclass(frozen=True, order=True)
class Grant:
    """A right in an organisation."""

    organisation_id: int
    right: str


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows her. Issuer and subject are her key: an e-mail goes on to the next."""

    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool
    grants: frozenset[Grant]
    levels: tuple[str, ...]


def identity_of(claims: Claims, rules: Iterable[Rule], *, level_claim: str) -> Identity:
    """The person, the organisations and rights that the rules give her, and how surely she was known.

    >>> nina = identity_of({"iss": "https://i.dk", "sub": "a  B", "email": "N@b.dk"}, [], level_claim="acr")
    >>> nina.subject, nina.email, nina.name, nina.grants
    ('a  B', 'n@b.dk', 'N@b.dk', frozenset())
    """
    email = _text(claims, "email")
    grants = set()
    for rule in rules:
        if holds(claims, rule):
            grants.add(Grant(rule.organisation_id, rule.right))
    return Identity(
        issuer=str(claims.get("iss", "")),
        subject=str(claims.get("sub", "")),
        name=_text({"name": email} | dict(claims), "name"),
        email=email.lower(),
        email_verified=said(claims.get("email_verified")) == ("true",),
        grants=frozenset(grants),
        levels=said(claims.get(level_claim)),
    )


def holds(claims: Claims, rule: Rule) -> bool:
    """Does the provider say all that the rule asks for? A rule that asks for nothing holds for nobody."""
    for name, value in rule.conditions:
        if value not in said(claims.get(name)):
            return False
        if name == "email" and said(claims.get("email_verified")) != ("true",):
            return False  # anybody may write an e-mail at some providers
    return bool(rule.conditions)


def said(value: object) -> tuple[str, ...]:
    """The words of a claim: of a list each, of anything nested none.

    >>> said("a b"), said(["x", 7]), said(True), said(None), said({"a": 1})
    (('a b',), ('x', '7'), ('true',), (), ())
    """
    if isinstance(value, list | tuple):
        words: tuple[str, ...] = ()
        for part in value:
            words += said(part)
        return words
    if isinstance(value, bool):
        return (str(value).lower(),)
    if isinstance(value, str | int):
        return (str(value),)
    return ()


def _text(claims: Claims, name: str) -> str:
    """A claim of one word or line; "" when it is not there."""
    found = said(claims.get(name))
    if len(found) != 1:
        return ""
    return " ".join(found[0].replace("\x00", "").split())
