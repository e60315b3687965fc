"""Acts that write in several rooms: a new district, all mayors' seats after an election. Only here."""

from django.apps import AppConfig


class DistrictConfig(AppConfig):
    name = "samraad.district"
    label = "district"
