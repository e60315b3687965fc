"""Text for a spreadsheet: the guard against formulas, which the workbooks of evidens share."""

from evidens.cells import safe

__all__ = ["safe"]
