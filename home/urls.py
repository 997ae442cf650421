from django.urls import path

from . import invitations, joining, profile_views, views

app_name = "tiltas_home"

urlpatterns = [
    path("my/", views.my_learning, name="my_learning"),
    path("my/account/", profile_views.profile, name="profile"),
    path("my/account/data/", profile_views.my_data, name="my_data"),
    path("my/account/close/", profile_views.close_account, name="close_account"),
    path("my/institutions/", joining.my_institutions, name="my_institutions"),
    path("my/institutions/<uuid:membership_uuid>/leave/", joining.leave, name="leave"),
    path("join/", views.join, name="join"),
    path("join/choose/", joining.choose, name="choose_institution"),
    path("join/missing/", joining.missing, name="missing_institution"),
    path("join/decline/", invitations.decline, name="decline_invitation"),
    path("join/<str:code>/", invitations.invitation, name="join_with_code"),
]
