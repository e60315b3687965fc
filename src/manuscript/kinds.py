"""What a document is: its title, its year, its kind, and where it belongs when it is no plan."""

import re
from collections import Counter
from operator import attrgetter

from manuscript.line import ITEM, Line

HEADING = attrgetter("heading")

# kind -> words that speak for it, in the title or at the head of the text
KINDS: dict[str, tuple[str, ...]] = {
    "minutes": ("referat", "beslutningsreferat", "mødereferat", "dagsorden"),
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
IN_TITLE, FIRST_IN_TITLE, IN_TEXT = 8, 4, 3  # points for a kind; a word at the head of the text gives one
COUNTED = 3  # times a word counts at most
LEADS = re.compile(r"^tovholder\b|\btovholder ?:")
PLANS = ("cooperation_plan", "action_plan", "sheet")
# What a file that is no plan looks like, and where it belongs.
NO_PLAN = {
    "minutes": "Filen ligner et referat eller en dagsorden, ikke en plan. "
    "Den har punkter, men ingen indsatsområder. Læg den under mødet i stedet.",
    "rules": "Filen ligner regler for et råd, ikke en plan. "
    "Den siger, hvem der sidder der, og hvor tit det mødes. Skriv det under forummet i stedet.",
    "agreement": "Filen ligner en aftale mellem parter, ikke en plan. Skriv den under aftaler i stedet.",
    "report": "Filen ligner en rapport, ikke en plan. "
    "Den fortæller, hvordan det gik. Læg den som bilag til et møde i stedet.",
    "sheet": "Filen ligner et indsatsark for én indsats, ikke en plan. "
    "Skriv den som indsats i handleplanen i stedet.",
    "other": "Filen ligner ikke en plan. Den har hverken planens navn eller indsatsområder.",
}
# Papers about a plan, and plans of another law, by what their title begins with or is called.
PAPERS = {
    "minutes": re.compile(r"(?:udkast til |forslag til )?dagsorden\b(?!.*\breferat)", re.IGNORECASE),
    "report": re.compile(
        r"(?:halvårs|midtvejs|års)?"
        r"(?:status(?:rapport|notat|redegørelse)?|opfølgning|evaluering|midtvejsevaluering)"
        r"(?: (?:på|for|af|over|til|20\d\d)|:|$)",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"(?:høringssvar|høringsnotat|bemærkninger|kommentarer|indstilling|sagsfremstilling|følgebrev"
        r"|invitation|pressemeddelelse|nyhed(?:sbrev)?|indlæg|spørgsmål og svar|kontakt|ansøgning"
        r"|om (?:kreds|lokal)råd\w*|ssp(?: i\b|-samarbejdet|$)(?!.*(?:plan|20\d\d)))\b",
        re.IGNORECASE,
    ),
}
# What no plan of this law is called.
OF_ANOTHER_LAW = re.compile(
    r"\b(?:\w*strategi|\w*politik|beredskabsplan|kommuneplan|lokalplan|varmeplan|spildevandsplan|affaldsplan|"
    r"budget|skoleplan|sundhedsaftale)(?:en)?\b",
    re.IGNORECASE,
)
OUR_STRATEGY = re.compile(r"\bstrategi\b|kredsråd|lokalråd|politi(?!k\b)", re.IGNORECASE)
SUBTITLE, LONG_SUBTITLE = 3, 60  # lines with the title, letters
A_BODY = re.compile(r"(?:lokalrådet?|kredsrådet?)(?: (?:i|for)\b.*)?$", re.IGNORECASE)
OF_A_BODY = re.compile(
    r"^(?:deltagere|medlemmer|rådets medlemmer|i rådet sidder)\b|\bmødes \w+ gange\b", re.MULTILINE
)
A_PLAN = re.compile(r"\b(?:\w*plan|årshjul)(?:en)?\b", re.IGNORECASE)
# The work of this law under another name: a plan also when it is called a strategy.
OF_SSP = re.compile(r"\bssp\b.*(?:plan|strategi|20\d\d)|plan\w*\b.*\bssp\b", re.IGNORECASE)
OF_SAFETY = re.compile(
    r"\b(?:trygheds|forebyggelses|kriminalpræventive?|kriminalitets|bande|exit|rusmiddel)\w*[ -]?(?:og \w+)?"
    r"(?:strategi|politik)(?:en)?\b",
    re.IGNORECASE,
)
# A plan that does not call itself one: it speaks of its council again and again.
UNNAMED = {"cooperation_plan": re.compile(r"\bkredsråd"), "action_plan": re.compile(r"\blokalråd")}
NAMED_OFTEN = 3
YEAR = re.compile(r"\b(20[0-4]\d)\b")
ENTRY = re.compile(r"\.$|[.…]{3,} ?\d{1,3}$")  # a sentence, or a line of a contents list
STOPPED = re.compile(r"[.:,]$")
BLANKS = re.compile(r"\s+")
POINT = re.compile(r"\d{1,2}\.\s")  # of an agenda
A_SENTENCE = 8  # words
LONG_NAME = 100  # letters
NOWHERE = -1


def squeezed(text: str) -> str:
    """Lower case without blanks: a title in spaced capitals reads as one word.

    >>> squeezed("SAM ARBEJDS PLAN")
    'samarbejdsplan'
    """
    return BLANKS.sub("", text.lower())


KIND_WORDS = [squeezed(word) for words in KINDS.values() for word in words]


def title_of(lines: list[Line]) -> Line | None:
    """The line that names the document: of the first ones the one that says what it is and its year, else a
    first line with a year, else one that says what it is, else the first with text."""
    head = [line for line in lines if line.text][:40]
    if not head:
        return None
    if _is_a_paper(head[0]):
        return head[0]
    named = list(filter(_names_a_kind, _above_the_text(head)))
    for line in named:
        if YEAR.search(line.text):
            return line
    if marked := _marked_title(lines, head):
        return marked
    if _is_dated_opening(head[0].text):
        return head[0]
    return (named or head)[0]


def _marked_title(lines: list[Line], head: list[Line]) -> Line | None:
    """The title that the file itself marks: as such, or as the only heading of the first level."""
    for line in head:
        if line.title:
            return line
    marked = [line for line in lines if line.heading and line.text]
    levels = list(map(HEADING, marked))
    if len(marked) > 1 and levels[0] == 1 and levels.count(1) == 1:
        return marked[0]
    return None


def _is_a_paper(first: Line) -> bool:
    """Does a first line say that it is no plan?"""
    if any(pattern.match(first.text) for pattern in PAPERS.values()):
        return True
    if _names_a_kind(first) or len(first.text) >= LONG_NAME:
        return False
    return OF_ANOTHER_LAW.search(first.text) is not None


def _above_the_text(head: list[Line]) -> list[Line]:
    """The first lines up to the first paragraph: what stands below it names something else."""
    for place, line in enumerate(head):
        if place and line.text.endswith(".") and len(line.text.split()) >= A_SENTENCE:
            return head[:place]
    return head


def _names_a_kind(line: Line) -> bool:
    if len(line.text) >= 140 or ENTRY.search(line.text) or ITEM.match(line.text) or POINT.match(line.text):
        return False
    close = squeezed(line.text)
    return any(word in close for word in KIND_WORDS)


def _is_dated_opening(text: str) -> bool:
    """Is a first line short, with a year, and no sentence?"""
    return len(text) < 100 and YEAR.search(text) is not None and not STOPPED.search(text)


def is_agenda(title: str) -> bool:
    """Does a title announce a meeting that is still to come?"""
    return PAPERS["minutes"].match(title) is not None


def why_no_plan(kind: str) -> str | None:
    """The sentence on what a file is instead of a plan; None for a plan."""
    return NO_PLAN.get(kind)


def year_of(title: Line | None, lines: list[Line]) -> int | None:
    """The plan's year: in the title, else the year that the first page names most (the first of a span)."""
    if title and (found := YEAR.search(title.text)):
        return int(found[1])
    years: Counter[int] = Counter()
    for line in lines[:120]:
        years.update(map(int, YEAR.findall(line.text)))
    if not years:
        return None
    return min(years, key=lambda year: (-years[year], year))


def meeting_year(lines: list[Line]) -> int | None:
    """The year of the meeting that minutes are of: the date beside the word "møde" at their head; they may be
    issued next year."""
    for line in lines[:12]:
        if re.search(r"\bmødet?\b", line.text) and (found := YEAR.search(line.text)):
            return int(found[1])
    return None


def kind_of(title: Line | None, lines: list[Line]) -> str:
    """cooperation_plan, action_plan, minutes, rules, agreement, report, sheet or other."""
    name = ""
    if title:
        name = squeezed(title.text[:110])
    places = {kind: _first_place(name, words) for kind, words in KINDS.items()}
    named = [place for place in places.values() if place != NOWHERE]
    if title and (paper := _paper_of(title, lines)):
        return paper
    first_lines = [line.text.lower() for line in lines[:600] if line.text]
    begins = "\n".join(first_lines)

    if title and not named and (other := _by_its_title(title.text, begins)):
        return other
    points = _points_at_the_head(lines)
    for kind, place in places.items():
        if place != NOWHERE:
            points[kind] += IN_TITLE
            if place == min(named):
                points[kind] += FIRST_IN_TITLE
    points.update(_points_in_the_text(first_lines, begins))
    if _leaders(first_lines) > 2:
        del points["sheet"]  # a sheet is of one initiative

    best, most = points.most_common(1)[0]
    if most == 0:
        return _unnamed(begins)
    if best == "action_plan" and not named and begins.count("kredsråd") > begins.count("lokalråd"):
        return "cooperation_plan"  # no kind in its name; every cooperation plan speaks of action plans
    return best


def _paper_of(title: Line, lines: list[Line]) -> str:
    """The kind of a paper about a plan; "" for a plan, also one whose name goes on below its first line."""
    for kind, pattern in PAPERS.items():
        if pattern.match(title.text):
            if OF_SSP.search(_name_and_subtitle(title.text, [line.text for line in lines if line.text])):
                return ""
            return kind
    return ""


def _name_and_subtitle(title: str, head: list[str]) -> str:
    """A title with the short lines below it that go on with its name."""
    out = [title]
    for text in head[:SUBTITLE]:
        if text.endswith((".", ":")) or len(text) > LONG_SUBTITLE or POINT.match(text) or ITEM.match(text):
            break
        out.append(text)
    return " ".join(out)


def _by_its_title(title: str, begins: str) -> str:
    """The kind that a title tells which names none; "" where it does not."""
    if A_BODY.match(title) and OF_A_BODY.search(begins):
        return "rules"
    if OF_ANOTHER_LAW.search(title):
        return _of_a_strategy(title, begins)
    if OF_SSP.search(_name_and_subtitle(title, begins.split("\n"))):
        return "action_plan"
    if A_PLAN.search(title) and YEAR.search(title):
        return "action_plan"
    return ""


def _of_a_strategy(title: str, begins: str) -> str:
    """A strategy or policy is a plan of this law when it is about safety, and speaks of the police again and
    again; else one of another law."""
    unnamed = _unnamed(begins)
    is_ours = OF_SAFETY.search(title) or OUR_STRATEGY.search(title)
    if unnamed != "other" or not is_ours or begins.count("politi") < NAMED_OFTEN:
        return unnamed
    if "kredsråd" in begins:
        return "cooperation_plan"
    return "action_plan"


def _first_place(name: str, words: tuple[str, ...]) -> int:
    """Where the first of some words begins in a squeezed title."""
    places = [name.find(squeezed(word)) for word in words]
    return min((place for place in places if place >= 0), default=NOWHERE)


def _points_at_the_head(lines: list[Line]) -> Counter[str]:
    """How often the head of the text uses each kind's words; every plan speaks of minutes."""
    head = " ".join(line.text.lower() for line in lines[:80])
    points: Counter[str] = Counter()
    for kind, words in KINDS.items():
        points[kind] = 0
        if kind != "minutes":
            points[kind] = sum(min(head.count(word), COUNTED) for word in words)
    return points


def _points_in_the_text(first_lines: list[str], begins: str) -> Counter[str]:
    """What the lines begin with and what the text says, in favour of each kind."""
    points: Counter[str] = Counter()
    for kind, patterns in LINE_BEGINS.items():
        for pattern in patterns:
            if any(map(pattern.match, first_lines)):
                points[kind] += IN_TEXT
    for kind, pattern in SAYS.items():
        if pattern.search(begins):
            points[kind] += IN_TEXT
    return points


def _leaders(first_lines: list[str]) -> int:
    """In how many lines somebody is named to lead a piece of work."""
    return sum(LEADS.search(text) is not None for text in first_lines if "tovholder" in text)


def _unnamed(begins: str) -> str:
    """The kind of a text that no word tells."""
    for kind, sign in UNNAMED.items():
        if len(sign.findall(begins)) >= NAMED_OFTEN:
            return kind
    return "other"
