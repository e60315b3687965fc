"""Youth crime from an aggregate extract: what leaves is protected."""

from pathlib import Path

import pytest

from evidens import youth
from evidens.errors import BadFile, BadRequest


def extract(tmp_path: Path, body: str) -> youth.YouthExtract:
    file = tmp_path / "unge.csv"
    file.write_text("municipality,band,year,kind,count,population\n" + body, "utf-8")
    return youth.read(file)


def test_it_pools_three_years_by_default(tmp_path: Path) -> None:
    rows = "".join(
        f"{code},15-17,{year},sigtelse,{n},1000\n"
        for year in range(2018, 2022)
        for code, n in (("851", 30), ("860", 20))
    )
    found = extract(tmp_path, rows)
    assert youth.years(found, None) == [2019, 2020, 2021]
    result = youth.analyse(found, "sigtelse", [2019, 2020, 2021])
    aalborg = next(row for row in result.rows if row.code == "851")
    assert (aalborg.count, aalborg.rate) == (90, 30.0)
    assert aalborg.shrunk is not None
    assert 25 < aalborg.shrunk <= 30
    ratio = next(row for row in result.ratios if row.code == "851")
    assert ratio.ratio == 1.2
    assert ratio.standardised is not None
    assert ratio.standardised[0] == 30.0


def test_it_hides_small_counts_and_what_would_give_them_away() -> None:
    result = youth.analyse(youth.example(), "mistanke", [2019, 2020, 2021])
    hidden = [row for row in result.rows if row.count is None]
    assert len(hidden) >= 2
    assert all(row.rate is None and row.shrunk is None and row.outside is None for row in hidden)
    assert all(row.count is None or row.count == 0 or row.count >= 5 for row in result.rows)
    assert result.withheld == len(hidden)
    text = str(result.as_dict())
    assert "Opdigtede tal" in text


def test_it_says_every_fault_of_an_extract(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        extract(
            tmp_path,
            "851,15-17,2021,sigtelse,3,900\n851,15-17,2021,sigtelse,3,900\nAtlantis,9-12,2021,dom,x,0\n",
        )
    assert [problem.code for problem in refused.value.problems] == [
        "unknown_area",
        "unknown_band",
        "unknown_kind",
        "not_a_number",
        "not_a_number",
        "duplicate_rows",
    ]
    assert refused.value.problems[0].line == 4
    (tmp_path / "unge.csv").write_text("kommune,alder\n", "utf-8")
    with pytest.raises(BadFile, match="Skabelonen er"):
        youth.read(tmp_path / "unge.csv")


def test_it_refuses_years_and_kinds_it_does_not_have() -> None:
    with pytest.raises(BadRequest, match="har ikke 2016"):
        youth.years(youth.example(), "2016..2018")
    with pytest.raises(BadRequest, match="3 år i træk"):
        youth.years(youth.example(), "2020..2021")
    with pytest.raises(BadRequest, match="3 år i træk"):
        youth.analyse(youth.example(), "sigtelse", [2021])
    with pytest.raises(BadRequest, match="mindst 3"):
        youth.analyse(youth.example(), "sigtelse", [2019, 2020, 2021], threshold=0)
    with pytest.raises(BadRequest, match="kendes ikke"):
        youth.analyse(youth.example(), "dom", [2019, 2020, 2021])
    with pytest.raises(BadRequest, match="ingen afgørelse"):
        youth.analyse(youth.example(), "afgørelse", [1997, 1998, 1999])


def test_it_shrinks_yearly_changes_towards_the_common_one() -> None:
    result = youth.analyse(youth.example(), "sigtelse", [2019, 2020, 2021])
    changes = [row.change_pct_a_year for row in result.ratios]
    told = [change for change in changes if change is not None]
    assert len(told) >= 6
    assert all(-15 < change < 12 and change == round(change) for change in told)
    assert next(row for row in result.ratios if row.code == "825").change_pct_a_year is None, (
        "Læsø has small years"
    )


def test_it_takes_no_part_for_the_whole(tmp_path: Path) -> None:
    rows = "".join(
        f"{code},15-17,{year},sigtelse,20,1000\n" for code in ("851", "860") for year in (2019, 2020, 2021)
    )
    found = extract(tmp_path, rows.replace("860,15-17,2021,sigtelse,20,1000\n", ""))
    with pytest.raises(BadRequest, match="Hjørring mangler 15-17 i et af årene"):
        youth.analyse(found, "sigtelse", [2019, 2020, 2021])


def test_what_it_shows_is_made_of_what_it_shows(tmp_path: Path) -> None:
    """Level, shrinkage and ratios change nothing when only a hidden cell does: nothing of it is in them."""

    def shown(hidden: int) -> list[object]:
        cells = {
            ("851", "10-14"): 0,
            ("851", "15-17"): 60,
            ("860", "10-14"): 0,
            ("860", "15-17"): 90,
            ("825", "10-14"): hidden,
            ("825", "15-17"): 120,
            ("820", "10-14"): 0,
            ("820", "15-17"): 75,
        }
        rows = "".join(
            f"{code},{band},{year},sigtelse,{n if year == 2019 else 0},{2000 + 10 * int(code)}\n"
            for (code, band), n in cells.items()
            for year in (2019, 2020, 2021)
        )
        result = youth.analyse(extract(tmp_path, rows), "sigtelse", [2019, 2020, 2021])
        assert next(row for row in result.rows if (row.code, row.band) == ("825", "10-14")).count is None
        return [row for row in result.rows if row.count is not None] + list(result.ratios)

    assert shown(3) == shown(2)
