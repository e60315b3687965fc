"""Addresses of stations, partners and what stands around a forum: /<district>/arbejde/…"""

from django.urls import path

from samraad.network.views import around, partner, seminar, station

app_name = "network"
urlpatterns = [
    path("fora/<int:pk>/ny/<slug:what>/", around.enter, name="enter"),
    path("fora/<slug:what>/<int:pk>/ret/", around.edit, name="edit"),
    path("fora/<slug:what>/<int:pk>/fjern/", around.remove, name="remove"),
    path("partnere/", partner.partners, name="partners"),
    path("partnere/ny/", partner.partner_add, name="partner_add"),
    path("partnere/papirkurv/", partner.partners_bin, name="partners_bin"),
    path("partnere/papirkurv/<int:pk>/saet-paa-plads/", partner.partner_restore, name="partner_restore"),
    path("partnere/<int:pk>/ret/", partner.partner_edit, name="partner_edit"),
    path("partnere/<int:pk>/fjern/", partner.partner_remove, name="partner_remove"),
    path("stationer/<int:pk>/", station.station, name="station"),
    path("stationer/<int:pk>/kontakt/", station.station_touch, name="station_touch"),
    path("stationer/kontakt/<int:pk>/ret/", station.contact_edit, name="contact_edit"),
    path("stationer/kontakt/<int:pk>/fjern/", station.contact_remove, name="contact_remove"),
    path("stationer/<int:pk>/papirkurv/", station.station_bin, name="station_bin"),
    path("stationer/papirkurv/<int:pk>/saet-paa-plads/", station.station_restore, name="station_restore"),
    path("stationer/<int:pk>/maaned/", station.station_count, name="station_count"),
    path("stationer/<int:pk>/tider/", station.station_hours, name="station_hours"),
    path("fora/<int:pk>/seminar/", seminar.seminar_new, name="seminar_new"),
    path("seminarer/<int:pk>/ret/", seminar.seminar_edit, name="seminar_edit"),
    path("seminarer/<int:pk>/fjern/", seminar.seminar_remove, name="seminar_remove"),
]
