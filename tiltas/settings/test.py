"""The settings of the tests: DATABASE_URL chooses the database, everything else stays in a folder of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before base is read: it takes the folder from the environment. The processes of one run share it.
if "TILTAS_DATA" not in os.environ:
    os.environ["TILTAS_DATA"] = tempfile.mkdtemp(prefix="tiltas-test-")
    atexit.register(shutil.rmtree, os.environ["TILTAS_DATA"], ignore_errors=True)
DATA = Path(os.environ["TILTAS_DATA"])
DATA.mkdir(parents=True, exist_ok=True)

import dj_database_url  # noqa: E402

from .base import *  # noqa: E402, F403
from .base import STORAGES as BASE_STORAGES  # noqa: E402
from .databases import SQLITE_OPTIONS, settled  # noqa: E402

SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEBUG = False
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

DATABASES = {"default": settled(dj_database_url.config(default=f"sqlite:///{DATA / 'unused.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory: threads and the browser's server must see the same rows, under the real journal mode.
    # No sync to the disk: no test pulls the plug, and the fault tests run the site's own settings.
    DATABASES["default"]["OPTIONS"]["init_command"] = SQLITE_OPTIONS["init_command"].replace("FULL", "OFF")
    # pytest-django adds the name of the process, so that two of them never share a file.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}

if os.environ.get("REDIS_URL"):
    # Tests empty the cache, so each of their processes takes a numbered database of its own.
    LOCATION = f"{os.environ['REDIS_URL']}/{int(WORKER.removeprefix('gw') or 0) + 1}"
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": LOCATION}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"tests{WORKER}"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **BASE_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
