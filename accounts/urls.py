from django.urls import path

from . import views

app_name = "tiltas_accounts"

urlpatterns = [
    path("elsewhere/", views.log_out_elsewhere, name="log_out_elsewhere"),
    path("email/stop/<str:token>/", views.stop_address_change, name="stop_address_change"),
]

# In the places of allauth's own, which keep their names: these have none.
instead_of_allauth = [
    path("login/", views.LoginView.as_view()),
    path("login/code/", views.RequestLoginCodeView.as_view()),
    path("login/code/confirm/", views.ConfirmLoginCodeView.as_view()),
    path("confirm-email/", views.ConfirmEmailVerificationCodeView.as_view()),
]
