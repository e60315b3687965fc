"""What a document is: title, year, kind, district or forum, municipalities."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from manuscript.source import Line

PLACES = Path(__file__).with_name("places.toml")
# kind -> words that speak for it, in the title (weight 6) or at the head of the text (weight 1)
KINDS: dict[str, tuple[str, ...]] = {
    "minutes": ("referat", "beslutningsreferat", "mødereferat"),
    "rules": ("forretningsorden", "vedtægt", "kommissorium", "regler for", "sammensætning"),
    "cooperation_plan": ("samarbejdsplan", "kredsrådets plan", "plan for samarbejdet", "plan for samarbejde"),
    "action_plan": ("handleplan", "handlingsplan", "tryghedsplan", "udmøntningsplan", "lokal plan"),
    "agreement": ("samarbejdsaftale", "partnerskabsaftale", "flerårsaftale"),
    "report": ("rapport", "årsberetning", "redegørelse", "evaluering", "effektmodel", "afrapportering"),
    "sheet": ("indsatsark", "indsatsbeskrivelse", "tovholder", "hvad gør vi allerede"),
}
# What lines begin with, and what stands in the text, in each of them.
LINE_BEGINS = {
    "rules": [re.compile(r"§\s*\d|stk\.\s*\d")],
    "minutes": [re.compile(r"(?:til stede|afbud|fraværende|deltagere)\b"), re.compile(r"dagsorden\b")],
    "agreement": [re.compile(r"parter\b"), re.compile(r"hjemmel\b")],
    "sheet": [re.compile(r"mål\s*:"), re.compile(r"tovholder\b")],
    "cooperation_plan": [re.compile(r"kredsråd\b")],
}
SAYS = {
    "rules": re.compile(r"(?:højst|mindst) \d+\b[^.]*\b(?:fra|repræsentanter|medlemmer)"),
    "cooperation_plan": re.compile(r"indsatsområder (?:for|i) 20\d\d"),
}
LEADS = re.compile(r"^tovholder\b|\btovholder ?:")
PLANS = ("cooperation_plan", "action_plan", "sheet")
# What a file that is no plan looks like, and where it belongs.
NO_PLAN = {
    "minutes": "Filen ligner et referat, ikke en plan. "
    "Den har punkter og deltagere, men ingen indsatsområder. Læg den under mødet i stedet.",
    "rules": "Filen ligner regler for et råd, ikke en plan. "
    "Den siger, hvem der sidder der, og hvor tit det mødes. Skriv det under forummet i stedet.",
    "agreement": "Filen ligner en aftale mellem parter, ikke en plan. Skriv den under aftaler i stedet.",
    "report": "Filen ligner en rapport, ikke en plan. Den fortæller, hvordan det gik. Læg den som bilag til et møde i stedet.",
    "sheet": "Filen ligner et indsatsark for én indsats, ikke en plan. Skriv den som indsats i handleplanen i stedet.",
    "other": "Filen ligner ikke en plan. Den har hverken planens navn eller indsatsområder.",
}
# A plan that does not call itself one: it speaks of its council again and again.
UNNAMED = {"cooperation_plan": re.compile(r"\bkredsråd"), "action_plan": re.compile(r"\blokalråd")}
NAMED_OFTEN = 3
YEAR = re.compile(r"\b(20[0-4]\d)\b")
ENTRY = re.compile(r"\.$|[.…]{3,} ?\d{1,3}$")  # a sentence, or a line of a contents list


@cache
def places() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """([(code, district name)], [(code, municipality name)]) of the reference data."""
    districts = tomllib.loads(PLACES.read_text("utf-8"))["district"]
    return [(d["code"], d["name"]) for d in districts], [
        (m[0], m[1]) for d in districts for m in d["municipalities"]
    ]


def squeezed(text: str) -> str:
    """Lower case without blanks: a title in spaced capitals reads as one word.

    >>> squeezed("SAM ARBEJDS PLAN")
    'samarbejdsplan'
    """
    return re.sub(r"\s+", "", text.lower())


def title_of(lines: list[Line]) -> Line | None:
    """The line that names the document: of the first ones the one that says what it is and its year, else a first line with a year, else
    one that says what it is, else the first with text."""
    head = [line for line in lines if line.text][:40]
    words = [squeezed(word) for each in KINDS.values() for word in each]
    named = [
        line
        for line in head
        if len(line.text) < 140 and not ENTRY.search(line.text) and _holds(squeezed(line.text), words)
    ]
    dated = [line for line in named if YEAR.search(line.text)]
    opening = [
        line
        for line in head[:1]
        if len(line.text) < 100 and YEAR.search(line.text) and not re.search(r"[.:,]$", line.text)
    ]
    return next(iter([*dated, *opening, *named, *head]), None)


def _holds(close: str, words: list[str]) -> bool:
    return any(word in close for word in words)


def why_no_plan(kind: str) -> str | None:
    """The sentence on what a file is instead of a plan; None for a plan."""
    return NO_PLAN.get(kind)


def year_of(title: Line | None, lines: list[Line]) -> int | None:
    """The plan's year: in the title, else the year that the first page names most (the first of a span)."""
    if title and (found := YEAR.search(title.text)):
        return int(found[1])
    years = Counter(int(year) for line in lines[:120] for year in YEAR.findall(line.text))
    return min(years, key=lambda year: (-years[year], year)) if years else None


def meeting_year(lines: list[Line]) -> int | None:
    """The year of the meeting that minutes are of: the date beside the word "møde" at their head; they may be issued next year."""
    for line in lines[:12]:
        if re.search(r"\bmødet?\b", line.text) and (found := YEAR.search(line.text)):
            return int(found[1])
    return None


def kind_of(title: Line | None, lines: list[Line]) -> str:
    """cooperation_plan, action_plan, minutes, rules, agreement, report, sheet or other."""
    name = squeezed(title.text[:110]) if title else ""
    head = " ".join(line.text.lower() for line in lines[:80])
    score: Counter[str] = Counter()
    places = {
        kind: min((name.find(squeezed(word)) for word in words if squeezed(word) in name), default=-1)
        for kind, words in KINDS.items()
    }
    first = min((place for place in places.values() if place >= 0), default=-1)
    for kind, words in KINDS.items():
        told = (
            0 if kind == "minutes" else sum(min(head.count(word), 3) for word in words)
        )  # every plan speaks of minutes
        score[kind] = 8 * (places[kind] >= 0) + 4 * (places[kind] == first >= 0) + told
    first_lines = [line.text.lower() for line in lines[:600] if line.text]
    begins = "\n".join(first_lines)
    for kind, patterns in LINE_BEGINS.items():
        score[kind] += sum(3 for pattern in patterns if any(pattern.match(text) for text in first_lines))
    for kind, pattern in SAYS.items():
        score[kind] += 3 * bool(pattern.search(begins))
    if sum(bool(LEADS.search(text)) for text in first_lines if "tovholder" in text) > 2:
        del score["sheet"]  # a sheet is of one initiative
    best, points = score.most_common(1)[0]
    if best == "action_plan" and first < 0 and begins.count("kredsråd") > begins.count("lokalråd"):
        best = "cooperation_plan"  # no kind in its name; every cooperation plan speaks of action plans
    if points > 0:
        return best
    return next((kind for kind, sign in UNNAMED.items() if len(sign.findall(begins)) >= NAMED_OFTEN), "other")


def district_of(lines: list[Line]) -> dict[str, str] | None:
    """The police district the text names most; else the one it names without "Politi", or the one its municipality lies in."""
    text = "\n".join(line.text for line in lines).lower()
    for ending in ("", "s politi"):
        counts = Counter(
            {(code, name): _times(name.lower().removesuffix(ending), text) for code, name in places()[0]}
        )
        (code, name), count = counts.most_common(1)[0]
        if count:
            return {"code": code, "name": name}
    for town, district in towns_with_district():
        if re.search(
            rf"\b{re.escape(town.lower())} kommune\b|lokalråd(?:et)? (?:i|for) {re.escape(town.lower())}\b",
            text[:4000],
        ):
            return {"code": district[0], "name": district[1]}
    return None


def _times(name: str, text: str) -> int:
    """How often a district is named: "sydøstjyllands" is not "østjyllands"."""
    longer = {other.lower() for _, other in places()[0] if name in other.lower()} - {name}
    return text.count(name) - sum(
        text.count(other.removesuffix("s politi") if not name.endswith("politi") else other)
        for other in longer
    )


@cache
def towns_with_district() -> list[tuple[str, tuple[str, str]]]:
    """[(municipality, (district code, district name))]."""
    districts = tomllib.loads(PLACES.read_text("utf-8"))["district"]
    return [(m[1], (d["code"], d["name"])) for d in districts for m in d["municipalities"]]


def forum_of(title: Line | None, lines: list[Line]) -> str:
    """The lokalråd or kredsråd that the document belongs to, as it names itself."""
    head = "\n".join(line.text for line in lines[:60])
    named = head.lower()
    for _, name in places()[1]:
        if name.lower() in named and re.search(
            rf"lokalråd(?:et)?(?: i| for)? {re.escape(name)}|{re.escape(name)}s? lokalråd",
            head,
            re.IGNORECASE,
        ):
            return f"Lokalråd {name}"
    low = (title.text if title else "").lower() + head.lower()
    return "Kredsråd" if "kredsråd" in low else ("Lokalråd" if "lokalråd" in low else "")


def municipalities_of(lines: list[Line], before: int) -> list[str]:
    """Municipalities in the order of the page: on lines of their own before line `before`, else in a list, else all that are named."""
    names = {name.lower(): name for _, name in places()[1]}
    own: list[str] = []
    for line in lines:
        if line.number >= before:
            break
        own += _alone(line.text, names)
    if own:
        return list(dict.fromkeys(own))
    items = [
        town
        for line in lines
        if "ommune" in line.text.lower()
        for town in _alone(re.sub(r"^[-–•·*]\s+", "", line.text), names)
    ]
    return (list(dict.fromkeys(items)) if len(items) >= 3 else []) or _listed(lines) or _named(lines, names)


def _alone(text: str, names: dict[str, str]) -> list[str]:
    """The municipality that a line consists of, if any."""
    low = text.lower().rstrip(".")
    bare = low.removesuffix("kommune").rstrip()
    return [f"{names[bare]} Kommune"] if bare != low and bare in names else []


def _listed(lines: list[Line]) -> list[str]:
    """Three or more names in a row on one line (also run together), or one in brackets on each of three lines."""
    known = sorted((name for _, name in places()[1]), key=len, reverse=True)
    one = "|".join(re.escape(name.removesuffix("s")) + "s?" for name in known)
    row = re.compile(rf"(?:(?:{one})(?: [Kk]ommune)?(?:, | og |/| )?){{3,}}")
    rows = [re.findall(one, found[0]) for line in lines for found in row.finditer(line.text)]
    if rows:
        return [_full(name) for name in max(rows, key=len)]
    bracketed = [match[1] for line in lines if (match := re.search(rf"\(({one})\)\s*$", line.text))]
    return list(dict.fromkeys(_full(name) for name in bracketed)) if len(bracketed) >= 3 else []


def _full(name: str) -> str:
    own = next((known for _, known in places()[1] if known.removesuffix("s") == name.removesuffix("s")), name)
    return f"{own} Kommune"


def _named(lines: list[Line], names: dict[str, str]) -> list[str]:
    text = "\n".join(line.text for line in lines)
    regional = re.search(r"\b[A-ZÆØÅ][\wæøå]+s Regionskommune\b", text)
    if regional:
        return [regional[0]]
    found = [
        (match.start(), name)
        for name in names.values()
        for match in [re.search(rf"\b{re.escape(name)} [Kk]ommune\b", text)]
        if match
    ]
    return [f"{name} Kommune" for _, name in sorted(found)]
