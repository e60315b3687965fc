"""The text of a PDF, taken out in a process of its own: a hostile file ends that process and nothing else.

`python -m samraad.documents.pdf_text < FILE` writes the text; it needs neither settings nor database.
"""

import subprocess
import sys

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
PAGES = 500


class TooMuch(Exception):
    """The file could not be read within the limits, or is no PDF that can be opened."""


def text_of_pdf(content: bytes) -> str:
    """All text of a PDF as it was drawn; empty for a scanned one. Raises TooMuch."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "samraad.documents.pdf_text"],
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooMuch from error
    if done.returncode:
        raise TooMuch
    return done.stdout.decode("utf-8", errors="replace")


def main() -> None:
    """Read standard input and write the text."""
    import resource

    import pypdfium2

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if len(document) > PAGES:
        sys.exit(2)
    for page in document:
        sys.stdout.buffer.write(
            page.get_textpage().get_text_range().encode("utf-8", errors="replace") + b"\n"
        )


if __name__ == "__main__":
    main()
