"""Addresses anyone may open."""

from django.urls import path

from samraad.look.files import PDF, WORD
from samraad.public import views
from samraad.public.views import figures

app_name = "public"
urlpatterns = [
    path("", views.root, name="root"),
    path("was/", views.accessibility, name="accessibility"),
    path("privatliv/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("healthz", views.healthz, name="healthz"),
    path("<slug:district>/", views.front, name="front"),
    path("<slug:district>/planer/", views.plans, name="plans"),
    path("<slug:district>/planer/<int:year>/", views.plan, name="plan"),
    path("<slug:district>/planer/<int:year>/plan.docx", views.plan_file, WORD, name="plan_docx"),
    path("<slug:district>/planer/<int:year>/plan.pdf", views.plan_file, PDF, name="plan_pdf"),
    path("<slug:district>/planer/<int:year>/omraade/<int:pk>/", views.area, name="area"),
    path("<slug:district>/planer/<int:year>/udgaver/<int:number>/", views.edition, name="edition"),
    path("<slug:district>/min-kommune/", views.municipalities, name="municipalities"),
    path("<slug:district>/min-kommune/<slug:slug>/", views.municipality, name="municipality"),
    path("<slug:district>/moeder/", views.meetings, name="meetings"),
    path("<slug:district>/moeder/moeder.ics", views.meetings_ics, name="meetings_ics"),
    path("<slug:district>/samarbejdet-i-tal/", views.numbers, name="numbers"),
    path("<slug:district>/nyt.atom", views.news_feed, name="news"),
    path("<slug:district>/moeder/<int:pk>/", views.meeting, name="meeting"),
    path("<slug:district>/hvem-kan-hjaelpe/", views.help_moved, name="help"),
    path("<slug:district>/fora/", views.fora, name="fora"),
    path("<slug:district>/vejledninger/", views.guides, name="guides"),
    path("<slug:district>/vejledninger/<slug:slug>/", views.guide, name="guide"),
    path(
        "<slug:district>/vejledninger/<slug:slug>/vejledning.docx", views.guide_file, WORD, name="guide_docx"
    ),
    path("<slug:district>/vejledninger/<slug:slug>/vejledning.pdf", views.guide_file, PDF, name="guide_pdf"),
    path("<slug:district>/redegoerelse/<int:year>/", views.account, name="account"),
    path("<slug:district>/stationer/", views.stations, name="stations"),
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
    path("<slug:district>/data/", views.data, name="data"),
]
