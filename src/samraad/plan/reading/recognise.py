"""What a document is: title, year, kind, district or forum, municipalities."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from samraad.plan.reading.source import Line

PLACES = Path(__file__).resolve().parents[2] / "accounts" / "places.toml"
# kind -> words that speak for it, in the title (weight 6) or at the head of the text (weight 1)
KINDS: dict[str, tuple[str, ...]] = {
    "minutes": ("referat", "beslutningsreferat", "mødereferat"),
    "rules": ("forretningsorden", "vedtægt", "kommissorium", "regler for", "sammensætning"),
    "cooperation_plan": ("samarbejdsplan", "kredsrådets plan"),
    "action_plan": ("handleplan", "handlingsplan", "tryghedsplan", "udmøntningsplan", "lokal plan"),
    "agreement": ("samarbejdsaftale", "partnerskabsaftale", "flerårsaftale"),
    "report": ("rapport", "årsberetning", "redegørelse", "evaluering", "effektmodel"),
    "sheet": ("indsatsark", "indsatsbeskrivelse", "tovholder"),
}
YEAR = re.compile(r"\b(20[0-4]\d)\b")


@cache
def places() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """([(code, district name)], [(code, municipality name)]) of the reference data."""
    districts = tomllib.loads(PLACES.read_text("utf-8"))["district"]
    return [(d["code"], d["name"]) for d in districts], [(m[0], m[1]) for d in districts for m in d["municipalities"]]


def title_of(lines: list[Line]) -> Line | None:
    """The line that names the document: among the first ones, the one that says what it is; else the first with text."""
    head = [line for line in lines if line.text][:40]
    for wanted in (True, False):
        for line in head:
            low = line.text.lower()
            named = any(word in low for words in KINDS.values() for word in words)
            if named and len(line.text) < 140 and not low.endswith(".") and (bool(YEAR.search(low)) or not wanted):
                return line
    return head[0] if head else None


def year_of(title: Line | None, lines: list[Line]) -> int | None:
    """The plan's year: in the title, else the year that the first page names most."""
    if title and (found := YEAR.search(title.text)):
        return int(found[1])
    years = Counter(int(year) for line in lines[:120] for year in YEAR.findall(line.text))
    return years.most_common(1)[0][0] if years else None


def kind_of(title: Line | None, lines: list[Line]) -> str:
    """cooperation_plan, action_plan, minutes, rules, agreement, report, sheet or other."""
    low = title.text.lower() if title else ""
    head = " ".join(line.text.lower() for line in lines[:80])
    score: Counter[str] = Counter()
    for kind, words in KINDS.items():
        score[kind] = sum(6 * (word in low) + min(head.count(word), 4) for word in words)
    if re.search(r"^(§\s*\d+|stk\.\s*\d+)", "\n".join(line.text.lower() for line in lines), re.MULTILINE):
        score["rules"] += 4
    if re.search(r"\b(til stede|afbud|fraværende|deltagere)\b", head):
        score["minutes"] += 4
    best, points = score.most_common(1)[0]
    return best if points > 0 else "other"


def district_of(lines: list[Line]) -> dict[str, str] | None:
    """The police district the text names most."""
    text = "\n".join(line.text for line in lines).lower()
    counts = Counter({(code, name): text.count(name.lower()) for code, name in places()[0]})
    (code, name), count = counts.most_common(1)[0]
    return {"code": code, "name": name} if count else None


def forum_of(title: Line | None, lines: list[Line]) -> str:
    """The lokalråd or kredsråd that the document belongs to, as it names itself."""
    head = "\n".join(line.text for line in lines[:60])
    for _, name in places()[1]:
        if re.search(rf"lokalråd(?:et)?(?: i| for)? {re.escape(name)}|{re.escape(name)}s? lokalråd", head, re.IGNORECASE):
            return f"Lokalråd {name}"
    low = (title.text if title else "").lower() + head.lower()
    return "Kredsråd" if "kredsråd" in low else ("Lokalråd" if "lokalråd" in low else "")


def municipalities_of(lines: list[Line], before: int) -> list[str]:
    """Municipalities in the order of the page: those on lines of their own before line `before`, else all that are named."""
    names = {name.lower(): name for _, name in places()[1]}
    own: list[str] = []
    for line in lines:
        if line.number >= before:
            break
        bare = re.sub(r"\s+kommune$", "", line.text.lower())
        if bare in names and line.text.lower().endswith("kommune"):
            own.append(f"{names[bare]} Kommune")
    if own:
        return list(dict.fromkeys(own))
    text = "\n".join(line.text for line in lines)
    found = [(match.start(), name) for name in names.values() for match in [re.search(rf"\b{re.escape(name)} Kommune\b", text)] if match]
    return [f"{name} Kommune" for _, name in sorted(found)]
