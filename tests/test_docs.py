"""The documents say what the code says."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from samraad import clock
from samraad.commitment.models import Commitment
from samraad.council.models import Decision, Forum, LegalBasis
from samraad.demo.cast import Entered
from samraad.demo.reference import FORA, pages
from samraad.network.models import Advice, Partner
from samraad.plan.models import FocusArea, Initiative, LocalNeed
from samraad.plan.queries import experience

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = Path(settings.SAMRAAD_SHARED_DATA) / "plans" / "expected.json"


@pytest.mark.parametrize(
    "name",
    [
        "states.md",
        "permissions.md",
        "settings.md",
        "commands.md",
        "addresses.md",
        "plan-2022.md",
        "sbom.cdx.json",
    ],
)
def test_it_keeps_the_reference_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == pages()[name], "Skriv: ./run docs"


def test_it_has_every_model_in_the_glossary() -> None:
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    names = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in settings.ROOMS and not model._meta.auto_created
    }
    assert not [name for name in sorted(names) if f"`{name}`" not in text]


def test_it_names_no_model_in_the_glossary_that_is_gone() -> None:
    platform, analysis = (ROOT / "GLOSSARY.md").read_text("utf-8").split("## Tal (pakken `evidens`)")
    rows, words = (re.findall(r"^\|[^|]+\| `(\w+)` \|", part, re.MULTILINE) for part in (platform, analysis))
    names = {model.__name__ for model in apps.get_models()} | {"Function", "Yes"}
    assert rows
    assert not set(rows) - names
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "evidens").glob("*.py"))
    assert words
    modules = {path.stem for path in (ROOT / "src" / "evidens").rglob("*.py")}
    gone = [word for word in words if not re.search(rf"^(class|def) {word}\b", code, re.MULTILINE)]
    assert not set(gone) - modules


def test_it_has_a_page_for_every_decision_that_the_readme_or_code_names() -> None:
    named = set()
    for path in [*ROOT.glob("*.md"), *(ROOT / "src").rglob("*.py")]:
        named |= set(re.findall(r"docs/decisions/([\w-]+\.md)", path.read_text("utf-8")))
    assert not [name for name in named if not (ROOT / "docs" / "decisions" / name).is_file()]


def test_it_links_only_to_files_that_exist() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert not broken


def test_it_locks_no_address_of_a_registry() -> None:
    locks = [ROOT / "assets" / "package-lock.json", ROOT / "tests" / "provider" / "package-lock.json"]
    for path in [*(ROOT / "requirements").glob("*.txt"), *locks]:
        text = path.read_text("utf-8")
        assert "http://" not in text
        assert not re.search(r'"resolved"|https://(?!opencollective|github)', text), path


def test_it_points_from_the_plan_of_2022_to_every_kind_of_forum_and_every_area_of_the_demo(
    demo: Entered,
) -> None:
    assert set(FORA) == set(Forum.objects.values_list("kind", flat=True))
    page = pages()["plan-2022.md"]
    areas = FocusArea.objects.filter(plan__year=2022, plan__forum__kind="kredsraad")
    assert areas.count() == 16
    assert not [area.title for area in areas if f"| indsatsområde | `FocusArea` | {area.title} |" not in page]


def test_it_points_only_to_what_the_demo_holds(demo: Entered) -> None:
    pilot = Initiative.objects.get(title="Pilotprojekt mod socialt bedrageri")
    promised = set(re.findall(r"\| løfte \| `Commitment` \| (.+?) \|", pages()["plan-2022.md"]))
    assert promised == set(Commitment.objects.filter(areas__plan__year=2022).values_list("text", flat=True))
    assert pilot.also_districts.count() == 2
    assert any(milestone.fora.count() == 2 for milestone in pilot.milestones.all())
    assert LegalBasis.objects.filter(code="Retsplejelovens § 113", fora__kind="kredsraad").exists()
    assert Decision.objects.filter(
        text__startswith="Samarbejdet om genopdragelsesrejser bliver styrket"
    ).exists()
    assert Advice.objects.filter(forum__kind="infohouse").exists()
    assert Initiative.objects.exclude(success_criterion="").filter(title="Hylder i byggecentret").exists()
    assert LocalNeed.objects.exists()
    assert Partner.objects.exists()
    assert experience(pilot.plan.forum.district, clock.now())


@pytest.mark.skipif(not EXPECTED.is_file(), reason="Planen fra 2022 ligger ikke i SAMRAAD_SHARED_DATA")
def test_it_leaves_out_no_line_of_the_plan_that_asks_for_something() -> None:
    files = json.loads(EXPECTED.read_text("utf-8"))["files"]
    asked = next(file["expect"]["commitments"] for file in files if file["file"] == "nordjylland_2022.txt")
    shown = {int(line) for line in re.findall(r"^\| (\d+) \|", pages()["plan-2022.md"], flags=re.MULTILINE)}
    assert [want["line"] for want in asked if want["line"] not in shown] == []


def test_it_locks_the_pure_packages_with_what_the_project_asks_for() -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = set(whole["project"]["dependencies"]) | set(whole["dependency-groups"]["dev"])
    assert set(whole["dependency-groups"]["pure"]) <= asked
