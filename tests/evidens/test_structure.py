"""The package's own shape: no file needs, however far around, a file that needs it."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import evidens

ROOT = Path(evidens.__file__).resolve().parent


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


FILES = {name_of(path): path for path in ROOT.rglob("*.py")}


def needs(path: Path) -> set[str]:
    """The files of the package that a file imports, also inside functions and for types alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in FILES:
            for name in node.names:
                below = f"{node.module}.{name.name}"
                found.add(below if below in FILES else node.module)
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names} & set(FILES)
    return found - {name_of(path)}


def test_it_has_no_circle_of_files() -> None:
    graph = {name: needs(path) for name, path in FILES.items()}
    assert sum(map(len, graph.values())) > len(FILES), "the imports are seen at all"
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None
