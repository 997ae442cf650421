from django.urls import path

from . import views

app_name = "tiltas_certificates"

urlpatterns = [
    path("courses/<uuid:enrolment_uuid>/", views.course_done, name="course_done"),
    path("courses/<uuid:enrolment_uuid>/specimen/", views.specimen, name="specimen"),
    path("<uuid:certificate_uuid>/", views.certificate, name="certificate"),
    path("<uuid:certificate_uuid>/download/", views.download, name="download"),
]

# Outside the language prefix: these addresses stand on paper.
verify_urlpatterns = [
    path("verify/", views.verify_form, name="tiltas_verify_form"),
    path("verify/<str:code>/", views.verify, name="tiltas_verify"),
]
