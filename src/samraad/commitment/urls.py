"""Addresses of commitments and of the wheel's duties: /<district>/arbejde/loefter/…"""

from django.urls import path

from samraad.commitment.views import commitment, duty

app_name = "commitment"
urlpatterns = [
    path("loefter/", commitment.commitments, name="commitments"),
    path("loefter/nyt/<int:pk>/", commitment.new, name="new"),
    path("loefter/<int:pk>/", commitment.commitment, name="commitment"),
    path("loefter/<int:pk>/ret/", commitment.edit, name="edit"),
    path("loefter/<int:pk>/fjern/", commitment.remove, name="remove"),
    path("loefter/<int:pk>/accepter/", commitment.accept, name="accept"),
    path("loefter/<int:pk>/nej/", commitment.decline, name="decline"),
    path("loefter/<int:pk>/igen/", commitment.again, name="again"),
    path("loefter/<int:pk>/status/", commitment.report, name="report"),
    path("loefter/<int:pk>/frigiv/", commitment.release, name="release"),
    path("loefter/<int:pk>/bekraeft/", commitment.confirm, name="confirm"),
    path("loefter/<int:pk>/send-tilbage/", commitment.send_back, name="send_back"),
    path("loefter/<int:pk>/frist/", commitment.move_due, name="due"),
    path("loefter/<int:pk>/udgaar/", commitment.drop, name="drop"),
    path("loefter/<int:pk>/betingelse/", commitment.condition, name="condition"),
    path("aarshjul/ny/<int:pk>/", duty.duty_new, name="duty_new"),
    path("aarshjul/pligt/<int:pk>/betingelse/", duty.duty_condition, name="duty_condition"),
    path("aarshjul/<int:pk>/tag-af/", duty.occurrence_remove, name="occurrence_remove"),
    path("aarshjul/<int:pk>/opfyldt/", duty.occurrence_done, name="occurrence_done"),
    path("fora/<int:pk>/ekstra-moede/", commitment.extra_meeting, name="extra_meeting"),
]
