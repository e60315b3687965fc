"""Shares and ages: "17 pct. færre", "på samme niveau", "15-årige", "fra 18 til 25 år"."""

import re

from manuscript.finders.finder import Finders, Match, Worth, number
from manuscript.words import either

AGES = Finders()
LESS_THAN = re.compile(r"\.? (?:færre|lavere|mindre|ned)\b", re.IGNORECASE)
FALLS = re.compile(r"\b(?:fald\w*|ned|mindsk\w*|reducer\w*|reduktion\w*)\b(?!.* fra )[^,;]*$", re.IGNORECASE)
SAME_LEVEL = either("på samme niveau", "stort set uændret", "uændret", "på niveau med", "stabilt?")


@AGES.finds(r"(\d+(?:,\d+)?)\s?(?:%|pct\.?|procent\b)", "pct procent", "%")
def percent(found: Match, year: int | None) -> Worth:
    """ "17 pct. færre": a fall is negative."""
    text, share = found.string, number(found[1])
    if LESS_THAN.match(text, found.end()) or FALLS.search(text[max(0, found.start() - 60) : found.start()]):
        share = -share
    return share, "percent"


@AGES.finds(rf"\b(?:{SAME_LEVEL})\b", "niveau uændret stabil stabilt")
def level(found: Match, year: int | None) -> Worth:
    """A claim without a number."""
    return None, "text"


@AGES.finds(r"\b(under|op til) (\d{1,2})(?: år|-årige)", "under op")
def under_an_age(found: Match, year: int | None) -> Worth:
    """ "under 18 år", "op til 25 år"."""
    oldest = int(found[2])
    if found[1].lower() == "under":
        oldest -= 1
    return [None, oldest], "age"


@AGES.finds(r"\b(?:over|fra|fyldt) (\d{1,2}) år\b(?! til)", "over fra fyldt", needs="år")
def over_an_age(found: Match, year: int | None) -> Worth:
    """ "fra 18 år"."""
    return [int(found[1]), None], "age"


@AGES.finds(r"(\d{1,2})\s?(?:-|–|og|til)\s?(\d{1,2})[ -]?(?:år|-?årige)\b", "år", "årige")
def age_band(found: Match, year: int | None) -> Worth:
    """ "mellem 18 og 25 år"."""
    youngest, oldest = int(found[1]), int(found[2])
    if youngest >= oldest:
        return None
    return [youngest, oldest], "age"


@AGES.finds(r"\b(\d{1,2})-årige\b", "", "-årige")
def age(found: Match, year: int | None) -> Worth:
    """ "15-årige"."""
    return [int(found[1]), int(found[1])], "age"
