"""Whom police and municipality know outside the fora: stations, partners, what a forum enters."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "samraad.network"
    label = "network"
