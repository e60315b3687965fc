"""The house's own rules, read off the code: sizes, names, imports, foreign keys, templates, writes."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from samraad.accounts.models import Organisation
from samraad.audit.middleware import OutsideAction
from samraad.demo import ratchets
from tests.imports import circles, graph

SOURCE = Path(__file__).resolve().parents[1] / "src" / "samraad"
PURE = [SOURCE.parent / "evidens", SOURCE.parent / "manuscript"]
FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
ALL = [*FILES, *(path for package in PURE for path in package.rglob("*.py"))]
ROOMS = settings.ROOMS  # the lowest first
CIRCLES = circles(graph())
# read_plan is run by the package that it measures (tests/manuscript).
BENCHMARKS = ["coverage", "evaluation", "figures", "pages", "pdf", "search", "traffic"]
# The files that every room uses; a room that offers something says so in `room.py`.
VOCABULARY = {
    "__init__", "apps", "urls", "views", "api", "forms", "actions", "notices", "permissions", "queries",
    "models", "states", "room", "parts", "waiting", "bin", "adapters", "middleware", "tasks", "management",
    "migrations", "templatetags", "templates", "static", "data", "checks",
}  # fmt: skip
# What a room may have more, named for a thing of the field.
OWN = {
    "audit": {
        "access",
        "drafts",
        "actor",
        "rooms",
        "backup",
        "dumps",
        "encryption",
        "files",
        "heads",
        "keys",
        "seals",
        "segments",
        "triggers",
        "proof",
        "roles",
    },
    "look": {"danish", "pages", "files", "conflict", "assets", "undo"},
    "documents": {
        "text",
        "prose",
        "paragraphs",
        "columns",
        "files",
        "model",
        "word",
        "pdf",
        "spreadsheet",
        "inside",
        "pictures",
    },
    "search": {"danish", "marking", "results"},
    "accounts": {
        "permission",
        "outbox",
        "delivery",
        "sessions",
        "lockout",
        "forgotten",
        "provider",
        "identity",
        "elsewhere",
        "telling",
    },
    "council": {"papers", "packs", "journal", "calendar", "proof"},
    "plan": {"claims", "content", "edition", "findings", "papers", "account", "proof"},
    "guide": {"proof", "papers"},
    "figures": {"fetching", "proof"},
    "network": {"hours"},
    "commitment": {"lists"},
    "desk": {"context", "wheel", "papers"},
    "demo": {"bill", "cast", "councils", "figures", "plans", "more", "reference", "ratchets"},
}


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(SOURCE.parent)))
def test_it_keeps_files_and_functions_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400, f"{path} har {text.count(chr(10))} linjer"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{path}: {node.name} er {length} linjer"


def test_it_has_no_drawer_for_odds_and_ends() -> None:
    bad = {"utils", "helpers", "common", "core", "misc", "manager", "service"}
    assert not [path for path in ALL if bad & set(path.with_suffix("").parts[-2:])]


@pytest.mark.parametrize("room", ROOMS)
def test_it_uses_the_same_file_names_in_every_room(room: str) -> None:
    found = {
        path.stem
        for path in (SOURCE / room).iterdir()
        if path.suffix in (".py", "") and path.name != "__pycache__"
    }
    assert found - VOCABULARY - OWN.get(room, set()) == set()


@pytest.mark.parametrize("package", ratchets.packages())
def test_it_imports_nothing_in_a_circle(package: str) -> None:
    """Not between files either, nor inside a function: what one file needs of another has one direction."""
    assert [
        circle for circle in CIRCLES if any(f"{name}.".startswith(f"{package}.") for name in circle)
    ] == []


@pytest.mark.parametrize("room", ROOMS)
def test_it_names_no_more_addresses_of_rooms_above(room: str) -> None:
    """Addresses by name follow the order of imports; how many do not yet stands in the ratchets."""
    found = list(ratchets.addresses_above(room, SOURCE / room))
    assert len(found) <= ratchets.stored()[f"samraad.{room}"]["addresses_above"], "\n".join(found)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_it_has_benchmarks_that_run(name: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "SAMRAAD_DATABASE"}
    done = subprocess.run(
        [sys.executable, str(SOURCE.parents[1] / "benchmarks" / f"{name}.py"), "--smallest"],
        env={**kept, "PYTHONPATH": str(SOURCE.parent), "SAMRAAD_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_it_points_foreign_keys_to_the_same_room_or_downwards() -> None:
    wrong = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in ROOMS:
            continue
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            if not isinstance(field, models.ForeignKey | models.ManyToManyField) or related is None:
                continue
            if ROOMS.index(related._meta.app_label) > ROOMS.index(room):
                wrong.append(f"{model.__name__}.{field.name} → {related.__name__}")
    assert not wrong


def test_it_introduces_every_room_and_describes_every_public_function() -> None:
    missing = []
    for path in ALL:
        tree = ast.parse(path.read_text("utf-8"))
        if (not ast.get_docstring(tree) and path.stem != "__init__") or (
            path.stem == "apps" and not ast.get_docstring(tree)
        ):
            missing.append(str(path.relative_to(SOURCE.parent)))
        for node in tree.body:
            told = (
                not isinstance(node, ast.FunctionDef | ast.ClassDef)
                or node.name.startswith("_")
                or ast.get_docstring(node)
            )
            framework = isinstance(node, ast.ClassDef) and (path.stem == "apps" or node.name == "Command")
            if not told and not framework:
                missing.append(f"{path.relative_to(SOURCE.parent)}: {node.name}")  # type: ignore[attr-defined]
    assert not missing, "\n".join(missing)


def test_it_takes_domain_time_from_the_clock() -> None:
    late = [path for path in ALL if re.search(r"date\.today\(\)|datetime\.now\(", path.read_text("utf-8"))]
    assert not late


def test_it_lets_no_page_act_as_samraad_itself() -> None:
    """`SYSTEM` is asked no rule: only set-up, the nightly round and the demo may be it."""
    pages = [path for path in FILES if "views" in path.parts or path.stem in ("views", "api")]
    assert not [path for path in pages if "SYSTEM" in path.read_text("utf-8")]


@pytest.mark.django_db
def test_it_refuses_a_write_outside_an_action() -> None:
    with pytest.raises(OutsideAction):
        Organisation.objects.create(kind="state", name="X", short_name="X", slug="x")


TEMPLATES = list(SOURCE.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r'\sstyle="|\son[a-z]+="|javascript:', text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_has_no_template_line_one_must_scroll(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert not [number for number, line in enumerate(lines, 1) if len(line) > 120]


def test_it_shows_only_icons_that_the_sprite_has() -> None:
    sprite = (SOURCE.parents[1] / "assets" / "dist" / "img" / "all-svg-icons.svg").read_text("utf-8")
    from samraad.look.templatetags.look import STATUS

    used = {icon for icon, _ in STATUS.values()}
    for path in TEMPLATES:
        used |= set(re.findall(r'{% icon "([a-z-]+)" %}', path.read_text("utf-8")))
    assert not [icon for icon in used if f'id="{icon}"' not in sprite]


def test_it_keeps_the_middleware_in_the_order_that_works() -> None:
    assert settings.AUTHENTICATION_BACKENDS[0] == "axes.backends.AxesStandaloneBackend"
    assert settings.MIDDLEWARE[-1] == "axes.middleware.AxesMiddleware"
