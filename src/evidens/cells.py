"""What may stand in a cell of a spreadsheet: text that would run as a formula is made harmless."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """`text` with an apostrophe before a sign that spreadsheets take for a formula.

    >>> safe("=1+1"), safe("Aalborg")
    ("'=1+1", 'Aalborg')
    """
    if text.startswith(FORMULA):
        return f"'{text}"
    return text
