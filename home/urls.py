from django.urls import path

from . import profile_views, views

app_name = "tiltas_home"

urlpatterns = [
    path("my/", views.my_learning, name="my_learning"),
    path("my/account/", profile_views.profile, name="profile"),
    path("my/account/data/", profile_views.my_data, name="my_data"),
    path("my/account/close/", profile_views.close_account, name="close_account"),
    path("join/", views.join, name="join"),
    path("join/<str:code>/", views.join, name="join_with_code"),
]
