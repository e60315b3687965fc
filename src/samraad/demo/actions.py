"""Filling the demo district."""

from samraad.audit.actions import action
from samraad.demo.cast import enter_cast


@action
def fill(*, by: None) -> None:
    """Enter the cast and everything that had happened by 28 January 2022."""
    enter_cast(by=None)
