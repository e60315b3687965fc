"""Addresses anyone may open."""

from django.urls import path

from samraad.look.files import PDF, WORD
from samraad.public.views import figures, meeting, place, plan, site

app_name = "public"
urlpatterns = [
    path("", site.root, name="root"),
    path("was/", site.accessibility, name="accessibility"),
    path("privatliv/", site.privacy, name="privacy"),
    path("cookies/", site.cookies, name="cookies"),
    path("healthz", site.healthz, name="healthz"),
    path("<slug:district>/", place.front, name="front"),
    path("<slug:district>/planer/", plan.plans, name="plans"),
    path("<slug:district>/planer/<int:year>/", plan.plan, name="plan"),
    path("<slug:district>/planer/<int:year>/plan.docx", plan.plan_file, WORD, name="plan_docx"),
    path("<slug:district>/planer/<int:year>/plan.pdf", plan.plan_file, PDF, name="plan_pdf"),
    path("<slug:district>/planer/<int:year>/omraade/<int:pk>/", plan.area, name="area"),
    path("<slug:district>/planer/<int:year>/udgaver/<int:number>/", plan.edition, name="edition"),
    path("<slug:district>/min-kommune/", place.municipalities, name="municipalities"),
    path("<slug:district>/min-kommune/<slug:slug>/", place.municipality, name="municipality"),
    path("<slug:district>/moeder/", meeting.meetings, name="meetings"),
    path("<slug:district>/moeder/moeder.ics", meeting.meetings_ics, name="meetings_ics"),
    path("<slug:district>/samarbejdet-i-tal/", meeting.numbers, name="numbers"),
    path("<slug:district>/nyt.atom", meeting.news_feed, name="news"),
    path("<slug:district>/moeder/<int:pk>/", meeting.meeting, name="meeting"),
    path("<slug:district>/hvem-kan-hjaelpe/", place.help_moved, name="help"),
    path("<slug:district>/fora/", place.fora, name="fora"),
    path("<slug:district>/vejledninger/", place.guides, name="guides"),
    path("<slug:district>/vejledninger/<slug:slug>/", place.guide, name="guide"),
    path(
        "<slug:district>/vejledninger/<slug:slug>/vejledning.docx", place.guide_file, WORD, name="guide_docx"
    ),
    path("<slug:district>/vejledninger/<slug:slug>/vejledning.pdf", place.guide_file, PDF, name="guide_pdf"),
    path("<slug:district>/redegoerelse/<int:year>/", plan.account, name="account"),
    path("<slug:district>/stationer/", place.stations, name="stations"),
    path("<slug:district>/tal/", figures.figures, name="figures"),
    path("<slug:district>/tal/vaelg/", figures.choose, name="choose_figures"),
    path("<slug:district>/tal/rettelser/", figures.corrections, name="corrections"),
    path(
        "<slug:district>/tal/udgivelse/<int:number>/<int:version>/<slug:series>/<slug:place>/<str:span>"
        "/mod/<str:against>/",
        figures.fixed_finding,
        name="fixed_finding",
    ),
    path("<slug:district>/tal/<slug:series>/", figures.finding, name="series"),
    path("<slug:district>/tal/<slug:series>/<slug:place>/", figures.finding, name="finding_of"),
    path("<slug:district>/tal/<slug:series>/<slug:place>/<str:span>/", figures.finding, name="finding_at"),
    path(
        "<slug:district>/tal/<slug:series>/<slug:place>/<str:span>/mod/<str:against>/",
        figures.finding,
        name="finding_against",
    ),
    path(
        "<slug:district>/tal/<slug:series>/<slug:place>/<str:span>/mod/<str:against>/tal.json",
        figures.finding_json,
        name="finding_json",
    ),
    path(
        "<slug:district>/tal/<slug:series>/<slug:place>/<str:span>/mod/<str:against>/tal.csv",
        figures.finding_csv,
        name="finding_csv",
    ),
    path(
        "<slug:district>/tal/<slug:series>/<slug:place>/<str:span>/mod/<str:against>/tal.xlsx",
        figures.finding_xlsx,
        name="finding_xlsx",
    ),
    path("<slug:district>/data/", place.data, name="data"),
]
