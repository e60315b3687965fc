"""A table of counts is kept whole, and its fingerprint is of what it says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from evidens import example
from evidens.counts import Counts
from evidens.errors import BadFile
from evidens.keeping import as_parquet, content_sha, from_parquet
from evidens.periods import Period


def turned(counts: Counts) -> Counts:
    """The same rows in another order, with the lists of words in another order too."""
    order = np.arange(len(counts))[::-1]
    last = len(counts.places) - 1
    return replace(
        counts,
        places=counts.places[::-1],
        codes_place=last - counts.codes_place[order],
        codes_offence=counts.codes_offence[order],
        codes_period=counts.codes_period[order],
        values=counts.values[order],
    )


def changed(counts: Counts, row: int, value: int) -> Counts:
    """The same with another count in one row."""
    values = counts.values.copy()
    values[row] = value
    return replace(counts, values=values)


def test_it_gives_the_same_fingerprint_for_the_same_content_in_any_order() -> None:
    counts = example()
    assert content_sha(turned(counts)) == content_sha(counts)


def test_it_asks_neither_what_the_file_is_called_nor_when_it_came() -> None:
    counts = example()
    source = replace(counts.source, file="andet.csv", sha256="ff", extracted_on=date(2022, 2, 11))
    assert content_sha(replace(counts, source=source)) == content_sha(counts)


def test_it_gives_another_fingerprint_when_one_count_or_what_stands_around_differs() -> None:
    counts = example()
    others = [
        changed(counts, 7, int(counts.values[7]) + 1),
        replace(counts, complete=True),
        replace(counts, kind="charged"),
        replace(counts, provisional=frozenset([counts.latest])),
        replace(counts, silent=((3, 2, Period.parse("2020Q1")),)),
        replace(counts, source=replace(counts.source, part="kun KØN=M")),
    ]
    found = {content_sha(other) for other in others}
    assert len(found) == len(others)
    assert content_sha(counts) not in found


def test_it_comes_back_from_the_file_with_every_row_and_mark() -> None:
    counts = replace(
        example(),
        provisional=frozenset([Period.parse("2021Q4")]),
        silent=((3, 2, Period.parse("2020Q1")),),
    )
    back = from_parquet(as_parquet(counts))
    assert content_sha(back) == content_sha(counts)
    assert back.source == counts.source
    assert back.provisional == counts.provisional
    place, offence, period = back.silent[0]
    assert (back.places[place], back.offences[offence]) == (counts.places[3], counts.offences[2])
    assert period == Period.parse("2020Q1")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"<html></html>"])
def test_it_says_in_words_that_a_file_is_no_kept_table(content: bytes) -> None:
    with pytest.raises(BadFile, match="ikke en tabel, som evidens har gemt"):
        from_parquet(content)
