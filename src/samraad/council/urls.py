"""Addresses of fora and meetings: /<district>/arbejde/…

The public reads editions elsewhere (room `public`).
"""

from django.urls import path

from samraad.council.views import agenda, forum, meeting, minutes, writing
from samraad.look.pages import PDF, WORD

app_name = "council"
urlpatterns = [
    path("moeder/", meeting.meetings, name="meetings"),
    path("moeder/nyt/<int:pk>/", meeting.plan, name="meeting_plan"),
    path("moeder/flere/<int:pk>/", meeting.series, name="meeting_series"),
    path("moeder/<int:pk>/faste-punkter/", agenda.standing_items, name="use_standing_items"),
    path("fora/<int:pk>/faste-punkter/", forum.standing_items, name="standing_items"),
    path("fora/<int:pk>/papirkurv/", forum.bin, name="bin"),
    path("fora/papirkurv/<int:pk>/saet-paa-plads/", forum.bin_restore, name="bin_restore"),
    path("moeder/<int:pk>/dagsorden-<slug:part>.docx", minutes.agenda_file, WORD, name="agenda_docx"),
    path("moeder/<int:pk>/dagsorden-<slug:part>.pdf", minutes.agenda_file, PDF, name="agenda_pdf"),
    path("moeder/<int:pk>/referat-<slug:part>.docx", minutes.minutes_file, WORD, name="minutes_docx"),
    path("moeder/<int:pk>/referat-<slug:part>.pdf", minutes.minutes_file, PDF, name="minutes_pdf"),
    path("moeder/<int:pk>/", meeting.meeting, name="meeting"),
    path("moeder/<int:pk>/indkald/", meeting.call, name="meeting_call"),
    path("moeder/<int:pk>/flyt/", meeting.move, name="meeting_move"),
    path("moeder/<int:pk>/aflys/", meeting.cancel, name="meeting_cancel"),
    path("moeder/<int:pk>/punkt/", agenda.item_add, name="item_add"),
    path("moeder/<int:pk>/raekkefoelge/", agenda.agenda_order, name="agenda_order"),
    path("moeder/<int:pk>/ret/", meeting.change, name="meeting_change"),
    path("moeder/<int:pk>/genoptag/", meeting.reinstate, name="meeting_reinstate"),
    path("moeder/<int:pk>/afbud/", meeting.apology_enter, name="apology_enter"),
    path("moeder/<int:pk>/afbud/<int:seat>/", meeting.apology, name="apology"),
    path("moeder/<int:pk>/afbud/<int:seat>/tilbage/", meeting.apology_back, name="apology_back"),
    path("moeder/<int:pk>/afholdt/", minutes.hold, name="meeting_hold"),
    path("moeder/<int:pk>/referat/", writing.write, name="minutes"),
    path("moeder/<int:pk>/referat/udfald/", writing.outcomes, name="outcomes"),
    path("moeder/<int:pk>/referat/bemaerkning/", minutes.minutes_object, name="minutes_object"),
    path("moeder/<int:pk>/referat/tag-tilbage/", minutes.minutes_back, name="minutes_back"),
    path("moeder/<int:pk>/referat/traek-tilbage/", minutes.minutes_withdraw, name="minutes_withdraw"),
    path("moeder/<int:pk>/referat/send/", minutes.minutes_send, name="minutes_send"),
    path("moeder/<int:pk>/referat/paamind/", minutes.minutes_remind, name="minutes_remind"),
    path("moeder/<int:pk>/referat/<slug:step>/", minutes.minutes_step, name="minutes_step"),
    path("moeder/<int:pk>/forslag/<slug:key>/tag/", minutes.proposal_take, name="proposal_take"),
    path("moeder/<int:pk>/forslag/<slug:key>/drop/", minutes.proposal_drop, name="proposal_drop"),
    path("punkter/<int:pk>/", agenda.item_edit, name="item_edit"),
    path("punkter/<int:pk>/flyt/<slug:way>/", agenda.item_move, name="item_move"),
    path("punkter/<int:pk>/udsaet/", agenda.item_postpone, name="item_postpone"),
    path("punkter/<int:pk>/traek-tilbage/", agenda.item_withdraw, name="item_withdraw"),
    path("punkter/<int:pk>/bilag/", agenda.paper_add, name="paper_add"),
    path("punkter/<int:pk>/send/", agenda.forward, name="item_forward"),
    path("punkter/<int:pk>/skriftligt/", minutes.written_reply, name="written_reply"),
    path("punkter/<int:pk>/luk/", minutes.item_hold_back, name="item_hold_back"),
    path("punkter/<int:pk>/beslutning/", minutes.decide, name="decide"),
    path("beslutninger/<int:pk>/ret/", minutes.decision_change, name="decision_change"),
    path("beslutninger/<int:pk>/fjern/", minutes.decision_remove, name="decision_remove"),
    path("bilag/<int:pk>/", agenda.paper, name="paper"),
    path("bilag/<int:pk>/fjern/", agenda.paper_remove, name="paper_remove"),
    path("sendt/<int:pk>/svar/", agenda.forward_answer, name="forward_answer"),
    path("fora/", forum.fora, name="fora"),
    path("fora/nyt/", forum.forum_new, name="forum_new"),
    path("fora/<int:pk>/", forum.forum, name="forum"),
    path("fora/<int:pk>/ret/", forum.forum_edit, name="forum_edit"),
    path("fora/<int:pk>/regler/", forum.rules, name="forum_rules"),
    path("fora/<int:pk>/plads/", forum.seat_add, name="seat_add"),
    path("pladser/<int:pk>/udpeg/", forum.appoint, name="appoint"),
    path("udpegninger/<int:pk>/svar/", forum.appointment_answer, name="appointment_answer"),
    path("udpegninger/<int:pk>/afslut/", forum.appointment_end, name="appointment_end"),
]
