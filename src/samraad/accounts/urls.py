"""Addresses of people and invitations."""

from django.urls import path

from samraad.accounts import views

app_name = "accounts"
urlpatterns = [
    path("personer/<slug:slug>/", views.people, name="people"),
    path("personer/<slug:slug>/inviter/", views.invite, name="invite"),
    path("personer/<slug:slug>/mails/", views.mails, name="mails"),
    path("personer/<slug:slug>/login/", views.rules, name="rules"),
    path("personer/<slug:slug>/login/ny/", views.rule_write, name="rule_write"),
    path("loginregler/<int:pk>/fjern/", views.rule_remove, name="rule_remove"),
    path("login-udefra/", views.elsewhere_go, name="elsewhere_go"),
    path("login-udefra/svar/", views.elsewhere_back, name="elsewhere_back"),
    path("mails/<int:pk>/igen/", views.mail_again, name="mail_again"),
    path("mine-mails/", views.mail_choice, name="mail_choice"),
    path("tilknytninger/<int:pk>/afslut/", views.membership_end, name="membership_end"),
    path("tilknytninger/<int:pk>/laas-op/", views.unlock, name="unlock"),
    path("mine-steder/", views.sign_ins, name="sign_ins"),
    path("mine-steder/<int:pk>/log-ud/", views.sign_in_end, name="sign_in_end"),
    path("min-kalender/ny/", views.calendar_renew, name="calendar_renew"),
    path("tilknytninger/<int:pk>/svar/", views.membership_answer, name="membership_answer"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
