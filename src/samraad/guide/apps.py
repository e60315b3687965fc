"""Guides: what front-line staff look up, with an owner, an audience, editions and a review date.

And the helper for sharing under retsplejeloven § 115: it ends in a recorded reason, never in a verdict.
"""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "samraad.guide"
    label = "guide"
