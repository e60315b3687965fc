"""Addresses of acts in several rooms: /<district>/arbejde/…"""

from django.urls import path

from samraad.district import views

app_name = "district"
urlpatterns = [
    path("fora/<int:pk>/skift/", views.seats_change, name="seats_change"),
]
