"""What anyone may see: editions, open minutes, fora, stations. Reads only what was released; never writes."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "samraad.public"
    label = "public"
