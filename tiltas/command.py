"""The command line: `manage.py` in a checkout, `tiltas` where the distribution is installed."""

import os
import sys

from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiltas.settings.site")
    execute_from_command_line(sys.argv)
