from django.urls import path

from . import views

app_name = "tiltas_learners"

urlpatterns = [
    path("name/", views.name_yourself, name="name"),
    path("language/", views.language_of_mails, name="language"),
]
