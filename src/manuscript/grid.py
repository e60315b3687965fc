"""The rows of a table whose cells may reach over several rows and columns: every cell in its own column."""

from typing import NamedTuple

MOST_COLUMNS = 100
REPEATED = 200  # letters: a longer cell is said once, in the row where it begins


class Cell(NamedTuple):
    """A cell: its text, and how many rows and columns it reaches over."""

    text: str
    rows: int = 1
    columns: int = 1


class Grid:
    """A table that is read row by row.

    >>> grid = Grid()
    >>> grid.row([Cell("Unge", rows=2), Cell("Klub"), Cell("Skolen")])
    ['Unge', 'Klub', 'Skolen']
    >>> grid.row([Cell("Kursus"), Cell("Politiet")])
    ['Unge', 'Kursus', 'Politiet']
    """

    def __init__(self) -> None:
        self._hanging: dict[int, tuple[int, str]] = {}  # column -> rows it still reaches over, its text

    def row(self, cells: list[Cell]) -> list[str]:
        """The texts of the next row, with those that reach down into it; a cell over several columns has its
        text in the first of them."""
        out: list[str] = []
        for cell in cells:
            self._take_from_above(out)
            for column in range(min(cell.columns, MOST_COLUMNS - len(out))):
                text = ""
                if column == 0:
                    text = cell.text
                if cell.rows > 1:
                    self._hanging[len(out)] = (cell.rows - 1, text)
                out.append(text)
        self._take_from_above(out)
        return out

    def _take_from_above(self, out: list[str]) -> None:
        while len(out) in self._hanging:
            left, text = self._hanging.pop(len(out))
            if left > 1:
                self._hanging[len(out)] = (left - 1, text)
            if len(text) > REPEATED:
                text = ""
            out.append(text)


def line_of(texts: list[str]) -> str:
    """The cells of a row as a line with bars; a row that says one thing is that.

    >>> line_of(["Unge", "", "Skolen"]), line_of(["Unge", ""])
    ('Unge | | Skolen', 'Unge')
    """
    said = list(filter(None, texts))
    if len(said) < 2:
        return "".join(said)
    return " ".join(" | ".join(texts).split())
