"""Collects the design system and the fonts from their packages.

The packages as they come are 1,100 files and 30 MB. Pages need the minified stylesheet and script, the icon
sprite, the Latin fonts and the licences: 1 MB in `assets/dist/` (`static/dkfds/`). PDF files need the whole
fonts as they are, which no browser fetches: 1 MB in `assets/print/`. `./run` calls this when the packages
are new.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "assets"
FACES = {
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
}
PRINTED = ("Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold")


def collect(packages: Path, target: Path) -> None:
    """Write css/, js/, img/, fonts/, licenses/ to `target`; FileNotFoundError when a package is missing."""
    shutil.rmtree(target, ignore_errors=True)
    dkfds, plex = packages / "dkfds" / "dist", packages / "@ibm" / "plex-sans"
    css = _stylesheet((dkfds / "css" / "dkfds.min.css").read_text("utf-8"))
    _write(target / "css" / "dkfds.css", css)
    for name in set(re.findall(r"url\(\.\./img/svg-icons/([\w-]+\.svg)\)", css)):
        _copy(dkfds / "img" / "svg-icons" / name, target / "img" / "svg-icons")
    _write(target / "js" / "dkfds.js", _without_map((dkfds / "js" / "dkfds.min.js").read_text("utf-8")))
    _copy(dkfds / "img" / "all-svg-icons.svg", target / "img")
    for face, _, _ in FACES:
        _copy(plex / "fonts" / "split" / "woff2" / f"IBMPlexSans-{face}-Latin1.woff2", target / "fonts")
    _copy(dkfds / "LICENSE.md", target / "licenses", "dkfds.md")
    _copy(plex / "LICENSE.txt", target / "licenses", "plex-sans.txt")


def collect_for_print(packages: Path, target: Path) -> None:
    """Write the fonts of PDF files and their licence to `target`; FileNotFoundError when one is missing."""
    shutil.rmtree(target, ignore_errors=True)
    whole = packages / "dkfds" / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"
    for face in PRINTED:
        _copy(whole / f"IBMPlexSans-{face}.ttf", target)
    _copy(packages / "@ibm" / "plex-sans" / "LICENSE.txt", target, "plex-sans.txt")


def _stylesheet(css: str) -> str:
    """DKFDS without its own font rules (three old formats) and pictures; the Plex faces as woff2 instead."""
    css = re.sub(r"@font-face\{[^}]*\}", "", _without_map(css))
    faces = "".join(
        f"@font-face{{font-family:'IBM Plex Sans';font-style:{style};font-weight:{weight};font-display:swap;"
        f"src:url(../fonts/IBMPlexSans-{face}-Latin1.woff2) format('woff2')}}"
        for face, weight, style in sorted(FACES)
    )
    return faces + css


def _without_map(text: str) -> str:
    return re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*", "", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


if __name__ == "__main__":
    collect(ROOT / "node_modules", ROOT / "dist")
    collect_for_print(ROOT / "node_modules", ROOT / "print")
