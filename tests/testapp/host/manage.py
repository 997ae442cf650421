"""A stranger's site. It knows Tiltas from its documentation alone: `docs/how-to/install-into-a-wagtail-site.md`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "host_site.settings")
execute_from_command_line(sys.argv)
