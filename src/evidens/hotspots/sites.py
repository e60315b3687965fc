"""Three rules for a site, and what it means where they disagree.

Empirical Bayes asks whether the site has more than others like it once chance is taken out (Hauer et al.
2002); the Road Directorate's rule is a Poisson test against what its kind has, with a least count; the
municipal one counts. A high count falls by itself: where only the count speaks, that is what is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation import bayes, nb2
from evidens.sentence.words import number

SURE = 0.95  # how sure empirical Bayes must be that the site has more than others like it
FEWEST = 20  # sites of a kind, from which on what is expected of it can be learned
COUNT, YEARS = 5, 5  # the municipal rule: five in five years
NOT_STATED = "ikke opgjort"
Learned = dict[str, tuple[float | None, float | None]]  # by kind what is expected, and k


@dataclass(frozen=True)
class Site:
    """A site with its accidents in `years`; `expected` in that time with `k` where a function is known."""

    name: str
    kind: str
    count: int
    expected: float | None = None
    k: float | None = None


@dataclass(frozen=True)
class Rules:
    """What is asked of a site.

    `minimum` and `level` of the Road Directorate's rule have no figure of our own: without both, and the
    `source` that states them, that rule is not asked.
    """

    years: float = 5.0
    count: int = COUNT
    count_years: float = YEARS
    minimum: int | None = None
    level: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Judged:
    """A site by the three rules: True, False, or None where the rule could not be asked.

    `bayes` is the expected number in the time counted with `sd`, `sure` how sure it is above `expected`; `p`
    the Poisson test's. `means` says what the rules together mean.
    """

    name: str
    kind: str
    count: int
    expected: float | None
    bayes: float | None
    sd: float | None
    sure: float | None
    p: float | None
    by_bayes: bool | None
    by_test: bool | None
    by_count: bool
    means: str

    @property
    def worth_a_look(self) -> bool:
        """Whether any rule says so."""
        return bool(self.by_bayes or self.by_test or self.by_count)

    def as_dict(self) -> dict[str, object]:
        """For JSON; a rule that was not asked reads so, and never "nej"."""
        told = dict(self.__dict__)
        for rule in ("by_bayes", "by_test", "by_count"):
            told[rule] = {True: "ja", False: "nej", None: NOT_STATED}[told[rule]]
        told["worth_a_look"] = self.worth_a_look
        return told


def sites(given: Sequence[Site], rules: Rules | None = None, learn: bool = True) -> list[Judged]:
    """Every site by the three rules, in the order given.

    With `learn` what is expected of a kind is learned from its sites where it is not given and there are
    enough; else the rules that need it are not asked. Raises BadRequest on names that stand twice.

    >>> found = sites([Site("kryds", "vej", 12, 4.338, 3.69)])
    >>> round(found[0].bayes, 2), found[0].by_bayes, found[0].by_test
    (8.48, True, None)
    """
    if rules is None:
        rules = Rules()
    _check(given, rules)
    learned: Learned = {}
    if learn:
        learned = _learned(given)
    found = []
    for site in given:
        expected, k = site.expected, site.k
        if expected is None:
            expected, k = learned.get(site.kind, (None, None))
        found.append(_judged(site, expected, k, rules))
    return found


def _check(given: Sequence[Site], rules: Rules) -> None:
    names = [site.name for site in given]
    if len(set(names)) < len(names):
        raise BadRequest("To steder har samme navn. Giv hvert sit eget.")
    if any(site.count < 0 for site in given):
        raise BadRequest("Et antal kan ikke være negativt.")
    if (rules.minimum is None) != (rules.level is None) or (rules.minimum is not None and not rules.source):
        raise BadRequest(
            "Vejdirektoratets regel skal have både mindste antal, niveau og den kilde, de står i."
        )
    if rules.level is not None and not 0 < rules.level < 1:
        raise BadRequest("Niveauet er mellem 0 og 1, fx 0,05.")
    if rules.years <= 0:
        raise BadRequest("Perioden skal være længere end 0 år.")


def _learned(given: Sequence[Site]) -> Learned:
    """What a site of a kind is expected to have, and k: from the counts of its own kind."""
    found: Learned = {}
    for kind in sorted({site.kind for site in given}):
        counts = np.array([site.count for site in given if site.kind == kind], float)
        if len(counts) < FEWEST:
            continue
        try:
            fit = nb2.fit(counts, np.ones((len(counts), 1)), np.ones(len(counts)))
        except Unavailable:
            continue
        found[kind] = (float(fit.mean[0]), fit.k)
    return found


def _judged(site: Site, expected: float | None, k: float | None, rules: Rules) -> Judged:
    mean = sd = sure = p = None
    by_bayes = by_test = None
    if expected is not None and k is not None:
        mean, sd, sure = _bayes(site.count, expected, k)
        by_bayes = sure >= SURE
    if expected is not None:
        p = at_least(site.count, expected)
    if p is not None and rules.minimum is not None and rules.level is not None:
        by_test = site.count >= rules.minimum and p <= rules.level
    by_count = site.count * rules.count_years >= rules.count * rules.years
    said = _means(by_bayes, by_test, by_count)
    return Judged(
        site.name, site.kind, site.count, expected, mean, sd, sure, p, by_bayes, by_test, by_count, said
    )


def at_least(count: int, expected: float) -> float:
    """The chance of so many or more where so many are expected (Poisson).

    >>> round(at_least(5, 1.5), 4), at_least(0, 1.5)
    (0.0186, 1.0)
    """
    if not count:
        return 1.0
    return float(special.gammainc(count, expected))


def _bayes(count: int, expected: float, k: float) -> tuple[float, float, float]:
    """The expected number, its standard deviation, and how sure it is above what its kind has.

    The posterior is gamma with shape k + count and mean as given (Hauer 1997); where the kind does not vary,
    all are alike and nothing is above.
    """
    if np.isinf(k):
        return expected, 0.0, 0.0
    mean, sd = bayes.site(count, expected, k)
    shape = k + count
    return float(mean), float(sd), float(special.gammaincc(shape, expected * shape / float(mean)))


def _means(by_bayes: bool | None, by_test: bool | None, by_count: bool) -> str:
    """What the rules together mean, in Danish."""
    if by_bayes is None and by_test is None:
        if by_count:
            return "Mange i tal. Om det er flere end på lignende steder, er ikke opgjort."
        return "Få i tal. Om det er flere end på lignende steder, er ikke opgjort."
    more = bool(by_bayes or by_test)
    if more and by_count:
        return "Værd at se på: mange, og flere end på lignende steder."
    if more:
        return "Værd at se på: ikke mange i tal, men flere end på lignende steder."
    if by_count:
        return (
            "Mange i tal, men ikke flere end på lignende steder: meget trafik, eller et højt "
            "år, der falder igen."
        )
    return "Intet usædvanligt."


def sentence(found: Sequence[Judged]) -> str:
    """What may be said of a list in Danish."""
    looked = [one for one in found if one.worth_a_look]
    only = [one for one in looked if one.by_count and one.by_bayes is False and not one.by_test]
    return (
        f"{number(len(looked))} af {number(len(found))} steder er værd at se på efter mindst én regel; "
        f"{number(len(only))} af dem kun efter antallet. Listen er ikke en rangorden."
    )


def counted(where: Array, at: Array, radius: float) -> tuple[Array, int]:
    """How many accidents belong to each site: to the nearest within `radius` metres, and how many to none.

    `where` float64[S, 2] and `at` float64[A, 2] are EPSG:25832. Each accident is counted once.

    >>> counted(np.array([[0.0, 0], [100, 0]]), np.array([[10.0, 0], [60, 0], [900, 0]]), 50)[0].tolist()
    [1, 1]
    """
    from scipy.spatial import cKDTree

    distance, nearest = cKDTree(where).query(at, distance_upper_bound=radius)
    near = np.isfinite(distance)
    return np.bincount(nearest[near], minlength=len(where)), int((~near).sum())
