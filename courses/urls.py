from django.urls import path

from . import views

app_name = "tiltas_courses"

urlpatterns = [
    path("<uuid:course_key>/enrol/", views.enrol_in_course, name="enrol"),
    path("<uuid:course_key>/try/", views.try_course, name="try"),
    path("groups/<uuid:cohort_uuid>/", views.enrol_with_group, name="group"),
    path("enrolments/<uuid:enrolment_uuid>/institution/", views.choose_institution, name="choose_institution"),
    path("enrolments/<uuid:enrolment_uuid>/withdraw/", views.withdraw_from_course, name="withdraw"),
]
