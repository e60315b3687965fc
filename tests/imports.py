"""Which file imports which, read off the code without running it; and where that goes round in a circle."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "src"
PACKAGES = ("samraad", "evidens", "manuscript")


def modules() -> dict[str, Path]:
    """Every module of the house by its name; a package goes by the name of its folder."""
    found = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                parts = path.relative_to(ROOT).with_suffix("").parts
                found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imported(tree: ast.AST, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the house that a file imports, inside functions too; not those for types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from _from(node, known)
        else:
            yield from imported(node, known)


def _from(node: ast.ImportFrom, known: dict[str, Path]) -> Iterator[str]:
    for alias in node.names:
        inner = f"{node.module}.{alias.name}"
        if inner in known:
            yield inner
        elif node.module in known:
            yield str(node.module)


def graph() -> dict[str, set[str]]:
    """Module -> the modules it imports."""
    known = modules()
    return {
        name: set(imported(ast.parse(path.read_text("utf-8")), known)) - {name}
        for name, path in known.items()
    }


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules in which each reaches every other."""
    reach = {name: _reached(name, edges) for name in edges}
    groups = {
        tuple(sorted(other for other in reach[name] if name in reach[other]))
        for name in edges
        if name in reach[name]
    }
    return [list(group) for group in sorted(groups)]


def _reached(start: str, edges: dict[str, set[str]]) -> set[str]:
    """Where one comes to from a module, by one import or more."""
    seen: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen
