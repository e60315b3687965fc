"""Reading plans the rules were not written for: our own, with their truth, in four forms; and the plan of
2022 where it lies near."""

import json

import pytest

from benchmarks.read_plan import SHARED, commitments, values
from manuscript.reading import read
from tests.manuscript.plans import truth

PLANS = {group: truth.plans(group) for group in ("", "later", "unseen")}
# The least that each class must reach over all plans of a group, found / of; measured values stand in
# docs/forklaring/laeser.md.
LEAST = {
    "": {
        "afsnit": 0.90,
        "områder": 1.0,
        "kommuner": 0.95,
        "løfter": 0.88,
        "rigtige": 0.90,
        "tal": 0.90,
        "fora": 0.9,
        "fejl": 0.85,
    },
    "later": {
        "afsnit": 0.84,
        "områder": 0.85,
        "kommuner": 1.0,
        "løfter": 0.85,
        "rigtige": 0.92,
        "tal": 0.94,
        "fora": 0.9,
        "fejl": 0.58,
    },
    "unseen": {
        "afsnit": 0.84,
        "områder": 1.0,
        "kommuner": 1.0,
        "løfter": 0.75,
        "rigtige": 0.85,
        "tal": 0.88,
        "fora": 0.95,
        "fejl": 0.5,
    },
}
LESS_IN_PDF = {"": {}, "later": {}, "unseen": {"løfter": 0.7, "rigtige": 0.82}}


@pytest.mark.parametrize("form", ["txt", "docx", "html", "pdf"])
@pytest.mark.parametrize("group", PLANS)
def test_it_finds_what_a_careful_reader_finds(group: str, form: str) -> None:
    total: dict[str, list[int]] = {}
    for plan in PLANS[group]:
        found, lines = read(dict(plan.forms())[form], f"{plan.name}.{form}")
        assert found.kind == plan.data["kind"]
        assert found.year == plan.data["year"]
        assert found.not_a_plan is None
        assert found.district is not None
        assert found.district["name"] == plan.data["district"]
        for what, (hits, of) in plan.score(found, lines).items():
            pair = total.setdefault(what, [0, 0])
            pair[0], pair[1] = pair[0] + hits, pair[1] + of
    for what, least in (LEAST[group] | (LESS_IN_PDF[group] if form == "pdf" else {})).items():
        hits, of = total[what]
        assert hits / of >= least, f"{what}: {hits} af {of}"


@pytest.mark.parametrize(
    "plan", [plan for group in PLANS.values() for plan in group], ids=lambda plan: plan.name
)
def test_it_cries_wolf_at_nothing(plan: truth.OwnPlan) -> None:
    found, lines = read(plan.text().encode(), f"{plan.name}.txt")
    assert plan.false_alarms(found, lines) == []


def test_it_tells_the_page_in_a_pdf() -> None:
    plan = next(plan for plan in PLANS[""] if plan.name == "fyn_2024")
    found, _ = read(plan.pdf(), "fyn.pdf")
    pages = [section["page"] for section in found.sections]
    assert pages == sorted(pages)
    assert pages[-1] > pages[0] >= 1


@pytest.mark.parametrize(
    "name",
    [
        "roskilde_2023",  # tables whose cells break words
        "midtvest_2025",  # two columns; a word begun in one goes on in the other
        "vestegnen_2024",  # two columns with tables in them
        "fyn_web_2025",  # a contents list of dots without pages
        "holstebro_lokalraad_2020",  # more short paragraphs than long ones
    ],
)
def test_it_reads_the_same_promises_in_a_pdf_as_in_word(name: str) -> None:
    plan = next(plan for group in ("", "later") for plan in PLANS[group] if plan.name == name)
    word, pdf = (
        read(content, f"{name}.{form}")[0] for form, content in plan.forms() if form in ("docx", "pdf")
    )
    assert [row["text"] for row in pdf.commitments] == [row["text"] for row in word.commitments]


@pytest.mark.skipif(
    not (SHARED / "expected.json").is_file(), reason="Planen fra 2022 ligger ikke i SAMRAAD_SHARED_DATA"
)
def test_it_reads_promises_figures_and_faults_of_2022() -> None:
    entries = json.loads((SHARED / "expected.json").read_text("utf-8"))["files"]
    expected = next(entry["expect"] for entry in entries if entry["file"] == "nordjylland_2022.txt")
    found, _ = read((SHARED / "nordjylland_2022.txt").read_bytes(), "nordjylland_2022.txt")
    hits, of, right = commitments(found.commitments, expected["commitments"])
    assert hits / of >= 0.90
    assert right / len(found.commitments) >= 0.85
    figures = {(row["line"], values(row["value"])) for row in found.figures}
    met = sum((row["line"], values(row["value"])) in figures for row in expected["figures"])
    assert met / len(expected["figures"]) >= 0.95
    told = [({row["line"], *row["lines"]}, row["code"]) for row in found.findings]
    for defect in expected["defects"]:
        seen = any(defect["lines"][0] in lines and code == defect["kind"] for lines, code in told)
        assert seen or defect["level"] != "must", defect
        assert not seen or defect["level"] != "must_not", defect
    assert {forum["name"] for forum in expected["fora_of_annex_06"]} <= {
        forum["name"] for forum in found.fora
    }


@pytest.mark.skipif(
    not (SHARED / "expected.json").is_file(), reason="Planerne ligger ikke i SAMRAAD_SHARED_DATA"
)
@pytest.mark.parametrize(
    ("file", "kind", "is_plan"),
    [
        ("10_lejre_lokalraad_referat_2009-03-23.txt", "minutes", False),
        ("30_midtvestsjaelland_lokalraad_regler.txt", "rules", False),
        ("25_viborg_psp.txt", "agreement", False),
        ("28_sikkerby_effektmodel_2015.txt", "report", False),
        ("08_nordjylland_kredsraad_2018.txt", "cooperation_plan", True),
        ("19_amager_tryghedsplan_2015-2016.txt", "action_plan", True),
    ],
)
def test_it_says_what_is_no_plan_and_what_it_is_instead(file: str, kind: str, is_plan: bool) -> None:
    found, _ = read((SHARED / file).read_bytes(), file)
    assert found.kind == kind
    assert (found.not_a_plan is None) == is_plan
