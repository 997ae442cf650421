"""The host's settings. What is Tiltas' is as its documentation says; there is no `accounts`, no allauth, no shell."""

import os
from pathlib import Path

import dj_database_url

import tiltas
from tiltas import installed_apps

DATA = Path(os.environ["HOST_DATA"])
SECRET_KEY = "a stranger's"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "host_site.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
MEDIA_URL, MEDIA_ROOT = "/media/", DATA / "media"
WAGTAIL_SITE_NAME = "Host"
WAGTAILADMIN_BASE_URL = "http://testserver"

INSTALLED_APPS = [
    "host_site",
    *installed_apps(),
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "host_site.context.tiltas",
            ],
        },
    }
]
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA / 'host.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.append("django.contrib.postgres")

LANGUAGE_CODE = "lt"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("lt", "Lithuanian"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
USE_TZ = True
TIME_ZONE = "Europe/Vilnius"
FORMAT_MODULE_PATH = ["ui.formats"]
LOCALE_PATHS = [Path(tiltas.__file__).parent.parent / "locale"]

FORM_RENDERER = "ui.forms.TiltasFormRenderer"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "private", "base_url": None, "file_permissions_mode": 0o600},
    },
}
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "tiltas_home:my_learning"
TILTAS_URL = "https://www.example.lt"
TILTAS_CONTENT = DATA / "content"
TILTAS_JOIN_VIEW = "tiltas_home:join_with_code"
