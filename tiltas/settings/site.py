"""The ready-made site, by the environment. Without any it is a local site that keeps all it has under `var/`."""

import logging
import os
import secrets
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import BASE_DIR, DATA_DIR, TILTAS_URL
from .databases import settled

DATA_DIR.mkdir(parents=True, exist_ok=True)


def _local_key():
    """A secret key of this folder alone, made at the first start."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


PRODUCTION = os.environ.get("TILTAS_PRODUCTION", "").lower() in {"1", "true", "yes"}
DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY") or ("" if PRODUCTION else _local_key())
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host] or (
    [] if PRODUCTION else ["*"]
)
CSRF_TRUSTED_ORIGINS = [TILTAS_URL]

DATABASES = {"default": settled(dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'tiltas.sqlite3'}"))}

if os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if os.environ.get("TILTAS_MAIL_HOST"):
    port = int(os.environ.get("TILTAS_MAIL_PORT", "587"))
    mailer = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ["TILTAS_MAIL_HOST"],
            "port": port,
            "username": os.environ.get("TILTAS_MAIL_USER", ""),
            "password": os.environ.get("TILTAS_MAIL_PASSWORD", ""),
            "use_tls": port == 587,
            "timeout": 20,
        },
    }
else:
    mailer = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": DATA_DIR / "mail"},
    }
MAILERS = {"default": mailer}
DEFAULT_FROM_EMAIL = os.environ.get("TILTAS_MAIL_FROM", "Tiltas <noreply@tiltas.test>")

if PRODUCTION:
    if not (SECRET_KEY and ALLOWED_HOSTS):
        raise ImproperlyConfigured("A public site needs SECRET_KEY and ALLOWED_HOSTS in its environment.")
    secure = urlsplit(TILTAS_URL).scheme == "https"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = secure
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]  # asked from inside, past the proxy that speaks TLS
    SECURE_HSTS_SECONDS = 31_536_000 if secure else 0
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
else:
    # A local start needs no collected files: WhiteNoise finds them in the apps.
    WHITENOISE_USE_FINDERS = True
    (DATA_DIR / "static").mkdir(exist_ok=True)  # or it complains that there are none
    STORAGES = {
        **STORAGES,  # noqa: F405
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _worth_a_line(record):
    """Each task that begins and ends well would bury all else: the task table knows of them."""
    return record.name != "django.tasks" or record.levelno > logging.INFO


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"worth_a_line": {"()": "django.utils.log.CallbackFilter", "callback": _worth_a_line}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["worth_a_line"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

__all__ = [name for name in globals() if name.isupper()] + ["BASE_DIR"]
