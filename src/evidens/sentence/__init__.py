"""What a result may say, in Danish and English, with its reservations.

The rules: no change is claimed where the interval holds 1, no percentage alone below
25 cases, no "unlike the country" from two separate tests, and what is not available is said to be so.
"""

from evidens.sentence.comparison import against_rest
from evidens.sentence.finding import change
from evidens.sentence.words import capital, number, percent, signed

__all__ = ["against_rest", "capital", "change", "number", "percent", "signed"]
