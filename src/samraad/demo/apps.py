"""The demo district: Nordjylland on Friday 28 January 2022, in own words.

Imports everything, is imported by nobody.
"""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "samraad.demo"
    label = "demo"
