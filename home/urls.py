from django.urls import path

from . import views

app_name = "tiltas_home"

urlpatterns = [
    path("my/", views.my_learning, name="my_learning"),
    path("join/", views.join, name="join"),
    path("join/<str:code>/", views.join, name="join_with_code"),
]
