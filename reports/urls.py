from django.urls import path

from . import views

app_name = "tiltas_reports"

urlpatterns = [
    path("", views.my_institutions, name="my_institutions"),
    path("statistics/", views.institution_statistics, name="statistics"),
    path("<uuid:institution_uuid>/", views.institution, name="institution"),
]
