from django.urls import path

from . import views

app_name = "tiltas_quizzes"

urlpatterns = [
    path("<uuid:enrolment_uuid>/<uuid:activity_key>/start/", views.start, name="start"),
    path("attempts/<uuid:attempt_uuid>/<int:number>/", views.question, name="question"),
    path("attempts/<uuid:attempt_uuid>/<int:number>/save/", views.save, name="save"),
    path("attempts/<uuid:attempt_uuid>/answers/", views.answers, name="answers"),
    path("attempts/<uuid:attempt_uuid>/overview/", views.overview, name="overview"),
    path("attempts/<uuid:attempt_uuid>/submit/", views.submit, name="submit"),
    path("attempts/<uuid:attempt_uuid>/result/", views.result, name="result"),
]
