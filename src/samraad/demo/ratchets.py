"""Ratchets: figures of the code, per package, that may fall and never rise (docs/reference/ratchets.toml).

`./run docs` writes the lower ones; tests/test_ratchets.py fails when one has risen. What they count is hard
to read aloud: choices and loops inside expressions, types that say nothing, long lines in templates, and
addresses of rooms above.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src"
FILE = ROOT / "docs" / "reference" / "ratchets.toml"
TOLD = ("lines",)  # a room that learns something new grows: told, not held
NOTE = """\
# Written by ./run docs (src/samraad/demo/ratchets.py): what is counted in a package may fall and never rise.
# choices (x if y else z), comprehensions and values (and/or that are not a test) per 1,000 statements;
# the others are numbers. lines are told, and may rise.
"""
TEMPLATE_LINE = 120
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
Figures = dict[str, float]


def measured() -> dict[str, Figures]:
    """Package -> figure -> number, as the code is now."""
    return {name: _figures(name, folder) for name, folder in packages().items()}


def stored() -> dict[str, Figures]:
    """Package -> figure -> number, as it was last written down."""
    return tomllib.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}


def risen(before: dict[str, Figures], now: dict[str, Figures]) -> list[str]:
    """Every figure that is above the one written down, in words."""
    out = []
    for package, figures in now.items():
        for name, number in figures.items():
            limit = before.get(package, {}).get(name)
            if limit is None:
                out.append(f"{package}: {name} er ikke skrevet ned. Skriv: ./run docs")
            elif number > limit and name not in TOLD:
                out.append(f"{package}: {name} er steget fra {limit} til {number}")
    return out


def lowered(before: dict[str, Figures], now: dict[str, Figures]) -> str:
    """The text of the file: of each figure the lower of what is written down and what is measured."""
    text = NOTE
    for package, figures in now.items():
        text += f'\n["{package}"]\n'
        for name, number in figures.items():
            limit = before.get(package, {}).get(name, number)
            text += f"{name} = {number if name in TOLD else min(limit, number)}\n"
    return text


def packages() -> dict[str, Path]:
    """The pure packages and the rooms, by name."""
    pure = {name: SOURCE / name for name in ("evidens", "manuscript")}
    rooms = {f"samraad.{room}": SOURCE / "samraad" / room for room in settings.ROOMS}
    return {name: folder for name, folder in {**pure, **rooms}.items() if folder.is_dir()}


def _figures(package: str, folder: Path) -> Figures:
    texts = [path.read_text("utf-8") for path in sources(folder)]
    trees = [ast.parse(text) for text in texts]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    statements = sum(isinstance(node, ast.stmt) for node in nodes)

    def dense(number: int) -> float:
        return round(1000 * number / max(statements, 1), 1)

    return {
        "lines": sum(text.count("\n") for text in texts),
        "choices": dense(sum(isinstance(node, ast.IfExp) for node in nodes)),
        "comprehensions": dense(sum(isinstance(node, COMPREHENSIONS) for node in nodes)),
        "values": dense(sum(values_in(tree) for tree in trees)),
        "any": sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes),
        "ignores": sum(text.count("# type: ignore") for text in texts),
        "long_lines": sum(1 for path in templates(folder) for _ in long_lines(path)),
        "addresses_above": sum(1 for _ in addresses_above(package.removeprefix("samraad."), folder)),
    }


def sources(folder: Path) -> list[Path]:
    """The Python files of a package; migrations are written by Django."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def templates(folder: Path) -> list[Path]:
    """The templates of a package."""
    return sorted(path for path in folder.rglob("templates/**/*") if path.is_file())


def long_lines(path: Path) -> Iterator[int]:
    """The numbers of the lines of a template that are too long."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if len(line) > TEMPLATE_LINE:
            yield number


def values_in(tree: ast.AST) -> int:
    """How many `and` and `or` stand as values: not in a test, under `not`, or returned as a bool.

    >>> values_in(ast.parse("name = short or long"))
    1
    >>> values_in(ast.parse("if a and b: pass"))
    0
    """
    tested = {id(inner) for test in _tests(tree) for inner in ast.walk(test)}
    return sum(isinstance(node, ast.BoolOp) and id(node) not in tested for node in ast.walk(tree))


def _tests(tree: ast.AST) -> Iterator[ast.AST]:
    """The expressions in which `and` and `or` are what they look like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.While | ast.Assert | ast.IfExp):
            yield node.test
        elif isinstance(node, ast.comprehension):
            yield from node.ifs
        elif isinstance(node, ast.match_case) and node.guard:
            yield node.guard
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node.operand
        elif isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "bool":
            yield from _returned(node)


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value:
            yield node.value


def levels() -> dict[str, int]:
    """Room -> how high it stands in the order of imports; rooms side by side stand alike."""
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = setup["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    found = {}
    for height, layer in enumerate(reversed(layers)):
        for room in layer.split(" | "):
            found[room.removeprefix("samraad.")] = height
    return found


def addresses_above(room: str, folder: Path) -> Iterator[str]:
    """Every address by name ("public:plan") that a room's files hold of a room above it: "file:line name"."""
    height = levels()
    if room not in height:
        return
    names = re.compile(rf"""["']({"|".join(height)}):([a-z]\w*)["']""")
    for path in [*sources(folder), *templates(folder)]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for other, name in names.findall(line):
                if height[other] > height[room]:
                    yield f"{path.relative_to(SOURCE)}:{number} {other}:{name}"
