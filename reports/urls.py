from django.urls import path

from . import coordinating, views

app_name = "tiltas_reports"

urlpatterns = [
    path("", views.my_institutions, name="my_institutions"),
    path("statistics/", views.institution_statistics, name="statistics"),
    path("<uuid:institution_uuid>/", views.institution, name="institution"),
    path("<uuid:institution_uuid>/people/", coordinating.people, name="people"),
    path("<uuid:institution_uuid>/people/<uuid:membership_uuid>/confirm/", coordinating.confirm, name="confirm"),
    path("<uuid:institution_uuid>/people/<uuid:membership_uuid>/refuse/", coordinating.refuse, name="refuse"),
    path("<uuid:institution_uuid>/people/<uuid:membership_uuid>/end/", coordinating.end, name="end"),
    path("<uuid:institution_uuid>/invitations/", coordinating.invitations, name="invitations"),
    path("<uuid:institution_uuid>/invitations/new/", coordinating.make_code, name="make_code"),
    path("<uuid:institution_uuid>/invitations/<str:code>/end/", coordinating.end_code, name="end_code"),
    path("<uuid:institution_uuid>/invitations/<str:code>/sheet/", coordinating.sheet, name="sheet"),
    path("<uuid:institution_uuid>/invitations/<str:code>/qr.svg", coordinating.qr, name="qr"),
]
