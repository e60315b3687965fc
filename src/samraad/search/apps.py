"""Danish search: one normaliser, one table, `index` and `find`. Each room says what may be found of it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "samraad.search"
    label = "search"
