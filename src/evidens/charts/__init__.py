"""Results drawn as SVG, each with title, description and the table behind it.

Vega-Lite specifications as plain dicts, turned into SVG in this process (vl-convert). Nothing is told by
colour alone: lines differ in stroke, places outside their limits are named and filled, maps carry the number
in each area.
"""

from evidens.charts.changes import change_chart
from evidens.charts.choosing import by_name
from evidens.charts.columns import columns_chart
from evidens.charts.drawing import INK, Drawn, draw
from evidens.charts.funnels import funnel_chart
from evidens.charts.lines import multiples, trend_chart
from evidens.charts.maps import outline_map, tiles

__all__ = [
    "INK",
    "Drawn",
    "by_name",
    "change_chart",
    "columns_chart",
    "draw",
    "funnel_chart",
    "multiples",
    "outline_map",
    "tiles",
    "trend_chart",
]
