"""The client against a real server on loopback that replays recorded answers and every fault."""

import json
from pathlib import Path

import numpy as np
import pytest

from evidens import places
from evidens.errors import BadFile, BadRequest, SourceDown
from evidens.sources.statbank import StatBank, read_jsonstat
from tests.evidens.bank import ALL, CODES, INFO, Server


@pytest.fixture
def bank(statbank_server: Server) -> StatBank:
    return StatBank(statbank_server.address, timeout=5, patience=0.01)


def data_requests(server: Server) -> int:
    return sum(what == "data" for what, _ in server.asked)


def test_it_gives_counts_with_the_day_they_were_given_out(bank: StatBank, statbank_server: Server) -> None:
    found = bank.counts("STRAF11", ALL)
    assert len(found) == 54
    assert found.source.extracted_on is not None
    assert found.count(places.place("municipality:810"), ["1320"], found.span("2020Q1")) == 0
    assert statbank_server.asked[-1][1]["valuePresentation"] == "Code"


def test_it_drops_the_named_official(bank: StatBank) -> None:
    assert "Embedsmand" not in repr(bank.tableinfo("STRAF11"))


def test_it_understands_statbanks_ways_to_choose(bank: StatBank) -> None:
    time_ = bank.tableinfo("STRAF11").variable("tid")
    assert time_.chosen(["*K1"]) == ["2020K1", "2021K1"]
    assert time_.chosen(["(1)"]) == ["2021K3"]
    assert time_.chosen(["(-n+2)"]) == ["2021K2", "2021K3"]
    assert time_.chosen([">=2020K3<=2021K1"]) == ["2020K3", "2021K1"]
    assert time_.chosen(["2021*"]) == ["2021K1", "2021K2", "2021K3"]
    with pytest.raises(BadRequest, match="har ikke værdien 1999K1"):
        time_.chosen(["1999K1"])


def test_it_refuses_a_question_that_would_silently_be_a_total(bank: StatBank) -> None:
    with pytest.raises(BadRequest, match="Vælg også OVERTRÆD"):
        bank.data("STRAF11", {"OMRÅDE": ["*"], "Tid": ["*"]})


def test_it_puts_back_the_zeros_that_bulk_leaves_out(bank: StatBank, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = bank.counts("STRAF11", ALL)
    monkeypatch.setattr("evidens.sources.statbank.CELLS", 10)
    bulk = bank.counts("STRAF11", ALL)
    assert np.array_equal(bulk.cube, plain.cube, equal_nan=True)
    assert bulk.warnings == ()


def test_it_tries_again_after_a_server_error(bank: StatBank, statbank_server: Server) -> None:
    statbank_server.faults = ["503", "503"]
    assert len(bank.counts("STRAF11", ALL)) == 54
    assert data_requests(statbank_server) == 3


def test_it_gives_up_in_words(bank: StatBank, statbank_server: Server) -> None:
    statbank_server.faults = ["503"] * 20
    with pytest.raises(SourceDown, match="svarede 503"):
        bank.counts("STRAF11", ALL)
    assert data_requests(statbank_server) == 5


@pytest.mark.parametrize("fault", ["cut", "cut at a line", "broken connection"])
def test_it_asks_again_when_an_answer_is_cut_off(bank: StatBank, statbank_server: Server, fault: str) -> None:
    statbank_server.faults = [fault]
    assert len(bank.counts("STRAF11", ALL)) == 54


@pytest.mark.parametrize("fault", ["cut", "cut at a line"])
def test_it_never_takes_a_part_for_the_whole(bank: StatBank, statbank_server: Server, fault: str) -> None:
    statbank_server.faults = [fault] * 2
    with pytest.raises(SourceDown, match=r"skåret over|ikke helt"):
        bank.counts("STRAF11", ALL)


def test_it_does_not_take_a_web_page_for_figures(bank: StatBank, statbank_server: Server) -> None:
    statbank_server.faults = ["html"] * 3
    with pytest.raises(SourceDown, match="webside"):
        bank.counts("STRAF11", ALL)


def test_it_passes_on_what_the_server_says(bank: StatBank, statbank_server: Server) -> None:
    said = (
        "Forespørgslen på op mod 4.800.600 celler er over begrænsningen på 1.000.000 celler "
        "for denne filtype."
    )
    statbank_server.faults = [json.dumps({"errorTypeCode": "REQUEST-LIMIT", "message": said})]
    with pytest.raises(BadRequest, match="over begrænsningen"):
        bank.counts("STRAF11", ALL)


def test_it_waits_for_a_slow_server_but_not_for_ever(statbank_server: Server) -> None:
    statbank_server.faults = ["slow"]
    assert len(StatBank(statbank_server.address, timeout=5, patience=0.01).counts("STRAF11", ALL)) == 54
    statbank_server.faults = ["slow"] * 12
    with pytest.raises(SourceDown, match="svarede ikke"):
        StatBank(statbank_server.address, timeout=0.1, patience=0.01).counts("STRAF11", ALL)


def test_it_asks_the_same_question_once_per_update(statbank_server: Server, tmp_path: Path) -> None:
    told: list[str] = []
    bank = StatBank(statbank_server.address, cache=tmp_path, progress=told.append, patience=0.01)
    first, second = bank.data("STRAF11", ALL), bank.data("STRAF11", ALL)
    assert (first.cached, second.cached, first.body == second.body) == (False, True, True)
    assert data_requests(statbank_server) == 1
    statbank_server.info = INFO | {"updated": "2026-10-16T08:00:00"}
    assert not bank.data("STRAF11", ALL).cached
    assert any("54 tal" in text for text in told)
    next(tmp_path.glob("*.csv")).write_bytes(b"anything else")
    assert bank.data("STRAF11", ALL).rows == 54, "a damaged cache is not believed"


def test_it_replays_the_recorded_answers(bank: StatBank, statbank_server: Server, shared: Path) -> None:
    folder = shared / "statbank_api" / "responses"
    for what, name in (
        ("subjects", "subjects_da.json"),
        ("tables", "tables_subject_4_en.json"),
        ("tableinfo", "tableinfo_STRAF42_da.json"),
    ):
        statbank_server.answers[what] = (folder / name).read_bytes()
    assert bank.subjects()[0]["id"]
    assert any(row["id"] == "STRAF11" for row in bank.tables(["4"]))
    info = bank.tableinfo("STRAF42")
    assert info.variables[0].values
    assert info.text().startswith("STRAF42")
    statbank_server.answers["tableinfo"] = b"{}"
    with pytest.raises(SourceDown, match="form"):
        bank.tableinfo("STRAF42")
    statbank_server.answers["data"] = (folder / "data_STRAF42.csv").read_bytes()
    recorded = json.loads((folder / "tableinfo_STRAF42_da.json").read_text("utf-8"))
    recorded["variables"] = [
        one for one in recorded["variables"] if one["id"] in ("HERKOMST1", "Tid")
    ]  # what was asked for then
    statbank_server.answers["tableinfo"] = json.dumps(recorded).encode()
    reply = bank.data("STRAF42", {"HERKOMST1": ["00"], "Tid": ["2023"]})
    assert (reply.rows, reply.body[-8:]) == (1, b"233454\r\n")


def test_it_reads_json_stat_as_the_same_counts(shared: Path) -> None:
    from evidens.sources import read

    folder = shared / "statbank_api" / "constructed"
    stat = read_jsonstat((folder / "data_STRAF11_da.jsonstat.json").read_bytes())
    plain = read(folder / "data_STRAF11_CodeAndValue.csv")
    for code in CODES:
        for offence in ("1252", "1255", "1320"):
            where = places.place(f"municipality:{code}")
            assert (stat.series(where, [offence]) == plain.series(where, [offence]))[[0, 1, 2, 4, 5, 6]].all()
    with pytest.raises(SourceDown, match="ikke helt"):
        read_jsonstat((folder / "data_STRAF11_da.jsonstat.json").read_bytes()[:900])


def test_it_says_which_error_bodies_mean(bank: StatBank, statbank_server: Server, shared: Path) -> None:
    for path in sorted((shared / "statbank_api" / "constructed").glob("error_*.json")):
        statbank_server.faults = [path.read_text("utf-8")]
        with pytest.raises(BadRequest, match="Statistikbanken siger"):
            bank.data("STRAF11", ALL)


def test_it_checks_the_answer_like_any_file(bank: StatBank, statbank_server: Server) -> None:
    statbank_server.counts["810", "1320", "2020K1"] = -4
    with pytest.raises(BadFile, match="kan ikke være negativt"):
        bank.counts("STRAF11", ALL)
