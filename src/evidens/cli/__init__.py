"""`evidens …`: files in, a sentence, a table, JSON or SVG out.

Exit codes: 0 an answer, 2 a bad argument or a file that is refused, 3 not available in these data. Everything
heavy is imported by the command that needs it.
"""

from evidens.cli.running import entry, main, parser

__all__ = ["entry", "main", "parser"]
