"""Addresses of figures at work; what is public is in the room `public`."""

from django.urls import path

from samraad.figures import views

app_name = "figures"
urlpatterns = [
    path("udgivelser/", views.releases, name="releases"),
    path("udgivelser/kilde/ny/", views.source_new, name="source_new"),
    path("udgivelser/kilde/<int:pk>/", views.source, name="source"),
    path("udgivelser/kilde/<int:pk>/fil/", views.upload, name="upload"),
    path("udgivelser/kilde/<int:pk>/hent/", views.fetch, name="fetch"),
    path("udgivelser/kilde/<int:pk>/ventet/", views.expect, name="expect"),
    path("udgivelser/<int:pk>/", views.release, name="release"),
    path("udgivelser/<int:pk>/send/", views.submit, name="submit"),
    path("udgivelser/<int:pk>/kald-tilbage/", views.call_back, name="call_back"),
    path("udgivelser/<int:pk>/kasser/", views.reject, name="reject"),
    path("udgivelser/<int:pk>/godkend/", views.approve, name="approve"),
    path("udgivelser/<int:pk>/tilbage/", views.send_back, name="send_back"),
    path("udgivelser/<int:pk>/fortryd/", views.take_back_approval, name="take_back_approval"),
    path("udgivelser/<int:pk>/traek-tilbage/", views.withdraw, name="withdraw"),
]
