"""Empirical Bayes: what a site is expected to have, from its own count and from sites like it (Hauer 1997).

Used by the before/after study (`eb`) and by the list of sites worth a look (`evidens.hotspots`).
"""

import numpy as np
from numpy.typing import ArrayLike

from evidens.counts import Array
from evidens.errors import BadRequest


def weight(expected: ArrayLike, k: ArrayLike) -> Array:
    """The weight of the expected number: 1 / (1 + expected / k) (Hauer, Harwood, Council & Griffith 2002).

    `expected` is for the whole time that is counted, `k` the inverse dispersion; both for the site, or both
    per kilometre, else the weight is wrong. Raises BadRequest on what is not above 0.

    >>> round(float(weight(2.41, 2.05)), 2)
    0.46
    """
    mean, k = np.asarray(expected, float), np.asarray(k, float)
    if not ((mean > 0).all() and (k > 0).all()):
        raise BadRequest("Det ventede tal og dets spredning skal være over 0.")
    return np.asarray(1 / (1 + mean / k))


def site(seen: ArrayLike, expected: ArrayLike, k: ArrayLike) -> tuple[Array, Array]:
    """The expected number of a site in the time counted, and its standard deviation.

    Hauer's section of road: 1.8 km, one year, 12 accidents; 2.41 per km and year expected, k 2.05 per km.

    >>> mean, sd = site(12, 2.41 * 1.8, 2.05 * 1.8)
    >>> round(float(mean), 2), round(float(mean) / 1.8, 2), round(float(sd) / 1.8, 2)
    (8.48, 4.71, 1.19)
    """
    share = weight(expected, k)
    mean = share * np.asarray(expected, float) + (1 - share) * np.asarray(seen, float)
    return mean, np.sqrt((1 - share) * mean)
