"""Addresses of guides at work; released public ones are in the room `public`."""

from django.urls import path

from samraad.guide import views
from samraad.look.files import PDF, WORD

app_name = "guide"
urlpatterns = [
    path("vejledninger/", views.guides, name="guides"),
    path("vejledninger/ny/", views.guide_new, name="guide_new"),
    path("vejledninger/maa-det-deles/", views.sharing, name="sharing"),
    path("vejledninger/<int:pk>/", views.guide, name="guide"),
    path("vejledninger/<int:pk>/vejledning.docx", views.guide_file, WORD, name="guide_docx"),
    path("vejledninger/<int:pk>/vejledning.pdf", views.guide_file, PDF, name="guide_pdf"),
    path("vejledninger/<int:pk>/skriv/", views.guide_edit, name="guide_edit"),
    path("vejledninger/<int:pk>/udgiv/", views.guide_release, name="guide_release"),
    path("vejledninger/<int:pk>/set-efter/", views.guide_review, name="guide_review"),
]
