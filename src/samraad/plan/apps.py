"""The year's promise.

Plans with sections and focus areas, the answers to them, initiatives, indicators, editions.

A cooperation plan (retsplejeloven § 113) and a lokalråd's action plan are one model, `Plan`, with a kind.
"""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "samraad.plan"
    label = "plan"
