from django.urls import path

from . import views

app_name = "tiltas_lessons"

urlpatterns = [
    path("files/<uuid:file_uuid>/<str:name>", views.lesson_file, name="file"),
    path("<uuid:enrolment_uuid>/<uuid:activity_key>/done/", views.lesson_done, name="done"),
    path("<uuid:enrolment_uuid>/<uuid:activity_key>/place/", views.reading_place, name="place"),
]
