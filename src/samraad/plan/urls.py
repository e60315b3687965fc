"""Addresses of working plans: /<district>/arbejde/planer/…; released ones are in the room `public`."""

from django.urls import path

from samraad.plan.views import answer, check, plan, reading

app_name = "plan"
urlpatterns = [
    path("planer/", plan.plans, name="plans"),
    path("planer/ny/<int:forum_pk>/", plan.start, name="start"),
    path("planer/laes/<int:forum_pk>/", reading.upload, name="upload"),
    path("planer/gennemse/<int:pk>/", reading.review, name="review"),
    path("planer/gennemse/<int:pk>/smid-ud/", reading.discard, name="discard"),
    path("planer/<int:pk>/", plan.plan, name="plan"),
    path("planer/<int:pk>/afsnit/", plan.section_add, name="section_add"),
    path("planer/<int:pk>/omraade/", plan.area_add, name="area_add"),
    path("planer/<int:pk>/dagsorden/", plan.put_on_agenda, name="put_on_agenda"),
    path("planer/<int:pk>/droeftet/", plan.note_discussion, name="note_discussion"),
    path("planer/<int:pk>/offentliggoer/", plan.publish, name="publish"),
    path("planer/<int:pk>/plan.docx", plan.plan_docx, name="plan_docx"),
    path("planer/<int:pk>/sagsfremstilling.docx", answer.note_docx, name="note_docx"),
    path("planer/<int:pk>/plantjek/", check.check, name="check"),
    path("planer/<int:pk>/plantjek/<slug:mark>/ret/", check.mend, name="check_mend"),
    path("planer/<int:pk>/plantjek/<slug:mark>/hvorfor/", check.waive, name="check_waive"),
    path("plantjek/<int:pk>/tag-tilbage/", check.unwaive, name="check_unwaive"),
    path("planer/<int:pk>/arkiver/", plan.archive, name="archive"),
    path("planer/<int:pk>/overtag/<int:initiative_pk>/", answer.adopt, name="adopt"),
    path("planer/<int:pk>/svar/", answer.matrix, name="matrix"),
    path("planer/<int:pk>/paamind/", answer.remind, name="remind"),
    path("planer/<int:pk>/handleplan/<int:forum_pk>/", answer.start_action_plan, name="start_action_plan"),
    path("planer/<int:pk>/svar/<int:area_pk>/", answer.answer, name="answer"),
    path("planer/<int:pk>/behov/", answer.need_add, name="need_add"),
    path("planer/<int:pk>/sagsfremstilling/", answer.note, name="note"),
    path("planer/<int:pk>/indsats/", answer.initiative_add, name="initiative_add"),
    path("afsnit/<int:pk>/", plan.section_edit, name="section_edit"),
    path("afsnit/<int:pk>/<slug:step>/", plan.section_step, name="section_step"),
    path("omraader/<int:pk>/", plan.area_edit, name="area_edit"),
    path("omraader/<int:pk>/fjern/", plan.area_remove, name="area_remove"),
    path("omraader/<int:pk>/loefte/", plan.area_promise, name="area_promise"),
    path("omraader/<int:pk>/maaling/", answer.indicator_add, name="indicator_add"),
    path("udgaver/<int:pk>/traek-tilbage/", plan.withdraw, name="withdraw"),
    path("behov/<int:pk>/fjern/", answer.need_remove, name="need_remove"),
    path("indsatser/<int:pk>/", answer.initiative_edit, name="initiative_edit"),
    path("indsatser/<int:pk>/trin/", answer.initiative_stage, name="initiative_stage"),
    path("maalinger/<int:pk>/", answer.indicator, name="indicator"),
    path("aftaler/<int:pk>/", answer.agreement, name="agreement"),
    path("aftaler/element/<int:pk>/", answer.element, name="element"),
    path("svar/", answer.answers_now, name="answers_now"),
]
