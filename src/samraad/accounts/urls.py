"""Addresses of people and invitations."""

from django.urls import path

from samraad.accounts import views

app_name = "accounts"
urlpatterns = [
    path("personer/<slug:slug>/", views.people, name="people"),
    path("personer/<slug:slug>/inviter/", views.invite, name="invite"),
    path("tilknytninger/<int:pk>/afslut/", views.membership_end, name="membership_end"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
