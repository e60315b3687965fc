"""Every address of the house."""

from django.urls import include, path

from samraad.look import views as look
from samraad.public.api import addresses

urlpatterns = [
    path("log-ind/email/", look.gone),  # the address one signs in with is the organisation's to change
    path("log-ind/", include("allauth.urls")),
    path("api/", addresses()),
    path("", include("samraad.look.urls")),
    path("", include("samraad.accounts.urls")),
    path("", include("samraad.desk.urls")),
    path("<slug:district>/arbejde/", include("samraad.council.urls")),
    path("<slug:district>/arbejde/", include("samraad.commitment.urls")),
    path("<slug:district>/", include("samraad.network.urls")),
    path("<slug:district>/arbejde/", include("samraad.district.urls")),
    path("<slug:district>/arbejde/", include("samraad.figures.urls")),
    path("<slug:district>/arbejde/", include("samraad.plan.urls")),
    path("<slug:district>/arbejde/", include("samraad.guide.urls")),
    path("", include("samraad.public.urls")),
]
handler400 = look.bad_request
handler403 = look.forbidden
handler404 = look.not_found
handler429 = look.too_often
handler500 = look.broken
