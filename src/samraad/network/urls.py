"""Addresses of the registers: /<district>/arbejde/…; and of whom a citizen calls: /<district>/hjaelp/…"""

from django.urls import include, path

from samraad.network.views import around, help, partner, seminar, station

app_name = "network"
work = [
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
    path("hjaelp/", help.worries, name="help_worries"),
    path("hjaelp/begynd/", help.start, name="help_start"),
    path("hjaelp/papirkurv/", help.numbers_bin, name="help_bin"),
    path("hjaelp/papirkurv/<int:pk>/saet-paa-plads/", help.number_restore, name="help_restore"),
    path("hjaelp/<int:pk>/", help.worry, name="help_worry"),
    path("hjaelp/<int:pk>/ret/", help.worry_edit, name="help_worry_edit"),
    path("hjaelp/<int:pk>/andre/", help.number_more, name="help_number_more"),
    path("hjaelp/<int:pk>/nyt/<slug:place>/", help.number_new, name="help_number_new"),
    path("hjaelp/numre/<int:pk>/ret/", help.number_edit, name="help_number_edit"),
    path("hjaelp/numre/<int:pk>/ringet-op/", help.number_checked, name="help_number_checked"),
    path("hjaelp/numre/<int:pk>/fjern/", help.number_remove, name="help_number_remove"),
]
# A number stands for the worry, so that the address tells nobody what somebody is worried about.
citizen = [
    path("", help.choose, name="help"),
    path("<int:code>/", help.where, name="help_where"),
    path("<int:code>/<slug:place>/", help.answer, name="help_answer"),
]
urlpatterns = [path("arbejde/", include(work)), path("hjaelp/", include(citizen))]
