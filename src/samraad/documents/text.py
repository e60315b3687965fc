"""The HTML subset of plans and minutes: cleaned on save, read as plain text, made from plain text."""

import html
import re
import tomllib
from collections import Counter
from pathlib import Path

import nh3

TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}}
TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)", re.IGNORECASE)
CLOSE_THEMSELVES = {
    "br",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "wbr",
    "col",
    "p",
    "li",
    "tr",
    "td",
    "th",
    "dd",
    "dt",
}
DEEPEST = 500  # tags inside each other; nobody writes so many, and a parser takes the square of it in time
CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # what XML, and so a Word file, cannot hold
BLOCK = re.compile(r"</(?:p|h[2-4]|li|tr|blockquote)>|<br ?/?>", re.IGNORECASE)
CELL = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)
HYPHENS = (
    r"[-\u00ad\u2010-\u2015\u2212\u200b\x02\ufffe]"  # the last two are what a PDF has at the end of a line
)
CPR = re.compile(
    rf"(?<!\d)(?<!\d{HYPHENS})(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d"
    rf"(?:\s?{HYPHENS}{{1,2}}\s{{0,2}}|[^\S\r\n\t]{{0,3}})\d{{4}}(?!{HYPHENS}?\d)"
)

SIX = re.compile(r"\d\d\d\d\d\d")  # quicker found than \d{6}

NAMES = {
    kind: frozenset(words.split())
    for kind, words in tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8")).items()
}
BLANKS = r"[ \u00a0\u202f]{1,2}"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
SMALL_LETTERS = rf"[^\W\d_]+(?:-{CAPITAL}[^\W\d_]+)*(?!-?\w)"
WORD = CAPITAL + SMALL_LETTERS
RUN = re.compile(
    rf"{CAPITAL}(?<![\w-].){SMALL_LETTERS}(?:{BLANKS}(?:(?:von|van|de|der|af|el|al){BLANKS})?(?:{WORD}|{CAPITAL}\.))+"
)
SEN = re.compile(r"sen(?!\w)")
SMALL = re.compile(rf"(?<![\w-])([a-zæøå]+){BLANKS}[a-zæøå]{{2,}}sen$")
LONG_NAME = 60  # letters of a given name and a surname
STREET = re.compile(r"\s*(?:gade|vej|plads|allé|alle|stræde|torv|boulevard|vænge)\b")
NAMED_AFTER = re.compile(
    r".+(?:gade|vej|plads|allé|alle|stræde|torv|boulevard|vænge|skole|skolen|kirke|kirken|park|parken)"
)


def printable(text: str) -> str:
    """`text` without control signs; Word's soft line break (a vertical tab) becomes a line break.

    >>> printable("Et\\x0bto\\x01")
    'Et\\nto'
    """
    return CONTROLS.sub("", text.replace("\x0b", "\n"))


def clean(text: str) -> str:
    """`text` with only the allowed tags; plain text gets its paragraphs.

    >>> clean("Et\\n\\nTo <script>x</script>")
    '<p>Et</p>\\n<p>To</p>'
    >>> clean('<p onclick="x()">Hej <strong>du</strong></p>')
    '<p>Hej <strong>du</strong></p>'
    """
    safe = well_formed(printable(text.replace("\r\n", "\n").replace("\x0b", "<br>")).strip())
    if CONTROLS.search(
        safe
    ):  # written as &#1;: a word that turns into an address when they go must be looked at again
        safe = well_formed(printable(safe).strip())
    if re.search(r"<(?:p|h[2-4]|ul|ol|table|blockquote)\b", safe):
        return _close_up_headings(safe)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", safe) if part.strip()]
    return "\n".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in paragraphs)


def well_formed(text: str, tags: set[str] = TAGS) -> str:
    """`text` with only these tags, opened and closed in order; what is nested too deep to be read keeps none.

    >>> well_formed("<ul><li>Et<li>To")
    '<ul><li>Et</li><li>To</li></ul>'
    """
    if _nests_too_deep(text):
        return html.escape(text, quote=False)
    return nh3.clean(
        text, tags=tags, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def _nests_too_deep(text: str) -> bool:
    """Stand more tags open inside each other than `DEEPEST`?"""
    if text.count("<") <= DEEPEST:
        return False
    still_open: Counter[str] = Counter()
    for slash, name in TAG.findall(text):
        tag = name.lower()
        if not slash and tag not in CLOSE_THEMSELVES:
            still_open[tag] += 1
        elif still_open[tag]:
            still_open[tag] -= 1
        if still_open.total() > DEEPEST:
            return True
    return False


def _close_up_headings(text: str) -> str:
    """The first heading inside a section is h3, and no level is skipped (h2 belongs to the section itself)."""
    levels = sorted({int(level) for level in re.findall(r"<h([2-4])\b", text)})
    for new, old in zip(range(3, 5), levels, strict=False):
        text = re.sub(rf"<(/?)h{old}\b", rf"<\1H{new}", text)
    return re.sub(r"<(/?)H(\d)", r"<\1h\2", re.sub(r"<(/?)h2\b", r"<\1h4", text))


def plain(text: str) -> str:
    """The words of an HTML text, a line per block, a bar between the cells of a table.

    >>> plain("<p>Et &amp; to</p><ul><li>tre</li></ul>")
    'Et & to\\ntre'
    >>> plain("<table><tr><th>Emne</th><th>Behandlet</th></tr></table>")
    'Emne | Behandlet'
    """
    return _without_tags(CELL.sub(" | ", text))


def shortened(text: str, length: int) -> str:
    """`text` on one line in at most `length` letters: what is longer is cut after a word and ends with dots.

    >>> shortened("Der afholdes en temadag", 20), shortened("Der afholdes en temadag", 23)
    ('Der afholdes en …', 'Der afholdes en temadag')
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]  # with the blank after its last word, when that is whole
    whole = head.rpartition(" ")[0] or head[:-1]
    return whole.rstrip(" ,;:|–-(“") + " …"


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]+>", "", BLOCK.sub("\n", text))).strip()


def from_lines(lines: list[str]) -> str:
    """HTML paragraphs of plain lines; a line that begins with a dash or a dot is a list item.

    >>> from_lines(["Et", "- to", "- tre"])
    '<p>Et</p>\\n<ul>\\n<li>to</li>\\n<li>tre</li>\\n</ul>'
    """
    out: list[str] = []
    in_list = False
    for line in (line.strip() for line in lines):
        item = re.match(r"[-•·–*]\s+(.*)", line)
        if bool(item) != in_list and (line or in_list):
            out.append("<ul>" if item else "</ul>")
            in_list = bool(item)
        if line:
            out.append(
                f"<li>{html.escape(item[1], quote=False)}</li>"
                if item
                else f"<p>{html.escape(line, quote=False)}</p>"
            )
    return "\n".join([*out, "</ul>"] if in_list else out)


# Compounds of the field and where they may break: dictionaries break Danish ones badly.
PARTS = (
    "nær|stationer",
    "social|bedrageri",
    "genop|dragelses|rejser",
    "ungdoms|krimina|litet",
    "vesthimmer|lands",
    "trygheds|skabende",
)


def soft_hyphens(text: str) -> str:
    """`text` with soft hyphens where Danish compounds may break; only for showing.

    >>> soft_hyphens("Socialbedrageri").replace("\u00ad", "-")
    'Social-bedrageri'
    """
    for parts in PARTS:
        word = parts.replace("|", "")
        for found in {match[0] for match in re.finditer(word, text, re.IGNORECASE)}:
            pieces, at = [], 0
            for part in parts.split("|"):
                pieces.append(found[at : at + len(part)])
                at += len(part)
            text = text.replace(found, "\u00ad".join(pieces))
    return text


def cpr_like(text: str) -> str:
    """The first run of digits in `text` that looks like a CPR number, masked; else the empty string.

    Ten digits whose first four are a day and a month; the check digit is not used, since numbers issued from
    2007 need not satisfy it (CPR-kontoret). It is sought both with and without what could be tags.

    >>> cpr_like("ring 9630 1448, sag 010190-1234")
    '010190-••••'
    >>> cpr_like("cpr-010190 - 1234")
    '010190-••••'
    >>> cpr_like("j.nr. 2024-32-0283, uge 3112")
    ''
    """
    if not (SIX.search(text) or "<" in text or "&" in text):
        return ""
    found = CPR.search(_without_tags(text)) or CPR.search(text)
    return f"{re.sub(r'[^0-9]', '', found[0])[:6]}-••••" if found else ""


MASK = "••••••-••••"


def hidden(text: str) -> str:
    """`text` with every run of digits that looks like a CPR number masked, for what is kept before somebody has looked at it.

    >>> hidden("sag 010190-1234, ring 9630 1448")
    'sag ••••••-••••, ring 9630 1448'
    """
    return CPR.sub(MASK, text) if SIX.search(text) else text


def person_names(text: str) -> list[str]:
    """What in `text` looks like names of persons, each once: a given name with a surname or its first letter, an office with a name.

    Streets, squares, schools and kings with a person's name are none.

    >>> person_names("Kontaktperson Peter Hansen og Mette J. bor på Hans Broges Gade, ved Peter Bangs Vej.")
    ['Peter Hansen', 'Mette J.']
    """
    small = (SMALL.search(text, max(0, end.start() - LONG_NAME), end.end()) for end in SEN.finditer(text))
    found = [
        " ".join(match[0].split())
        for match in small
        if match and match[1] in NAMES["given"] and match[1] not in NAMES["words_too"]
    ]
    for run in RUN.finditer(text):
        if STREET.match(text, run.end()):
            continue
        words, before = run[0].split(), text[max(0, run.start() - 40) : run.start()].split()[-1:]
        at = 0
        while at < len(words) - 1:
            last = words[at - 1] if at else "".join(before)
            length = _length_of_name(words[at : at + 6], last.lower().strip("(:"))
            if length:
                found.append(" ".join(words[at : at + length]))
            at += length or 1
    return list(dict.fromkeys(found))


def _length_of_name(words: list[str], before: str) -> int:
    """How many of the words are a person's name, beginning with the first; 0 when none."""
    given = _is_given(words[0], words[1])
    if before in NAMES["before"] or not (
        given or (before in NAMES["offices"] and words[0].lower() not in NAMES["others"])
    ):
        return 0
    taken = 1
    for word in words[1:]:
        low = word.lower()
        named_after = NAMED_AFTER.fullmatch(low)
        if low in NAMES["places"] or (named_after and all(_is_given(each, "x") for each in words[:taken])):
            return 0
        if low in NAMES["others"] or named_after or re.fullmatch(r"[IVX]{2,}|X\.?", word):
            break
        taken += 1
    return taken if taken > 1 else 0


def _is_given(word: str, following: str) -> bool:
    low = word.lower()
    if NAMES["given"].isdisjoint(low.split("-")):
        return False
    if word.isupper():
        return following.isupper() and (low not in NAMES["words_too"] or following.endswith("SEN"))
    return not following.isupper() or len(following) > 3 or following.endswith(".")
