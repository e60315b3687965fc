"""Whom police and municipality know outside the fora: stations, partners, agreements, events, advice given, seminars."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "samraad.network"
    label = "network"
