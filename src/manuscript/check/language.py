"""The words: slips, stray marks, two names for one thing, abbreviations nobody explains."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, pairwise

from manuscript.check.text import WORD, Finding, Manuscript, Mend
from manuscript.source import Line
from manuscript.words import Seldom

ENDINGS = frozenset(
    ["ernes", "enes", "erne", "ens", "ets", "ene", "ers", "en", "et", "er", "es", "e", "s", "t", "n", "r"]
)
KNOWN = {
    "IT",
    "EU",
    "CPR",
    "CVR",
    "DK",
    "TV",
    "PDF",
    "GPS",
    "SMS",
    "AUB",
    "OK",
    "USA",
    "KL",
    "FN",
    "NY",
    "AM",
    "PM",
    "ID",
    "WWW",
}


def stem(word: str) -> str:
    """A word without its inflection, roughly.

    >>> stem("trafiksikkerheden"), stem("kommunernes")
    ('trafiksikkerhed', 'kommun')
    """
    for letters in range(min(5, len(word) - 5), 0, -1):
        if word[-letters:] in ENDINGS:
            return word[:-letters]
    return word


def slips(m: Manuscript) -> Iterator[Finding]:
    """A word that is one letter from another in the same text ("flerårssaftalen"), a verb after "skal" in the wrong form, and
    two small errors of form: "en endelige" and "samarbejds om"."""
    words = m.words
    near = _slips_of_stems(words) | _doubled_letters(words)
    slipped = {line.number for line in m.lines_with(*near)}
    misformed = {*m.concordance.lines_where(SHALL), *m.lines_with(*ELIGE.parts, *GENITIVE.parts)}
    for line in m.whole:
        if line.number not in slipped and line not in misformed:
            continue
        for word in WORD.findall(line.text) if line.number in slipped else ():
            whole = near.pop(word.lower(), "")
            if whole:
                says = f"“{word}” ligner en slåfejl for “{whole}”, som står andre steder."
                yield Finding(
                    "typo",
                    line.number,
                    says,
                    (line.number,),
                    Mend(word, whole.capitalize() if word[0].isupper() else whole),
                )
        yield from _forms(line, words)


LONG = 8  # letters of a stem


def _slips_of_stems(words: Counter[str]) -> dict[str, str]:
    """A word that stands once -> what it would be with the commoner stem that its own is a letter away from."""
    of_word = {word: stem(word) for word in words if len(word) >= LONG}
    stems: Counter[str] = Counter()
    for word, own in of_word.items():
        stems[own] += words[word]
    near = _neighbours(stems)
    return {
        word: near[own] + word[len(own) :]
        for word, own in of_word.items()
        if words[word] == 1 and own in near
    }


def _doubled_letters(words: Counter[str]) -> dict[str, str]:
    """A word that stands once -> the common word that it becomes with one letter doubled, or one of two alike left out, inside it.

    >>> _doubled_letters(Counter({"kommuneerne": 1, "kommunerne": 3})), _doubled_letters(Counter({"komunen": 1, "kommunen": 3}))
    ({'kommuneerne': 'kommunerne'}, {'komunen': 'kommunen'})
    """
    some = [word for word in words if len(word) >= 6]
    once = (
        dict(zip(some, TWICE.sub(r"\1", "\n".join(some)).split("\n"), strict=True)) if some else {}
    )  # each with no letter doubled
    common: dict[str, list[str]] = defaultdict(list)
    for word in some:
        if words[word] >= 2:
            common[once[word]].append(word)
    out: dict[str, str] = {}
    for word in (word for word in some if len(word) >= 7 and words[word] == 1):
        for other in common.get(once[word], ()):
            if abs(len(word) - len(other)) == 1 and (word[:2], word[-2:]) == (other[:2], other[-2:]):
                out[word] = other
    return out


TWICE = re.compile(r"(.)\1+")


RIGHT = {
    "sker": "ske",
    "er": "være",
    "bliver": "blive",
    "har": "have",
    "får": "få",
    "går": "gå",
    "kommer": "komme",
}
MODALS = r"skal(?<!\wskal)|vil(?<!\wvil)|bør(?<!\wbør)|må(?<!\wmå)"  # each begins with its own letters, so that it is found fast
SHALL = re.compile(rf"({MODALS}) (der )?({'|'.join(RIGHT)})\b")
ELIGE = Seldom(r"\b(?-i:(en|et) (\w{3,}elig)e (?=\w))", "elige ")
GENITIVE = Seldom(r"\b(\w{6,})s (?:om|med|mellem|til) ", "s om ", "s med ", "s mellem ", "s til ")


def _forms(line: Line, words: Counter[str]) -> Iterator[Finding]:
    """Small errors of form.

    >>> [f.mend.new for f in _forms(Line(1, "Der skal der sker noget, og en endelige plan følger."), Counter())]
    ['skal der ske', 'en endelig']
    """
    for found in SHALL.finditer(line.text):
        new = f"{found[1]} {found[2] or ''}{RIGHT[found[3]]}"
        yield Finding(
            "typo", line.number, f"“{found[0]}” skal være “{new}”.", (line.number,), Mend(found[0], new)
        )
    for found in ELIGE.finditer(line.text):
        new = f"{found[1]} {found[2]}{'t' if found[1] == 'et' else ''}"
        yield Finding(
            "typo",
            line.number,
            f"“{found[0].strip()}” skal være “{new}”.",
            (line.number,),
            Mend(found[0].strip(), new),
        )
    for found in GENITIVE.finditer(line.text):
        whole = found[1].lower() + "e"
        if words[whole] >= 2 and not words[found[1].lower()]:
            new = found[1] + "e"
            yield Finding(
                "typo",
                line.number,
                f"“{found[1]}s” ligner en slåfejl for “{new}”.",
                (line.number,),
                Mend(found[1] + "s", new),
            )


def _neighbours(stems: Counter[str]) -> dict[str, str]:
    """Rare stem -> the commoner one that is one inserted, missing, doubled or swapped letter away, inside the word."""
    by_gap: dict[str, set[str]] = defaultdict(set)
    long = [word for word in stems if len(word) >= LONG]
    gaps = {word: {word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)} for word in long}
    times = Counter(chain.from_iterable(gaps.values()))
    met = {
        gap for gap, count in times.items() if count > 1 or gap in stems
    }  # where two words meet: few of them all
    for word in long:
        for gap in gaps[word] & met:
            by_gap[gap].add(word)
    out: dict[str, str] = {}
    for word in long:
        if stems[word] > 1:
            continue
        shorter = {gap for gap in gaps[word] & met if len(gap) >= LONG and gap in stems}
        swapped = {
            other for gap in gaps[word] & met for other in by_gap[gap] if sorted(other) == sorted(word)
        }
        close = (by_gap.get(word, set()) | shorter | swapped) - {word}
        best = max(close, key=lambda w: (stems[w], w), default="")
        if (
            best
            and (stems[best] >= 2 or len(word) >= 13)
            and not _inflected(word, best)
            and (stems[best], best) > (stems[word], word[:0])
        ):
            if stems[best] == 1 and len(best) < len(word) and not re.search(r"(.)\1", word):
                continue  # of two rare words the shorter is not surely right
            out[word] = best
    return out


def _inflected(one: str, other: str) -> bool:
    """Is the only difference a joining letter or an ending ("ungdomskriminalitet", "kriminalitets")?"""
    short, long = sorted((one, other), key=len)
    return (
        long.startswith(short)
        or long.endswith(short)
        or (long.replace("s", "", 1) == short and "ss" not in long)
    )


MARKS = Seldom(
    r"\*{1,3}(?=\w)([^*\n]{1,120}?)\*{1,3}|(?<!\w)_{1,2}(?=\w)([^_\n]{1,80}?)_{1,2}(?!\w)|^#{1,6} (\S.*)$|"
    r"&(?:nbsp|amp|lt|gt);|\bXXX+\b|\[(?:indsæt|skriv|udfyld)[^\]]*\]|Fejl! [^.]*\.|</?[a-z]{1,10}>",
    "*", "_", "#", "&", "xxx", "[", "fejl!", "<",
)  # fmt: skip


def stray_markup(m: Manuscript) -> Iterator[Finding]:
    """Asterisks, tags and placeholders that were left behind: "*straffelovsanmeldelser*", "XXX", "[indsæt dato]"."""
    for line in m.lines_with(*MARKS.parts):
        for found in MARKS.finditer(line.text):
            inner = found[1] or found[2] or found[3]
            what = (
                f"Tegnene omkring “{inner}” hører ikke til teksten."
                if inner
                else f"“{found[0]}” er blevet stående. Skriv det, der skulle stå."
            )
            yield Finding(
                "stray_markup", line.number, what, (line.number,), Mend(found[0], inner) if inner else None
            )


JOINT = re.compile(r"(?<!\w)([A-Za-zÆØÅæøå]{4,})-([a-zæøå]{4,})(?!\w)")


def _apart(text: str) -> Iterator[tuple[str, str]]:
    """(what stands apart, the same as one word): "socialt bedrageri" and "tryghed-vogn" as candidates for a compound."""
    words = text.split()
    for one, two in pairwise(words):
        if one[-1] in "te" and len(one) > 4 and two[0].islower() and one.isalpha():
            bare = two.rstrip('.,;:)!?”"')
            if len(bare) >= 5 and bare.isalpha():
                yield f"{one} {bare}", (one[:-1] + bare).lower()
    for found in JOINT.finditer(text) if "-" in text else ():
        yield found[0], (found[1] + found[2]).lower()


def two_names(m: Manuscript) -> Iterator[Finding]:
    """One thing under two names: "socialbedrageri" and "socialt bedrageri"; a law's sign with and without a blank."""
    lines, words = m.whole, m.words
    told: set[str] = set()
    for line in lines:
        for said, joined in _apart(line.text):
            whole = next(
                (
                    joined + ending
                    for ending in ("", "et", "en")
                    if joined + ending in words and len(joined + ending) >= 10
                ),
                "",
            )
            if whole and whole not in told:
                told.add(whole)
                there = next(
                    found.number
                    for found in m.concordance.lines_with(whole)
                    if whole in WORD.findall(found.text.lower())
                )
                text = f"Her står “{said}”, på linje {there} “{whole}”. Vælg ét navn."
                yield Finding("spelling_variant", line.number, text, (there, line.number))
    for joined, apart in (
        ("overfor", "over for"),
        ("udenfor", "uden for"),
        ("indenfor", "inden for"),
        ("udover", "ud over"),
    ):
        one, two = (_where(form, m) for form in (joined, apart))
        if one and two:
            yield Finding(
                "spelling_variant",
                one,
                f"Her står “{joined}”, på linje {two} “{apart}”. Vælg én måde.",
                (one, two),
            )
    with_sign = m.lines_with("§")
    spaced = next((line.number for line in with_sign if re.search(r"§ \d", line.text)), 0)
    for line in with_sign:
        if spaced and (sign := re.search(r"§(\d+)", line.text)):
            text = f"“{sign[0]}” har intet mellemrum, men det har “§ …” på linje {spaced}."
            yield Finding(
                "spelling_variant", line.number, text, (spaced, line.number), Mend(sign[0], f"§ {sign[1]}")
            )


def _where(form: str, m: Manuscript) -> int:
    """The first line that holds a form as words of its own; 0 for none."""
    return next(
        (
            line.number
            for line in m.concordance.lines_with(form)
            if re.search(rf"\b{form}\b", line.text, re.IGNORECASE)
        ),
        0,
    )


SHORT = re.compile(r"([A-ZÆØÅ](?<![\w-].)[A-ZÆØÅ]{1,4})(?![a-zæøå])")


def unexplained_abbreviations(m: Manuscript) -> Iterator[Finding]:
    """Capitals that no sentence explains, the first place they stand: "KSP" with neither its words before nor after in brackets."""
    first: dict[str, int] = {}
    texts = [line.text for line in m.whole]
    for line in m.whole:
        if line.text.isupper():
            continue
        for found in SHORT.finditer(line.text):
            first.setdefault(found[1], line.number)
    for word, line_number in first.items():
        explained = _explained(word, [text for text in texts if word in text])
        if word not in KNOWN and not explained and not re.fullmatch(r"[IVX]+", word):
            text = f"“{word}” bliver ikke forklaret. Skriv ordene ud første gang."
            yield Finding("abbreviation", line_number, text, (line_number,))


def _explained(word: str, texts: list[str]) -> bool:
    """Does one of the texts say it in words: before it in brackets, in brackets after it, or "står for"?

    >>> _explained("KSP", ["samarbejdet om prøveløsladte (KSP)"]), _explained("KSP", ["KSP mødes"])
    (True, False)
    """
    mark = re.escape(word)
    after = re.compile(
        rf"\b{mark}\b[^.()]{{0,12}}\((?!{mark})[a-zæøå][^)]{{8,}}\)|{mark}(?:, [^,]{{0,12}})? (?:står for|betyder)|{mark}, (?:som|der|altså) "
    )
    return any(text.find(f"({word}") > 8 or after.search(text) for text in texts)
