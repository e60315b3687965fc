"""Addresses of the desk."""

from django.urls import path

from samraad.desk import views
from samraad.look.files import PDF, WORD

app_name = "desk"
urlpatterns = [
    path("mit-bord/", views.desk, name="desk"),
    path("min-profil/", views.rights, name="rights"),
    path("kalender/<str:token>/moeder.ics", views.calendar, name="calendar"),
    path("kalender/<str:token>/forum/<int:forum>/moeder.ics", views.calendar, name="calendar_of_forum"),
    path("<slug:district>/arbejde/aarshjul/", views.wheel, name="wheel"),
    path("<slug:district>/arbejde/overdragelse/forum/<int:pk>/", views.handovers, name="handovers"),
    path("<slug:district>/arbejde/overdragelse/<int:pk>/", views.handover, name="handover"),
    path(
        "<slug:district>/arbejde/overdragelse/<int:pk>/pakke.docx",
        views.handover_file,
        WORD,
        name="handover_docx",
    ),
    path(
        "<slug:district>/arbejde/overdragelse/<int:pk>/pakke.pdf",
        views.handover_file,
        PDF,
        name="handover_pdf",
    ),
    path("<slug:district>/soeg/", views.search, name="search"),
]
