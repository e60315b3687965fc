"""Search at twelve districts x ten years, against plain `LIKE` over the same rows in the same run.

    ./run bench search

Prints the median and the 95th percentile of a search of one, two and five words as the search page does it
(the counts of the sorts, the first page with its marks), and the same question as `LIKE` alone, which is what
the search did before it had an index. Target: at most 50 ms. With `--smallest`: two districts and one year,
to see that it runs.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "samraad.settings"
os.environ["SAMRAAD_DEMO"] = "1"
os.environ["SAMRAAD_DATA"] = tempfile.mkdtemp(prefix="samraad-bench-")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from samraad.audit.actions import frame
from samraad.search.danish import grams, searchable
from samraad.search.models import Entry
from samraad.search.queries import sought
from samraad.search.results import Results

SMALLEST = "--smallest" in sys.argv
DISTRICTS, YEARS, RUNS = (2, 1, 2) if SMALLEST else (12, 10, 40)
A_YEAR = 200  # things: the parts of ten plans, forty meetings, sixty commitments
LONG = 120  # words of a thing
ASKED = ["indbrud", "møde december", "unge natteliv tryghed kommune politi", "skabende", "psykiatribolig"]
SEED = 113
PARTS = [
    "indbrud",
    "unge",
    "natteliv",
    "tryghed",
    "kommune",
    "politi",
    "børn",
    "skole",
    "familie",
    "færdsel",
    "hastighed",
    "sprit",
    "vold",
    "stalking",
    "psykiatri",
    "bolig",
    "misbrug",
    "bande",
    "radikalisering",
    "forebyggelse",
    "indsats",
    "samarbejde",
    "møde",
    "referat",
    "plan",
    "løfte",
    "frist",
    "borger",
    "forening",
    "handel",
    "station",
    "betjent",
    "rådgiver",
    "december",
    "marts",
    "september",
    "juni",
]
ENDS = ["", "en", "et", "er", "erne", "ene", "s", "ernes", "skabende", "sarbejde"]


RARE = [f"{first}{second}{end}" for first in PARTS for second in PARTS for end in ENDS]  # 16,000 words


def words(made: random.Random) -> str:
    """Text of compounds and endings: a few common words, many rare ones."""
    return " ".join(made.choice([made.choice(PARTS[:8]), *made.choices(RARE, k=5)]) for _ in range(LONG))


def fill() -> int:
    """The things of every district and year."""
    made = random.Random(SEED)
    texts = [(text, searchable(text)) for text in (words(made) for _ in range(200))]
    number = 0
    with frame():
        for district in range(DISTRICTS):
            rows = []
            for _ in range(A_YEAR * YEARS):
                number += 1
                title = " ".join(made.choice(PARTS) for _ in range(6))
                text, by_text = made.choice(texts)
                found_by = searchable(title) + by_text
                rows.append(
                    Entry(
                        object_type=made.choice(["plan.section", "council.meeting", "commitment.commitment"]),
                        object_id=number,
                        district=f"kreds-{district}",
                        public=number % 3 == 0,
                        forum_id=number % 9,
                        kind="Prøve",
                        title=title,
                        body=text,
                        url=f"/x/{number}/",
                        title_text=searchable(title),
                        search_text=found_by,
                        grams=" ".join(grams(found_by)) if connection.vendor == "postgresql" else "",
                    )
                )
            Entry.objects.bulk_create(rows, batch_size=500)
    return number


def page(text: str) -> int:
    """A search as its page asks it."""
    found = Results(text, "", 1, "kreds-1", timezone.now(), {"forum_ids": [1, 2, 3], "at_work": True})
    return len(found.filters) + len(found.hits)


def like(text: str) -> int:
    """The same by `LIKE` alone: the peer."""
    rows = Entry.objects.filter(district="kreds-1")
    for word in sought(text):
        rows = rows.filter(search_text__contains=word)
    return rows.count() + len(rows.defer("body", "search_text")[:500])


def timed(ask: Callable[[str], int], text: str) -> list[float]:
    """Milliseconds of each run."""
    ask(text)
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask(text)
        took.append(1000 * (time.perf_counter() - began))
    return sorted(took)


def main() -> None:
    """Fill, ask, print."""
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    count = fill()
    print(
        f"{count} things in {DISTRICTS} districts ({connection.vendor}), {time.perf_counter() - began:.0f} s"
    )
    for text in ASKED:
        ours, peer = timed(page, text), timed(like, text)
        late = ours[int(0.95 * (len(ours) - 1))]
        print(
            f"{text!r}: median {statistics.median(ours):.1f} ms, p95 {late:.1f} ms; "
            f"LIKE alone {statistics.median(peer):.1f} ms"
        )


if __name__ == "__main__":
    main()
