"""The bottom of the house: what happened, by whom, in an order nobody can change.

Every change of domain data runs inside `@action`, and every action records an Event.
Events hold each other by hash.
"""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samraad.audit"
    label = "audit"
