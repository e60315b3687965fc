"""Addresses of the look: what the browser asks while somebody writes."""

from django.urls import path

from samraad.look import views

app_name = "look"
urlpatterns = [
    path("forhaandsvisning/", views.preview, name="preview"),
    path("kladde/", views.draft, name="draft"),
    path("kladde/slet/", views.draft_drop, name="draft_drop"),
]
