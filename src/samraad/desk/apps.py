"""What must I do, by when: the only room that looks into several others. It never writes."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "samraad.desk"
    label = "desk"
