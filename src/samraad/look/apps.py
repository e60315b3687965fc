"""How every page looks and speaks: base page, components, Danish words for days, form -> action -> back.

It imports no domain; what a page knows of the person and her rooms is collected by `desk.context`.
"""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "samraad.look"
    label = "look"
