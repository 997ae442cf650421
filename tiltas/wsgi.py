"""The door for a WSGI server: `granian --interface wsgi tiltas.wsgi:application`."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from .tied import STARTED_BY, tie_to_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiltas.settings.site")
if STARTED_BY in os.environ:  # under `serve`: the server's own worker must not outlive it, or it goes on answering
    tie_to_parent(signal.SIGKILL)
application = get_wsgi_application()
