"""Sites worth a look, by three rules side by side; never a ranking, and never an alarm.

from evidens.hotspots.sites import Site, sites
"""
