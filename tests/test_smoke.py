import pytest

PATHS = [
    "/mit-bord/",
    "/min-profil/",
    "/nordjylland/",
    "/nordjylland/planer/",
    "/nordjylland/min-kommune/",
    "/nordjylland/min-kommune/hjoerring/",
    "/nordjylland/moeder/",
    "/nordjylland/hvem-kan-hjaelpe/",
    "/nordjylland/stationer/",
    "/nordjylland/data/",
    "/was/",
    "/privatliv/",
    "/cookies/",
    "/nordjylland/soeg/?q=indsats",
    "/nordjylland/arbejde/moeder/",
    "/nordjylland/arbejde/planer/",
    "/nordjylland/arbejde/loefter/",
    "/nordjylland/arbejde/aarshjul/",
    "/nordjylland/arbejde/fora/",
    "/nordjylland/arbejde/fora/1/",
    "/log-ind/login/",
    "/api/openapi.json",
    "/personer/nordjylland/",
    "/log-ind/2fa/",
]


@pytest.mark.parametrize("path", PATHS)
def test_it_answers(as_, path):
    r = as_("signe").get(path)
    assert r.status_code in (200, 302), r.content[:500]
