"""The documents say what the code says."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from samraad.council.models import Forum
from samraad.demo.actions import fill
from samraad.demo.reference import FORA, pages
from samraad.plan.models import FocusArea

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("audit", "search", "accounts", "council", "plan", "guide")


@pytest.mark.parametrize("name", ["states.md", "permissions.md", "settings.md", "commands.md", "addresses.md", "plan-2022.md"])
def test_it_keeps_the_reference_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == pages()[name], "Skriv: ./run docs"


def test_it_has_every_model_in_the_glossary() -> None:
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    names = {model.__name__ for model in apps.get_models() if model._meta.app_label in ROOMS and not model._meta.auto_created}
    assert not [name for name in sorted(names) if f"`{name}`" not in text]


def test_it_names_no_model_in_the_glossary_that_is_gone() -> None:
    platform, analysis = (ROOT / "GLOSSARY.md").read_text("utf-8").split("## Tal (pakken `evidens`)")
    rows, words = (re.findall(r"^\|[^|]+\| `(\w+)` \|", part, re.MULTILINE) for part in (platform, analysis))
    names = {model.__name__ for model in apps.get_models()} | {"Function"}
    assert rows
    assert not set(rows) - names
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src" / "evidens").glob("*.py"))
    assert words
    assert not [word for word in words if not re.search(rf"^(class|def) {word}\b", code, re.MULTILINE)]


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
    for path in [*(ROOT / "requirements").glob("*.txt"), ROOT / "assets" / "package-lock.json"]:
        text = path.read_text("utf-8")
        assert "http://" not in text
        assert not re.search(r'"resolved"|https://(?!opencollective|github)', text), path


@pytest.mark.django_db
def test_it_points_from_the_plan_of_2022_to_every_kind_of_forum_and_every_area_of_the_demo() -> None:
    fill(by=None)
    assert set(FORA) == set(Forum.objects.values_list("kind", flat=True))
    page = pages()["plan-2022.md"]
    areas = FocusArea.objects.filter(plan__year=2022, plan__forum__kind="kredsraad")
    assert areas.count() == 16
    assert not [area.title for area in areas if f"| indsatsområde | `FocusArea` | {area.title} |" not in page]


def test_it_locks_the_analysis_alone_with_what_the_project_asks_for() -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = set(whole["project"]["dependencies"]) | set(whole["dependency-groups"]["dev"])
    assert set(whole["dependency-groups"]["evidens"]) <= asked
