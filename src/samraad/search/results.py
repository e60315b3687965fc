"""What a search shows: filters with their counts, the hits marked, a page at a time, and what to try else."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter, itemgetter
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from samraad.audit.rooms import Sort, rooms
from samraad.search.danish import WORDS as IN_WORDS
from samraad.search.danish import fold, tokens
from samraad.search.marking import marked, pattern_of, snippet
from samraad.search.models import Entry
from samraad.search.queries import LONGEST, WORDS, Reach, find, sought

SHOWN = 10  # on a page
MOST = 1000  # things that are counted
PLAIN = str.maketrans({"æ": "a", "ø": "o", "å": "a"})


@dataclass(frozen=True)
class Found:
    """That something was found: its number in the index, and what it is."""

    pk: int
    object_type: str


@dataclass(frozen=True)
class Filter:
    """A sort to see alone: its name, how many there are, its address, and whether it is the one shown."""

    title: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Hit:
    """A thing that was found."""

    entry: Entry
    icon: str
    title: SafeString
    text: SafeString


@dataclass(frozen=True)
class Results:
    """What a search found of what its reader may see."""

    asked: str
    sort: str
    page: int
    district: str
    now: datetime
    reach: Reach

    @property
    def text(self) -> str:
        """What is looked for: without signs that nobody sees, cut where it is too long."""
        return self.asked.replace("\x00", "").strip()[:LONGEST]

    @property
    def cut(self) -> str:
        """What was left out of what was asked; empty when nothing was."""
        if len(self.asked.strip()) > LONGEST:
            return f"Teksten er lang. Vi har søgt i de første {LONGEST} tegn og højst {WORDS} ord."
        if len(dict.fromkeys(tokens(self.text))) > WORDS:
            return f"Vi har søgt på de første {WORDS} ord."
        return ""

    @cached_property
    def every(self) -> list[Found]:
        """All that was found, of every sort, each once.

        What stands in several places of a page is one; so is what stands for everybody and for those inside,
        who get theirs.
        """
        if self._with_all_words:
            return self._with_all_words
        holds: Counter[Found] = Counter()
        for word in sought(self.text):
            holds.update(self._once(word))
        return list(map(itemgetter(0), holds.most_common()))

    @property
    def in_part(self) -> bool:
        """Does nothing hold all the words, and something one of them?"""
        if self._with_all_words:
            return False
        return bool(self.every)

    @cached_property
    def _with_all_words(self) -> list[Found]:
        return self._once(self.text)

    def _once(self, text: str) -> list[Found]:
        """What holds all words of a text, each thing once."""
        found = find(text, district=self.district, now=self.now, **self.reach)
        once: list[Found] = []
        seen: set[object] = set()
        for pk, object_type, number, url in found.values_list("pk", "object_type", "object_id", "url")[:MOST]:
            if url not in seen and (object_type, number) not in seen:
                once.append(Found(pk, object_type))
            seen.update([url, (object_type, number)])
        return once

    @cached_property
    def filters(self) -> list[Filter]:
        """The sorts of what was found, and all of them."""
        found = [Filter("Alt", len(self.every), self.address(""), not self.sort)]
        for sort in sorts():
            count = len(self._of(sort))
            if count:
                found.append(Filter(sort.title, count, self.address(sort.code), sort.code == self.sort))
        return found

    def _of(self, sort: Sort) -> list[Found]:
        return list(filter(lambda found: found.object_type in sort.models, self.every))

    @cached_property
    def rows(self) -> list[Found]:
        """What is found of the sort that is asked for."""
        for sort in sorts():
            if sort.code == self.sort:
                return self._of(sort)
        return self.every

    @cached_property
    def hits(self) -> list[Hit]:
        """Those of this page, with what was sought marked."""
        shown = self.rows[(self.page - 1) * SHOWN : self.page * SHOWN]
        entries = Entry.objects.defer("search_text", "title_text", "grams").in_bulk(
            list(map(attrgetter("pk"), shown))
        )
        marks, pattern = icons(), self._pattern
        hits = []
        for each in shown:
            entry = entries[each.pk]
            text, title = snippet(entry.body, pattern), marked(entry.title, pattern)
            hits.append(Hit(entry, marks.get(each.object_type, "info"), title, text))
        return hits

    @property
    def _pattern(self) -> re.Pattern[str]:
        return pattern_of(sought(self.text))

    @property
    def count(self) -> int:
        """How many places."""
        return len(self.rows)

    @property
    def shows_people(self) -> bool:
        """Is it the page on which people are shown by name too?"""
        return self.page == 1 and self.sort in ("", "personer")

    @property
    def span(self) -> str:
        """ "1-10 af 14"."""
        first = (self.page - 1) * SHOWN + 1
        return f"{first}-{min(self.page * SHOWN, self.count)} af {self.count}"

    @property
    def earlier(self) -> str:
        """The page before; empty on the first."""
        if self.page == 1:
            return ""
        return self.address(self.sort, self.page - 1)

    @property
    def later(self) -> str:
        """The next page; empty on the last."""
        if self.page * SHOWN >= self.count:
            return ""
        return self.address(self.sort, self.page + 1)

    def address(self, sort: str, page: int = 1, text: str = "") -> str:
        """The same search with another sort, page or words."""
        asked = {"q": self.text}
        if text:
            asked = {"q": text}
        if sort:
            asked["type"] = sort
        if page > 1:
            asked["side"] = str(page)
        return f"?{urlencode(asked)}"

    @cached_property
    def meant(self) -> str:
        """Words nearly those one asked for, that stand in titles here; empty when there are none."""
        known = self._known_words()
        words: list[str] = []
        for word in IN_WORDS.findall(fold(self.text))[:WORDS]:
            near = get_close_matches(word.translate(PLAIN), known, n=1, cutoff=0.78)
            words.extend(map(known.__getitem__, near))
            if not near:
                words.append(word)
        meant = " ".join(words)
        if meant == " ".join(IN_WORDS.findall(fold(self.text))[:WORDS]):
            return ""
        if not find(meant, district=self.district, now=self.now, **self.reach).exists():
            return ""
        return meant

    @property
    def meant_address(self) -> str:
        """The search for what was meant."""
        return self.address("", text=self.meant)

    def _known_words(self) -> dict[str, str]:
        """Words of titles that the reader may see, by how they look without Danish letters."""
        known: dict[str, str] = {}
        public = Entry.objects.filter(district=self.district, public=True, visible_from=None)
        for title in public.values_list("title", flat=True)[:MOST]:
            for word in IN_WORDS.findall(fold(title)):
                known.setdefault(word.translate(PLAIN), word)
        return known


def sorts() -> list[Sort]:
    """What the rooms let be found; sorts of one word are one."""
    every: dict[str, Sort] = {}
    for room in rooms():
        for sort in room.finds:
            before = every.get(sort.code, sort)
            models = tuple(dict.fromkeys((*before.models, *sort.models)))
            every[sort.code] = Sort(before.code, before.title, before.icon, models, before.again)
    return list(every.values())


def icons() -> dict[str, str]:
    """The mark of every model that can be found."""
    marks: dict[str, str] = {}
    for sort in sorts():
        marks |= dict.fromkeys(sort.models, sort.icon)
    return marks
