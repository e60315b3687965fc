"""Figures: counts with their source, released by two persons at a moment that all know, never overwritten.

Nobody is counted one by one here: a release is a table of sums.
"""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "samraad.figures"
    label = "figures"
