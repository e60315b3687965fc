"""typst in bounds: it sees the template, the fonts and one document, and neither settings nor database.

`python -I typesetter.py FONTS SECONDS TIME < JSON > PDF`; started by `press` alone, as a file of its own:
importing the house takes longer than setting a document. It reads no file outside the folder of the template,
fetches no package, and has so many seconds and so much memory.
"""

import sys
from pathlib import Path

MEMORY = 2 * 1024 * 1024 * 1024  # of addresses; what is used of it is a twentieth
TEMPLATE = Path(__file__).resolve().parent / "document.typ"


def main() -> None:
    """Read standard input and write the file."""
    import resource

    seconds = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(set_by_typst(sys.stdin.read(), Path(sys.argv[1]), int(sys.argv[3])))


def set_by_typst(content: str, letters: Path, moment: int, template: Path = TEMPLATE) -> bytes:
    """The file itself, without limits of time and memory; `content` is JSON and is never read as markup.

    moment   when the file says that it was made, in seconds since 1970

    Raises ValueError on what typst only warns of: a font that is not there is one it puts another in for.
    """
    import typst

    file, warnings = typst.compile_with_warnings(
        template,
        root=template.parent,
        font_paths=[letters],
        ignore_system_fonts=True,
        sys_inputs={"document": content},
        pdf_standards=["ua-1", "a-2a"],
        format="pdf",
        timestamp=moment,
        package_path=template.parent,
        package_cache_path=template.parent,
    )
    if warnings:
        raise ValueError("; ".join(str(warning.message) for warning in warnings))
    return bytes(file)


if __name__ == "__main__":
    main()
